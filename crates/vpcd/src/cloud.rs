//! Everything that answers, in one process: the domain, both dialects, the reconciler, the operator's switches.

use std::sync::Arc;

use jiff::Timestamp;
use vpcd_auth::seal::Key;
use vpcd_baidu::Baidu;
use vpcd_dialect::{FaultPlan, Limiter};
use vpcd_domain::clock::Adjustable;
use vpcd_domain::{App, Parts};
use vpcd_fabric::{Driver, Simulated};
use vpcd_huawei::Huawei;
use vpcd_reconcile::Reconciler;
use vpcd_store::Store;

use crate::bootstrap::{self, Bootstrap};
use crate::vault::{self, Sealer};

/// One cloud, ready to answer.
pub struct Cloud {
    /// The domain.
    pub app: App,
    /// The clock that rules go by.
    pub clock: Arc<Adjustable>,
    /// Rate limits of tenants.
    pub limiter: Arc<Limiter>,
    /// Faults that the operator planned.
    pub faults: Arc<FaultPlan>,
    /// Region that this server answers for.
    pub region: String,
    /// The operator's token.
    pub admin_token: String,
    /// The Huawei dialect.
    pub huawei: Huawei,
    /// The Baidu dialect.
    pub baidu: Baidu,
    /// The reconciler.
    pub reconciler: Reconciler,
    /// The first account and its keys.
    pub bootstrap: Bootstrap,
}

/// What a cloud is made of.
pub struct Setup {
    /// Where everything is kept.
    pub store: Store,
    /// Real time.
    pub real: Box<dyn Fn() -> Timestamp + Send + Sync>,
    /// 32 fresh bytes at each call.
    pub entropy: Arc<dyn Fn() -> [u8; 32] + Send + Sync>,
    /// Sealing key.
    pub key: [u8; 32],
    /// The operator's token; derived from the key when absent.
    pub admin_token: Option<String>,
    /// Region name.
    pub region: String,
    /// The fabric.
    pub driver: Arc<dyn Driver>,
    /// Whether the fabric carries no packets.
    pub fabric_none: bool,
    /// Called when the reconciler has work.
    pub wake: Box<dyn Fn() + Send + Sync>,
}

/// Why a cloud does not come up.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The store refused.
    #[error("the store: {0}")]
    Store(#[from] vpcd_store::Error),
    /// The first account could not be made or read.
    #[error("the first account: {0}")]
    Bootstrap(#[from] vpcd_domain::Fault),
    /// A file or a socket.
    #[error("{0}: {1}")]
    Io(String, #[source] std::io::Error),
    /// An option that cannot be.
    #[error("{0}")]
    Option(String),
}

impl Cloud {
    /// Puts a cloud together; on an empty store it makes the first account.
    pub fn assemble(setup: Setup) -> Result<Cloud, StartError> {
        let clock = Arc::new(Adjustable::new(setup.real));
        let key = Key::from_bytes(&setup.key)
            .ok_or_else(|| StartError::Option("the sealing key is not 32 bytes".into()))?;
        let (nonce, seeds) = (setup.entropy.clone(), setup.entropy.clone());
        let app = App::new(Parts {
            store: setup.store,
            clock: clock.clone(),
            entropy: Box::new(move || seeds()),
            vault: Arc::new(Sealer::new(key, move || nonce())),
            wake: setup.wake,
            fabric_none: setup.fabric_none,
        });
        let bootstrap = bootstrap::run(&app, &setup.region)?;
        let (limiter, faults) = (Arc::new(Limiter::default()), Arc::new(FaultPlan::default()));
        let cloud = Cloud {
            huawei: Huawei::new(app.clone(), &setup.region, limiter.clone(), faults.clone()),
            baidu: Baidu::new(app.clone(), &setup.region, limiter.clone(), faults.clone()),
            reconciler: Reconciler::new(app.clone(), setup.driver),
            region: setup.region,
            admin_token: setup
                .admin_token
                .unwrap_or_else(|| vault::admin_token(&setup.key)),
            app,
            clock,
            limiter,
            faults,
            bootstrap,
        };
        crate::admin::restore(&cloud)?;
        Ok(cloud)
    }

    /// A cloud in memory whose ids repeat with the seed and whose clock stands still at 2026-01-01T00:00:00Z.
    pub fn ephemeral_for_tests(seed: u64) -> Result<Cloud, StartError> {
        Cloud::repeatable(Store::ephemeral()?, seed)
    }

    /// The same over any store, for tests of other stores.
    pub fn repeatable(store: Store, seed: u64) -> Result<Cloud, StartError> {
        use sha2::{Digest, Sha256};
        let count = std::sync::atomic::AtomicU64::new(0);
        let entropy = move || -> [u8; 32] {
            let n = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            Sha256::digest([seed.to_be_bytes(), n.to_be_bytes()].concat()).into()
        };
        let start = Timestamp::from_second(1_767_225_600).unwrap_or_default();
        Cloud::assemble(Setup {
            store,
            real: Box::new(move || start),
            entropy: Arc::new(entropy),
            key: [7; 32],
            admin_token: None,
            region: "vpcd-1".to_owned(),
            driver: Arc::new(Simulated::new()),
            fabric_none: true,
            wake: Box::new(|| {}),
        })
    }
}
