//! What the ends of a connection have told each other by BGP, as far as no fabric counts it: derived from since when the
//! far end answers.

use jiff::Timestamp;

use crate::state::State;
use crate::vpn::connection::{Style, View};

/// Seconds between two signs of life.
const KEEPALIVE: u64 = 60;
/// What ends say to begin with: that they are there, that they agree, and their routes.
const GREETINGS: u64 = 3;

/// The far end of a connection as BGP knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// Whether it answers.
    pub established: bool,
    /// For how many seconds it does, or does not.
    pub seconds: u64,
    /// Routes that it told.
    pub routes: usize,
    /// Messages from it, and as many to it.
    pub messages: u64,
}

/// The far end at that time; nothing for connections by other means.
pub fn neighbour(view: &View, now: Timestamp) -> Option<Neighbour> {
    let it = &view.connection;
    if it.style != Style::Bgp {
        return None;
    }
    let active = it.head.state() == State::Active;
    let since = view.since.unwrap_or(it.head.created);
    let seconds = now.as_second().saturating_sub(since.as_second());
    let seconds = u64::try_from(seconds).unwrap_or(0);
    Some(match view.up && active {
        true => Neighbour {
            established: true,
            seconds,
            routes: it.peer_subnets.len(),
            messages: GREETINGS + seconds / KEEPALIVE,
        },
        false => Neighbour {
            established: false,
            seconds,
            routes: 0,
            messages: 0,
        },
    })
}
