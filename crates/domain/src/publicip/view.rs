//! A public address with what is derived for those who look at it.

use super::{Binding, PublicIp, with_bandwidth};
use crate::bandwidth::Bandwidth;
use crate::fault::Fault;
use crate::nat::NatGateway;
use crate::pool;
use crate::port::Port;
use crate::registration::Registration;
use crate::tx::Tx;

/// A public address with what is derived for those who look at it.
#[derive(Clone, Debug)]
pub struct View {
    /// The address.
    pub it: PublicIp,
    /// Its bandwidth.
    pub bandwidth: Bandwidth,
    /// The name of its pool, as the pool is called today.
    pub pool: String,
    /// The port that it is bound to.
    pub port: Option<Port>,
    /// The network that it is bound into, by id.
    pub vpc: Option<String>,
}

/// Looks up what is shown beside an address.
pub fn view(tx: &mut Tx<'_>, it: PublicIp) -> Result<View, Fault> {
    let (it, bandwidth) = with_bandwidth(tx, it)?;
    let pool = pool::find(tx, &it.pool)?.map_or_else(|| it.pool.clone(), |pool| pool.title());
    let port = match it.port() {
        Some(id) => tx.find::<Port>(&it.head.project, id)?,
        None => None,
    };
    let target = match (&port, &it.bound) {
        (Some(port), _) => Some(port.head.target.clone()),
        (None, Some(Binding::NatGateway { id, .. })) => nat_target(tx, id)?,
        _ => None,
    };
    let vpc = target.and_then(|target| target.strip_prefix("network/").map(str::to_owned));
    Ok(View {
        it,
        bandwidth,
        pool,
        port,
        vpc,
    })
}

/// The target of the network that a NAT gateway lives in: that of its port, where it has one.
fn nat_target(tx: &mut Tx<'_>, id: &str) -> Result<Option<String>, Fault> {
    if let Some(gateway) = tx.any::<NatGateway>(id)? {
        return Ok(Some(format!("network/{}", gateway.vpc())));
    }
    let Some(gateway) = tx.any::<Registration>(id)? else {
        return Ok(None);
    };
    match gateway.port {
        Some(port) => Ok(tx.any::<Port>(&port)?.map(|port| port.head.target)),
        None => Ok(gateway.head.parent.map(|vpc| format!("network/{vpc}"))),
    }
}
