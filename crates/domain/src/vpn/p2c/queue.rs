//! Changes below a server that wait for the fabric: so many and no more (VPN.0030).

use vpcd_store::tally;

use crate::condition;
use crate::fault::Fault;
use crate::tx::Tx;
use crate::vpn::p2c::Refusal;
use crate::vpn::p2c::server::Server;

/// What the tallies of waiting changes are called.
pub(crate) const WAITING: &str = "waiting";

/// How many changes may wait where the operator has set nothing.
const MOST: i64 = 100;

/// Lines a change up behind a target below the server's gateway; whoever does so makes the target dirty.
pub(super) fn enter(tx: &mut Tx<'_>, server: &Server, target: &str) -> Result<(), Fault> {
    let most = condition::read(tx, "server.queue", &[server.gateway(), "*"])?.unwrap_or(MOST);
    if tally::get(tx.rows(), &server.head.target, WAITING)? >= most {
        return Err(Refusal::Busy.into());
    }
    tally::add(tx.rows(), &server.head.target, WAITING, 1)?;
    Ok(tally::add(tx.rows(), target, WAITING, 1)?)
}

/// The fabric is as asked in this target: what waited behind it is through.
pub(crate) fn drain(tx: &mut Tx<'_>, target: &str) -> Result<(), Fault> {
    let Some(gateway) = gateway(target) else {
        return Ok(());
    };
    let waited = tally::get(tx.rows(), target, WAITING)?;
    if waited > 0 {
        tally::add(tx.rows(), target, WAITING, -waited)?;
        tally::add(tx.rows(), gateway, WAITING, -waited)?;
    }
    Ok(())
}

/// `gateway/<id>` of a target that lies below a gateway's own.
fn gateway(target: &str) -> Option<&str> {
    let id = target.strip_prefix("gateway/")?.find('/')?;
    target.get(.."gateway/".len() + id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lies_below_a_gateway_has_a_queue() {
        assert_eq!(gateway("gateway/g/users/3"), Some("gateway/g"));
        assert_eq!(gateway("gateway/g"), None);
        assert_eq!(gateway("network/n/x"), None);
    }
}
