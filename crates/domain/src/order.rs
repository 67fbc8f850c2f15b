//! Orders: what a thing costs in advance or afterwards, for how long, and whether it is paid for.
//!
//! Whoever sells a thing places an order for it in the transaction that makes, resizes or renews it. The payment is
//! the outside world's: the operator's condition `payment` lets it fail, or leaves it open. What an open order is for
//! takes no other order until that one is done. Orders are kept as long as something that they are for.

mod lapse;
mod term;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vpcd_store::claim;

use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::resource::{Head, Kind, Resource};
use crate::tx::Tx;

pub use lapse::{end_due, next_end};
pub use term::{Length, Prepaid, Renewal, Term, Terms, Unit};

/// What numbers of orders begin with.
const NUMBER: &str = "CS";

/// The attribute by which the orders of a thing are found.
const FOR: &str = "for";

/// The claims on orders that are not paid yet.
const OPEN: &str = "order-open";

/// What an order is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Something new.
    Create,
    /// Another size.
    Resize,
    /// More time.
    Renew,
    /// Payment in advance for what was paid afterwards.
    Convert,
}

/// An order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// Head; no parent.
    pub head: Head,
    /// Its number, which callers see.
    pub number: String,
    /// The account that pays.
    pub account: String,
    /// What it is for.
    pub purpose: Purpose,
    /// Ids of the resources that it is for.
    pub resources: Vec<String>,
    /// When it is paid.
    pub terms: Terms,
    /// Whether it is done; an open one waits for its payment.
    pub done: bool,
}

/// Why an order cannot be placed, or what it pays for cannot go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The payment fails.
    Payment,
    /// An order for the resource is in progress.
    Open,
    /// It is paid afterwards, so there is nothing to renew.
    Postpaid,
    /// It is paid in advance, for a time that has not ended.
    Unexpired,
    /// What is paid in advance only grows.
    Shrinks,
}

impl Refusal {
    /// In words.
    pub fn reason(self) -> &'static str {
        match self {
            Refusal::Payment => "the payment fails",
            Refusal::Open => "an order for it is in progress",
            Refusal::Postpaid => "it is paid afterwards",
            Refusal::Unexpired => "it is paid in advance",
            Refusal::Shrinks => "what is paid in advance only grows",
        }
    }

    /// The fault about that resource.
    pub fn of(self, id: &str) -> Fault {
        Fault::Order {
            refusal: self,
            id: id.to_owned(),
        }
    }
}

/// What becomes of payments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Payment {
    Accepted,
    Fails,
    Pending,
}

impl Resource for Order {
    const KIND: Kind = Kind::Order;

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn indexed(&self) -> Vec<(&'static str, String)> {
        self.resources.iter().map(|id| (FOR, id.clone())).collect()
    }
}

impl Order {
    /// What it pays for in advance, from now on; nothing when it is paid afterwards.
    pub fn prepaid(&self, now: Timestamp) -> Option<Prepaid> {
        match self.terms {
            Terms::Postpaid => None,
            Terms::Prepaid(term) => Some(Prepaid::begin(self.number.clone(), term, now)),
        }
    }
}

/// Places an order for resources of the caller's, which the caller stores. Ask last: an order costs.
pub fn place(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    purpose: Purpose,
    resources: &[String],
    terms: Terms,
) -> Result<Order, Fault> {
    let first = resources.first().map_or("", String::as_str);
    if purpose != Purpose::Create {
        for id in resources {
            must_be_done(tx, cx, id)?;
        }
    }
    let account = cx.caller.account.clone();
    let done = match payment(tx, &account, resources)? {
        Payment::Accepted => true,
        Payment::Pending => false,
        Payment::Fails => return Err(Refusal::Payment.of(first)),
    };
    let order = Order {
        head: Head::new::<Order>(cx, None).settled(),
        number: cx.ids.short(NUMBER),
        account,
        purpose,
        resources: resources.to_vec(),
        terms,
        done,
    };
    tx.insert(&order)?;
    if !done {
        claim::take(tx.rows(), OPEN, &order.head.id, &order.head.id)?;
    }
    Ok(order)
}

