//! What the two ends of a connection tell each other by BGP.

use jiff::Timestamp;
use serde_json::{Value, json};
use vpcd_domain::vpn::bgp;
use vpcd_domain::vpn::connection::View;

/// The far end as BGP knows it; nothing where routes are not told.
pub fn peer(view: &View, now: Timestamp) -> Option<Value> {
    let it = bgp::neighbour(view, now)?;
    Some(json!({
        "peer_ip_address": view.connection.tunnel.peer,
        "peer_asn": view.peer_asn,
        "state": if it.established { "Established" } else { "Idle" },
        "state_duration": duration(it.seconds),
        "num_received_routes": it.routes,
        "num_message_received": it.messages,
        "num_message_sent": it.messages,
    }))
}

/// As routers write it: `02h05m09s`.
fn duration(seconds: u64) -> String {
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    format!("{hours:02}h{minutes:02}m{:02}s", seconds % 60)
}
