//! What is derived from the stored resources and kept beside them: tallies, the index that lists find them by, short ids
//! and the other claims that releases before this one did not take.

mod aliases;

use vpcd_store::setting;

use crate::bandwidth::Bandwidth;
use crate::context::Context;
use crate::fault::Fault;
use crate::mirror::{MirrorFilter, MirrorSession};
use crate::nat::NatGateway;
use crate::network::Bare;
use crate::order::Order;
use crate::peering::{self, Peering};
use crate::port::Port;
use crate::publicip::PublicIp;
use crate::quota;
use crate::resource::Resource;
use crate::security_rule::{self, SecurityRule};
use crate::subnet::Subnet;
use crate::tx::Tx;
use crate::vpc::Vpc;
use crate::vpn::flavor;
use crate::vpn::p2c::session::{self, Session};

/// Changes whenever something new is derived.
const EDITION: &str = "3";
const KEY: &str = "derived";

/// Derives everything anew when the store comes from a release that derived less.
pub fn complete(tx: &mut Tx<'_>, cx: &mut Context<'_>) -> Result<(), Fault> {
    if is_complete(tx)? {
        return Ok(());
    }
    quota::recount(tx)?;
    // Before the index: a port with a short id is found as an interface.
    aliases::complete(tx, cx)?;
    index::<Vpc>(tx)?;
    index::<Bare>(tx)?;
    index::<Subnet>(tx)?;
    index::<Port>(tx)?;
    index::<MirrorFilter>(tx)?;
    index::<MirrorSession>(tx)?;
    index::<Order>(tx)?;
    index::<PublicIp>(tx)?;
    ends::<PublicIp>(tx)?;
    ends::<Bandwidth>(tx)?;
    ends::<NatGateway>(tx)?;
    ends::<Peering>(tx)?;
    quota::each::<Peering>(tx, peering::claim_pair)?;
    quota::each::<SecurityRule>(tx, security_rule::claim_words)?;
    quota::each::<Session>(tx, session::claim_user)?;
    flavor::complete(tx)?;
    Ok(setting::put(tx.rows(), KEY, EDITION)?)
}

/// Whether the store has everything that this release derives.
pub fn is_complete(tx: &mut Tx<'_>) -> Result<bool, Fault> {
    Ok(setting::get(tx.rows(), KEY)?.as_deref() == Some(EDITION))
}

fn index<T: Resource>(tx: &mut Tx<'_>) -> Result<(), Fault> {
    quota::each::<T>(tx, |tx, it| tx.index(None, it))
}

/// When what is paid in advance ends.
fn ends<T: Resource>(tx: &mut Tx<'_>) -> Result<(), Fault> {
    quota::each::<T>(tx, |tx, it| tx.watch(None, it))
}
