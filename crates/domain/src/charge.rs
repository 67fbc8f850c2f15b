//! Prepaid terms: what was ordered, for how long, until when.

use jiff::{Span, Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::bandwidth::{self, Bandwidth, BandwidthChange};
use crate::context::Context;
use crate::fault::Fault;
use crate::publicip::{self, PublicIp};
use crate::resource::Kind;
use crate::tx::Tx;

/// What ids of orders begin with.
const ORDER: &str = "CS";

/// A unit of prepaid time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

/// For how long something is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Unit of the periods.
    pub unit: Unit,
    /// How many of them.
    pub periods: u32,
    /// Whether a period that ends is followed by another.
    pub renews: bool,
}

/// An order that pays for a resource in advance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prepaid {
    /// Id of the order.
    pub order: String,
    /// Unit of the periods.
    pub unit: Unit,
    /// How many of them were bought.
    pub periods: u32,
    /// Whether a period that ends is followed by another.
    pub renews: bool,
    /// When the last one ends.
    pub expires: Timestamp,
}

impl Term {
    /// The order for this term, from now on.
    pub fn order(self, cx: &mut Context<'_>) -> Prepaid {
        let order = cx.ids.short(ORDER);
        self.until(order, cx.now)
    }

    fn until(self, order: String, now: Timestamp) -> Prepaid {
        let count = i64::from(self.periods);
        let span = match self.unit {
            Unit::Month => Span::new().try_months(count),
            Unit::Year => Span::new().try_years(count),
        };
        let start = now.to_zoned(TimeZone::UTC);
        let end = span.and_then(|span| start.checked_add(span));
        Prepaid {
            order,
            unit: self.unit,
            periods: self.periods,
            renews: self.renews,
            expires: end.map_or(Timestamp::MAX, |end| end.timestamp()),
        }
    }
}

/// Pays for shared bandwidths in advance; answers the order.
pub fn bandwidths(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    ids: &[String],
    term: Term,
) -> Result<Prepaid, Fault> {
    let order = term.order(cx);
    for id in ids {
        let mut bandwidth: Bandwidth = tx.get(&cx.caller.project, id)?;
        bandwidth.must_take_changes()?;
        if !bandwidth.shared {
            return Err(unsuitable(Kind::Bandwidth, id, "it is not shared"));
        }
        pay(&mut bandwidth.charge, Kind::Bandwidth, id, &order)?;
        tx.update(cx, &mut bandwidth)?;
    }
    Ok(order)
}

/// Pays for public addresses in advance; answers the order.
pub fn addresses(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    ids: &[String],
    term: Term,
) -> Result<Prepaid, Fault> {
    let order = term.order(cx);
    for id in ids {
        let mut it = publicip::must_be_changeable(tx, cx, id)?;
        pay_address(tx, cx, &mut it, &order)?;
    }
    Ok(order)
}

/// Pays for an address that was just taken; answers the order.
pub fn address(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    it: &mut PublicIp,
    term: Term,
) -> Result<Prepaid, Fault> {
    let order = term.order(cx);
    pay_address(tx, cx, it, &order)?;
    Ok(order)
}

/// A bandwidth with the addresses in it, and the order that its change made.
pub type Changed = ((Bandwidth, Vec<PublicIp>), Option<String>);

/// Changes a bandwidth; another size of one that is paid in advance is an order of its own.
pub fn update_bandwidth(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: BandwidthChange,
) -> Result<Changed, Fault> {
    let before = tx.find::<Bandwidth>(&cx.caller.project, id)?;
    let changed = bandwidth::update(tx, cx, id, change)?;
    let size = changed.0.size;
    let orders = before.is_some_and(|it| it.charge.is_some() && it.size != size);
    Ok((changed, orders.then(|| cx.ids.short(ORDER))))
}

/// Pays for an address with the bandwidth of its own.
fn pay_address(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    it: &mut PublicIp,
    order: &Prepaid,
) -> Result<(), Fault> {
    let id = it.head.id.clone();
    let mut bandwidth: Bandwidth = tx.get(&cx.caller.project, &it.bandwidth)?;
    // What is shared or counted afterwards cannot be paid in advance with one address.
    if bandwidth.shared || bandwidth.charge_mode == "traffic" {
        let reason = "it is not billed by a bandwidth of its own";
        return Err(unsuitable(Kind::PublicIp, &id, reason));
    }
    pay(&mut it.charge, Kind::PublicIp, &id, order)?;
    tx.update(cx, it)?;
    bandwidth.charge = Some(order.clone());
    tx.update(cx, &mut bandwidth)
}

fn pay(charge: &mut Option<Prepaid>, kind: Kind, id: &str, order: &Prepaid) -> Result<(), Fault> {
    if charge.is_some() {
        return Err(unsuitable(kind, id, "it is paid in advance already"));
    }
    *charge = Some(order.clone());
    Ok(())
}

fn unsuitable(kind: Kind, id: &str, reason: &'static str) -> Fault {
    Fault::Unsuitable {
        kind,
        id: id.to_owned(),
        reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_follow_the_calendar() {
        let now: Timestamp = "2024-01-31T12:00:00Z".parse().unwrap();
        for (unit, periods, end) in [
            (Unit::Month, 1, "2024-02-29T12:00:00Z"),
            (Unit::Year, 3, "2027-01-31T12:00:00Z"),
        ] {
            let term = Term {
                unit,
                periods,
                renews: false,
            };
            assert_eq!(term.until("o".into(), now).expires.to_string(), end);
        }
    }
}
