//! The VLANs of a port: each carries one supplementary interface.

use vpcd_store::claim;

use crate::fault::Fault;
use crate::resource::Kind;
use crate::tx::Tx;

/// Highest VLAN.
pub const LAST_VLAN: u16 = 4094;

/// Takes the VLAN for `owner`, or a free one: that after the highest one taken, else the lowest gap.
pub(super) fn take(
    tx: &mut Tx<'_>,
    parent: &str,
    wanted: Option<u16>,
    owner: &str,
) -> Result<u16, Fault> {
    let space = space(parent);
    let vlan = match wanted {
        Some(vlan) => vlan,
        None => free(tx, parent)?,
    };
    match claim::take(tx.rows(), &space, &key(vlan), owner)? {
        true => Ok(vlan),
        false => Err(Fault::NameTaken {
            kind: Kind::SubInterface,
            name: format!("with vlan_id {vlan}"),
        }),
    }
}

fn free(tx: &mut Tx<'_>, parent: &str) -> Result<u16, Fault> {
    let space = space(parent);
    let highest = claim::floor(tx.rows(), &space, &key(LAST_VLAN))?;
    let highest = highest.and_then(|row| row.key.parse::<u16>().ok());
    let next = highest.map_or(1, |vlan| vlan + 1);
    if next <= LAST_VLAN {
        return Ok(next);
    }
    let taken = claim::list(tx.rows(), &space, None, i64::MAX)?;
    let gap = (1..=LAST_VLAN)
        .zip(&taken)
        .find(|(vlan, row)| row.key != key(*vlan));
    let count = u16::try_from(taken.len()).unwrap_or(LAST_VLAN);
    gap.map(|(vlan, _)| vlan)
        .or_else(|| (count < LAST_VLAN).then_some(count + 1))
        .ok_or(Fault::QuotaExceeded {
            quota: "sub_network_interface",
            limit: u64::from(LAST_VLAN),
        })
}

pub(super) fn key(vlan: u16) -> String {
    format!("{vlan:04}")
}

/// Claims of the VLANs that a port carries.
pub(super) fn space(parent: &str) -> String {
    format!("vlan/{parent}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_one_is_free_and_then_the_lowest_gap() {
        let store = vpcd_store::Store::ephemeral().unwrap();
        let result: Result<(), Fault> = store.write("test", |rows| {
            let mut tx = Tx::new(rows, true, Default::default());
            assert_eq!(take(&mut tx, "p", None, "a")?, 1);
            assert_eq!(take(&mut tx, "p", Some(7), "b")?, 7);
            assert!(take(&mut tx, "p", Some(7), "c").is_err());
            assert_eq!(take(&mut tx, "p", None, "c")?, 8);
            assert_eq!(take(&mut tx, "q", None, "d")?, 1);
            assert_eq!(take(&mut tx, "p", Some(LAST_VLAN), "e")?, LAST_VLAN);
            assert_eq!(take(&mut tx, "p", None, "f")?, 2);
            while take(&mut tx, "p", None, "more").is_ok() {}
            let held = claim::count(tx.rows(), &space("p"))?;
            assert_eq!(held, i64::from(LAST_VLAN));
            claim::release(tx.rows(), &space("p"), &key(99))?;
            assert_eq!(take(&mut tx, "p", None, "again")?, 99);
            Ok(())
        });
        result.unwrap();
    }
}
