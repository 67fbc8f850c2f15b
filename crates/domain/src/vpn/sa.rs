//! Security associations: what a connection whose far end answers has agreed to carry.

use vpcd_net::Prefix;

use crate::context::Context;
use crate::fault::Fault;
use crate::state::State;
use crate::tx::Tx;
use crate::vpn::connection::{self, Connection, Style};
use crate::vpn::data_plane;

/// A security association.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Association {
    /// Its number within the connection, from 1.
    pub number: usize,
    /// From here.
    pub source: Prefix,
    /// To there.
    pub destination: Prefix,
}

/// The associations of a connection: none while the far end does not answer; one where routes lead into the tunnel,
/// one for each pair of blocks where policies do.
pub fn list(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<Vec<Association>, Fault> {
    let it: Connection = tx.get(&cx.caller.project, id)?;
    match it.head.state() {
        state @ (State::Creating | State::Updating | State::Deleting) => {
            return Err(it.wrong(state));
        }
        State::Active | State::Failed | State::Frozen => {}
    }
    data_plane(tx, it.head.parent.as_deref(), true)?;
    let active = it.head.state() == State::Active;
    let view = connection::view(tx, it)?;
    if !(active && view.up) {
        return Ok(Vec::new());
    }
    let all = Prefix::all(view.carries);
    let it = view.connection;
    let pairs: Vec<(Prefix, Prefix)> = match it.style {
        Style::Static | Style::Bgp => vec![(all, all)],
        Style::Policy => {
            let rules = it.rules.iter();
            let pairs = rules.flat_map(|rule| {
                let to = rule.destinations.iter();
                to.map(|to| (rule.source, *to))
            });
            pairs.collect()
        }
    };
    let pairs = pairs.into_iter().zip(1..);
    Ok(pairs
        .map(|((source, destination), number)| Association {
            number,
            source,
            destination,
        })
        .collect())
}
