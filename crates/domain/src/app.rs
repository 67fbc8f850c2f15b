//! The one place that opens transactions and builds contexts.

use std::sync::Arc;
use std::sync::RwLock;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use jiff::Timestamp;
use vpcd_store::event::{self, Event};
use vpcd_store::{Error, Failure, Store, Tx as Rows};

use crate::clock::Clock;
use crate::context::{Caller, Context, Ids, Policy, Vault};
use crate::fault::Fault;
use crate::lifecycle::Profile;
use crate::tx::Tx;

/// The domain at work: a store, a clock, a source of randomness, and somebody to wake.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    clock: Arc<dyn Clock>,
    entropy: Box<dyn Fn() -> [u8; 32] + Send + Sync>,
    vault: Arc<dyn Vault>,
    wake: Box<dyn Fn() + Send + Sync>,
    fabric_none: AtomicBool,
    profile: RwLock<Profile>,
    /// How many transactions have run: what is made at the same time is in the order of its making.
    runs: AtomicU32,
}

impl Inner {
    fn next(&self) -> u32 {
        self.runs.fetch_add(1, Ordering::Relaxed)
    }
}

/// What an [`App`] is made of.
pub struct Parts {
    /// Where everything is kept.
    pub store: Store,
    /// The time that rules go by.
    pub clock: Arc<dyn Clock>,
    /// 32 unpredictable bytes at each call; repeatable in tests.
    pub entropy: Box<dyn Fn() -> [u8; 32] + Send + Sync>,
    /// Seals secrets.
    pub vault: Arc<dyn Vault>,
    /// Called after a commit that left work for the reconciler.
    pub wake: Box<dyn Fn() + Send + Sync>,
    /// No fabric carries packets: lifecycles run on the clock, and in the instant profile networks are as asked the
    /// moment they are stored.
    pub fabric_none: bool,
}

impl App {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> App {
        // Servers on one database begin at different numbers.
        let [_, a, b, c, ..] = (parts.entropy)();
        App {
            inner: Arc::new(Inner {
                runs: AtomicU32::new(u32::from_be_bytes([0, a / 2, b, c])),
                store: parts.store,
                clock: parts.clock,
                entropy: parts.entropy,
                vault: parts.vault,
                wake: parts.wake,
                fabric_none: AtomicBool::new(parts.fabric_none),
                profile: RwLock::default(),
            }),
        }
    }

    /// The time that rules go by.
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// Seals and opens secrets.
    pub fn vault(&self) -> &dyn Vault {
        &*self.inner.vault
    }

    /// A fresh source of ids.
    pub fn ids(&self) -> Ids {
        Ids::new((self.inner.entropy)())
    }

    /// The store beneath, for readiness, statistics and the operator's switches.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// How lifecycles pass on a fabric that carries no packets.
    pub fn profile(&self) -> Profile {
        *self
            .inner
            .profile
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Sets how lifecycles pass.
    pub fn set_profile(&self, profile: Profile) {
        *self
            .inner
            .profile
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = profile;
    }

    /// Wakes the reconciler.
    pub fn wake(&self) {
        (self.inner.wake)();
    }

    /// Runs a rule in one serializable transaction. The rule may run again, so it must not act outside `tx`.
    ///
    /// `name` is the operation as metrics and audit show it, such as `huawei.create_subnet`.
    pub fn write<T, F>(
        &self,
        name: &'static str,
        caller: &Caller,
        policy: &'static Policy,
        rule: F,
    ) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>, &mut Context<'_>) -> Result<T, Fault> + Send + 'static,
    {
        let inner = self.inner.clone();
        let caller = caller.clone();
        let seed = (inner.entropy)();
        let profile = self.profile();
        let settle = inner.fabric_none.load(Ordering::Relaxed) && !profile.realistic;
        let (value, woken) = self.inner.store.write(name, move |rows: &mut dyn Rows| {
            let mut tx = Tx::new(rows, settle, profile);
            let vault = &*inner.vault;
            let now = inner.clock.now();
            let mut cx = Context {
                caller: &caller,
                now,
                ids: Ids::new(seed).dated(now, inner.next()),
                policy,
                vault,
            };
            let value = rule(&mut tx, &mut cx)?;
            audit(&mut tx, &caller, name, now)?;
            Ok::<_, Fault>((value, tx.woken))
        })?;
        if woken {
            (self.inner.wake)();
        }
        Ok(value)
    }

    /// Runs a rule as [`App::write`] does and takes everything back: whether it would be refused, and by what.
    pub fn rehearse<T, F>(
        &self,
        name: &'static str,
        caller: &Caller,
        policy: &'static Policy,
        rule: F,
    ) -> Result<(), Fault>
    where
        F: Fn(&mut Tx<'_>, &mut Context<'_>) -> Result<T, Fault> + Send + 'static,
    {
        let inner = self.inner.clone();
        let caller = caller.clone();
        let seed = (inner.entropy)();
        let ended = self.inner.store.write(name, move |rows: &mut dyn Rows| {
            let mut tx = Tx::new(rows, false, Profile::default());
            let vault = &*inner.vault;
            let mut cx = Context {
                caller: &caller,
                now: inner.clock.now(),
                ids: Ids::new(seed),
                policy,
                vault,
            };
            // Only a failure rolls back, so a rule that went well ends in one too.
            rule(&mut tx, &mut cx)
                .map_err(Rehearsed::Badly)
                .and(Err::<(), _>(Rehearsed::Well))
        });
        match ended {
            Err(Rehearsed::Badly(fault)) => Err(fault),
            Ok(()) | Err(Rehearsed::Well) => Ok(()),
        }
    }

    /// Runs a question in one read-only snapshot.
    pub fn read<T, F>(
        &self,
        name: &'static str,
        caller: &Caller,
        policy: &'static Policy,
        question: F,
    ) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>, &mut Context<'_>) -> Result<T, Fault> + Send,
    {
        let inner = &self.inner;
        let seed = (inner.entropy)();
        inner.store.read(name, move |rows: &mut dyn Rows| {
            let mut tx = Tx::new(rows, false, Profile::default());
            let vault = &*inner.vault;
            let mut cx = Context {
                caller,
                now: inner.clock.now(),
                ids: Ids::new(seed),
                policy,
                vault,
            };
            question(&mut tx, &mut cx)
        })
    }
}

/// How a rehearsal ended.
enum Rehearsed {
    Well,
    Badly(Fault),
}

impl From<Error> for Rehearsed {
    fn from(error: Error) -> Self {
        Rehearsed::Badly(error.into())
    }
}

impl Failure for Rehearsed {
    fn store_error(&self) -> Option<&Error> {
        match self {
            Rehearsed::Well => None,
            Rehearsed::Badly(fault) => fault.store_error(),
        }
    }
}

fn audit(tx: &mut Tx<'_>, caller: &Caller, name: &str, now: Timestamp) -> Result<(), Fault> {
    for change in std::mem::take(&mut tx.changes) {
        let event = Event {
            seq: 0,
            at: now.as_microsecond(),
            account: caller.account.clone(),
            project: change.project,
            user: caller.user.clone(),
            request_id: caller.request_id.clone(),
            operation: name.to_owned(),
            target: change.target,
            before: change.before,
            after: change.after,
        };
        event::append(tx.rows(), &event)?;
    }
    Ok(())
}