/// Orders one new thing: what pays for it in advance, if anything does.
pub fn buy(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    terms: Terms,
) -> Result<Option<Prepaid>, Fault> {
    let order = place(tx, cx, Purpose::Create, &[id.to_owned()], terms)?;
    Ok(order.prepaid(cx.now))
}

/// Orders another size of a thing, on the terms that it is paid on.
pub fn resize(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    charge: Option<&Prepaid>,
) -> Result<Order, Fault> {
    let terms = charge.map_or(Terms::Postpaid, |it| Terms::Prepaid(it.term()));
    place(tx, cx, Purpose::Resize, &[id.to_owned()], terms)
}

/// Refuses to make what is paid in advance smaller.
pub fn must_grow(id: &str, charge: Option<&Prepaid>, grows: bool) -> Result<(), Fault> {
    match charge.is_some() && !grows {
        true => Err(Refusal::Shrinks.of(id)),
        false => Ok(()),
    }
}

/// Orders more time for a thing that is paid in advance: from the end of what was bought, or from now on if that is
/// over.
pub fn renew(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    charge: Option<&Prepaid>,
    term: Term,
) -> Result<Prepaid, Fault> {
    let Some(charge) = charge else {
        return Err(Refusal::Postpaid.of(id));
    };
    let order = place(
        tx,
        cx,
        Purpose::Renew,
        &[id.to_owned()],
        Terms::Prepaid(term),
    )?;
    Ok(charge.and(order.number, term, cx.now))
}

/// Refuses to let go of what is paid for in advance before that time has ended.
pub fn must_be_over(cx: &Context<'_>, id: &str, charge: Option<&Prepaid>) -> Result<(), Fault> {
    match charge {
        Some(charge) if charge.runs(cx.now) => Err(Refusal::Unexpired.of(id)),
        _ => Ok(()),
    }
}

/// Whether an order for the thing is in progress: one that waits for its payment, or one that the operator says is.
pub fn in_progress(tx: &mut Tx<'_>, project: &str, id: &str) -> Result<bool, Fault> {
    if condition::switch(tx, "order.open", &[id], false)? {
        return Ok(true);
    }
    let orders = of(tx, project, id)?;
    Ok(orders.iter().any(|order| !order.done))
}

/// Refuses a change of what an order is in progress for.
pub fn must_be_done(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<(), Fault> {
    match in_progress(tx, &cx.caller.project, id)? {
        true => Err(Refusal::Open.of(id)),
        false => Ok(()),
    }
}

/// The orders for a thing, each of which lives no longer than it.
pub fn of(tx: &mut Tx<'_>, project: &str, id: &str) -> Result<Vec<Order>, Fault> {
    tx.found::<Order>(project, FOR, id, None, usize::MAX)
}

/// Forgets what was ordered for a thing that goes.
pub fn forget(tx: &mut Tx<'_>, project: &str, id: &str) -> Result<(), Fault> {
    for mut order in of(tx, project, id)? {
        order.resources.retain(|other| other != id);
        match order.resources.is_empty() {
            true => tx.remove(&order)?,
            false => tx.store(&mut order)?,
        }
    }
    Ok(())
}

/// What the operator said of payments has changed: open orders that are paid now are done. One that fails after all
/// stays open, since what it is for exists.
pub(crate) fn review(tx: &mut Tx<'_>) -> Result<(), Fault> {
    for row in claim::list(tx.rows(), OPEN, None, i64::MAX)? {
        let Some(mut order) = tx.any::<Order>(&row.key)? else {
            continue;
        };
        if payment(tx, &order.account, &order.resources)? == Payment::Accepted {
            order.done = true;
            tx.store(&mut order)?;
            claim::release(tx.rows(), OPEN, &row.key)?;
        }
    }
    Ok(())
}

/// What becomes of a payment: what is said of the thing itself goes before what is said of the account.
fn payment(tx: &mut Tx<'_>, account: &str, resources: &[String]) -> Result<Payment, Fault> {
    let account = format!("account/{account}");
    let mut scopes: Vec<&str> = resources.iter().map(String::as_str).collect();
    scopes.extend([account.as_str(), "*"]);
    Ok(condition::read(tx, "payment", &scopes)?.unwrap_or(Payment::Accepted))
}
