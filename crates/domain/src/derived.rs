//! What is derived from the stored resources and kept beside them: tallies, and the index that lists find them by.

use vpcd_store::setting;

use crate::fault::Fault;
use crate::mirror::{MirrorFilter, MirrorSession};
use crate::port::Port;
use crate::quota;
use crate::resource::Resource;
use crate::subnet::Subnet;
use crate::tx::Tx;

/// Changes whenever something new is derived.
const EDITION: &str = "1";
const KEY: &str = "derived";

/// Derives everything anew when the store comes from a release that derived less.
pub fn complete(tx: &mut Tx<'_>) -> Result<(), Fault> {
    if is_complete(tx)? {
        return Ok(());
    }
    quota::recount(tx)?;
    index::<Subnet>(tx)?;
    index::<Port>(tx)?;
    index::<MirrorFilter>(tx)?;
    index::<MirrorSession>(tx)?;
    Ok(setting::put(tx.rows(), KEY, EDITION)?)
}

/// Whether the store has everything that this release derives.
pub fn is_complete(tx: &mut Tx<'_>) -> Result<bool, Fault> {
    Ok(setting::get(tx.rows(), KEY)?.as_deref() == Some(EDITION))
}

fn index<T: Resource>(tx: &mut Tx<'_>) -> Result<(), Fault> {
    quota::each::<T>(tx, |tx, it| tx.index(&[], it))
}
