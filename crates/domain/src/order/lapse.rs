//! What is paid for in advance and not renewed stops when that time is over, and goes on once somebody pays again.
//!
//! Each end is a claim, ordered by time, that whoever stores the resource takes. The reconciler asks for those that have
//! come, so that what is stopped is stored like anything that somebody changed.

use jiff::Timestamp;
use vpcd_store::Error;
use vpcd_store::claim::{self, Claim};

use crate::bandwidth::{self, Bandwidth};
use crate::context::Context;
use crate::fault::Fault;
use crate::nat::NatGateway;
use crate::peering::Peering;
use crate::publicip::{self, PublicIp};
use crate::resource::{Kind, Resource};
use crate::tx::Tx;

/// The claims on ends that have not come.
const SPACE: &str = "order-end";
/// How many come in one transaction.
const BATCH: i64 = 100;

/// When the next thing ends, in microseconds since the epoch.
pub fn next_end(tx: &mut Tx<'_>) -> Result<Option<i64>, Fault> {
    let first = claim::list(tx.rows(), SPACE, None, 1)?;
    Ok(first.first().and_then(when))
}

/// Stops some of the things whose time is over; whether there may be more.
pub fn end_due(tx: &mut Tx<'_>, cx: &Context<'_>) -> Result<bool, Fault> {
    let now = cx.now.as_microsecond();
    let first = claim::list(tx.rows(), SPACE, None, BATCH)?;
    let due = first.iter().take_while(|it| when(it) <= Some(now));
    let mut ended = 0;
    for claim in due {
        claim::release(tx.rows(), SPACE, &claim.key)?;
        match end(tx, claim) {
            // What cannot be read holds up nothing else; who looks at it is told.
            Err(Fault::Store(Error::Corrupt(_))) => {}
            ended => ended?,
        }
        ended += 1;
    }
    Ok(ended == BATCH)
}

fn end(tx: &mut Tx<'_>, claim: &Claim) -> Result<(), Fault> {
    let is = |kind: Kind| claim.key.ends_with(kind.word());
    match () {
        () if is(Kind::PublicIp) => {
            stop::<PublicIp>(tx, &claim.owner)?;
            publicip::turned(tx, &claim.owner)
        }
        () if is(Kind::Bandwidth) => {
            stop::<Bandwidth>(tx, &claim.owner)?;
            bandwidth::turned(tx, &claim.owner)
        }
        () if is(Kind::NatGateway) => stop::<NatGateway>(tx, &claim.owner),
        () if is(Kind::Peering) => stop::<Peering>(tx, &claim.owner),
        () => Ok(()),
    }
}

fn stop<T: Resource>(tx: &mut Tx<'_>, id: &str) -> Result<(), Fault> {
    let Some(mut it) = tx.any::<T>(id)?.filter(|it| !it.head().is_going()) else {
        return Ok(());
    };
    it.head_mut().lapsed = true;
    it.head_mut().turn();
    tx.store(&mut it)?;
    tx.mark_dirty(it.head())
}

impl Tx<'_> {
    /// Notes when what pays for a resource ends, in the place of what was noted before.
    pub(crate) fn watch<T: Resource>(&mut self, before: Option<&T>, it: &T) -> Result<(), Fault> {
        let (was, is) = (before.and_then(key), key(it));
        if was == is {
            return Ok(());
        }
        if let Some(was) = was {
            claim::release(self.rows(), SPACE, &was)?;
        }
        if let Some(is) = is {
            claim::take(self.rows(), SPACE, &is, &it.head().id)?;
        }
        Ok(())
    }
}

fn key<T: Resource>(it: &T) -> Option<String> {
    let end: Timestamp = it.charge()?.ends()?;
    let micros = end.as_microsecond().max(0);
    Some(format!("{micros:020}/{}/{}", it.head().id, T::KIND.word()))
}

/// The time of an end.
fn when(claim: &Claim) -> Option<i64> {
    claim.key.split('/').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bandwidth::NewBandwidth;
    use crate::operator;
    use crate::plan;
    use crate::publicip::NewPublicIp;
    use crate::tx;
    use crate::vpn::fixture;
    use vpcd_store::{dirty, resource};

    fn address(tx: &mut Tx<'_>, cx: &mut Context<'_>) -> Result<PublicIp, Fault> {
        let new = NewPublicIp {
            pool: "pool".to_owned(),
            address: None,
            alias: String::new(),
            port: None,
            bandwidth: NewBandwidth::Dedicated {
                name: String::new(),
                size: 5,
                charge_mode: "bandwidth".to_owned(),
            },
            enterprise_project: "0".to_owned(),
        };
        publicip::create(tx, cx, new)
    }

    #[test]
    fn what_cannot_be_read_holds_up_no_other_end() {
        fixture::run(|tx, cx| {
            let (broken, fine) = (address(tx, cx)?, address(tx, cx)?);
            let mut row = tx::write(&broken)?;
            row.doc = "{}".to_owned();
            resource::update(tx.rows(), &row)?;
            for (at, it) in [(1, &broken), (2, &fine)] {
                let key = format!("{at:020}/{}/{}", it.head.id, Kind::PublicIp.word());
                claim::take(tx.rows(), SPACE, &key, &it.head.id)?;
            }
            assert!(!end_due(tx, cx)?);
            assert_eq!(next_end(tx)?, None);
            assert!(tx.get::<PublicIp>("project", &fine.head.id)?.head.lapsed);
            Ok(())
        });
    }

    /// A tunnel over an address that is stopped would go on as if somebody paid.
    #[test]
    fn a_tunnel_stops_with_the_address_that_it_ends_at() {
        fixture::run(|tx, cx| {
            let subnet = fixture::network(tx, cx)?;
            let (gateway, made) = fixture::connected(tx, cx, &subnet, "172.16.0.0/16")?;
            let name = format!("vpn_connection/{}", made.head.id);
            let target = gateway.head.target.as_str();
            let carried = |tx: &mut Tx<'_>| {
                let woken = dirty::list(tx.rows(), 10)?;
                for (target, since, _) in &woken {
                    dirty::clear(tx.rows(), target, *since)?;
                }
                assert!(woken.iter().any(|it| it.0 == target), "{woken:?}");
                Ok::<_, Fault>(plan::target(tx, target)?.rows.contains_key(&name))
            };
            assert!(carried(tx)?);
            let slot = gateway.slots[0].clone().unwrap();
            let id = slot.public_ip.unwrap();
            let key = format!("{:020}/{id}/{}", 1, Kind::PublicIp.word());
            claim::take(tx.rows(), SPACE, &key, &id)?;
            end_due(tx, cx)?;
            assert!(!carried(tx)?);
            let mut it = tx.get::<PublicIp>("project", &id)?;
            it.head.lapsed = false;
            tx.update(cx, &mut it)?;
            let line = it.bandwidth;
            for (frozen, carries) in [(true, false), (false, true)] {
                let value = serde_json::Value::Bool(frozen);
                operator::set_condition(tx, cx, "frozen", &line, Some(&value))?;
                assert_eq!(carried(tx)?, carries);
            }
            Ok(())
        });
    }
}
