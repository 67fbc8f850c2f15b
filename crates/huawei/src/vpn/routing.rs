//! The routing tables of gateways.

use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::vpn::routing::{self, Entry, Owner};

use super::faults::refuse;
use super::parse::invalid;

/// Rows of one page.
const PAGE_MAX: usize = 1000;

/// `GET /v5/{project_id}/vpn-gateways/{vgw_id}/routing-table`. A marker is the number of rows before the page; the
/// answer has no id of the request.
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("vgw_id").to_owned();
    let limit = number(call, "limit", PAGE_MAX)?.min(PAGE_MAX);
    let offset = number(call, "offset", 0)?.max(number(call, "marker", 0)?);
    let resources = match call.query.get("is_include_nexthop_resource") {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => {
            return Err(invalid(
                "is_include_nexthop_resource is neither true nor false",
            ));
        }
    };
    let entries = call
        .read(move |tx, cx| routing::table(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    let rows: Vec<Value> = entries
        .iter()
        .skip(offset)
        .take(limit)
        .map(|it| render(it, resources))
        .collect();
    let end = offset.saturating_add(rows.len());
    let mut info = json!({"current_count": rows.len()});
    if end < entries.len() && !rows.is_empty() {
        info["next_marker"] = json!(end.to_string());
    }
    let body = json!({"routing_table": rows, "total_count": entries.len(), "page_info": info});
    Ok(Reply::json(call.success, body))
}

fn number(call: &Call<'_>, name: &str, usual: usize) -> Result<usize, Refusal> {
    call.query.get(name).map_or(Ok(usual), |text| {
        text.parse()
            .map_err(|_| invalid(format!("{name} is not a number")))
    })
}

fn render(it: &Entry, resources: bool) -> Value {
    let path: Vec<String> = it.path.iter().map(u32::to_string).collect();
    let mut row = json!({
        "destination": it.destination,
        "nexthop": it.next_hop.map_or_else(|| "0.0.0.0".to_owned(), |hop| hop.to_string()),
        "outbound_interface_ip": it.interface.map(|address| address.to_string()).unwrap_or_default(),
        "origin": "IGP",
        "as_path": path.join(" "),
        "med": 0,
    });
    if resources {
        let (id, kind) = match &it.owner {
            Owner::Connection(id) => (id, "vpn_connection"),
            Owner::Gateway(id) => (id, "vpn_gateway"),
            Owner::Router(id) => (id, "er"),
        };
        row["nexthop_resource"] = json!({"id": id, "type": kind});
    }
    row
}
