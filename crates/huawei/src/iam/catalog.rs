//! The catalogue: where each service answers, as seen from the caller.

use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::Ids;

/// Type, name and path of each service; a path that ends in `/` wants the project behind it.
///
/// `network` is the bare host because clients append `v1/<project>/` or `v2.0/` themselves; VPN is known by two types.
/// Open Telekom Cloud's clients look for neither: they take the entry of volumes, which nothing here serves, and write
/// `v5` for its `v2` and `vpn` for its `evs`.
const SERVICES: &[(&str, &str, &str)] = &[
    ("identity", "iam", "/v3"),
    ("network", "neutron", ""),
    ("vpc", "vpc", "/v1/"),
    ("eip", "eip", "/v1/"),
    ("vpn", "vpn", "/v5/"),
    ("evpn", "vpn", "/v5/"),
    ("volumev2", "evs", "/v2/"),
];

/// `GET /v3/auth/catalog`
pub fn list_auth(call: &Call<'_>) -> Result<Reply, Refusal> {
    super::admit(call)?;
    let project = Some(call.caller.project.as_str()).filter(|project| !project.is_empty());
    let catalog = services(call, project);
    Ok(Reply::json(
        call.success,
        json!({"catalog": catalog, "links": super::links(call)}),
    ))
}

/// The services for a scope; without a project those that need one are left out.
pub fn services(call: &Call<'_>, project: Option<&str>) -> Vec<Value> {
    let host = call.request.endpoint();
    let url = |path: &str| match (path.ends_with('/'), project) {
        (false, _) => Some(format!("{host}{path}")),
        (true, Some(project)) => Some(format!("{host}{path}{project}")),
        (true, None) => None,
    };
    SERVICES
        .iter()
        .filter_map(|(kind, name, path)| {
            let endpoint = json!({
                "id": id("endpoint", kind),
                "interface": "public",
                "region": call.region,
                "region_id": call.region,
                "url": url(path)?,
            });
            Some(json!({"id": id("service", kind), "type": kind, "name": name, "endpoints": [endpoint]}))
        })
        .collect()
}

/// An id that stays the same: clients compare catalogues between logins.
fn id(what: &str, kind: &str) -> String {
    let mut seed = [0; 32];
    for (place, byte) in seed.iter_mut().zip(format!("{what}/{kind}").bytes()) {
        *place = byte;
    }
    Ids::new(seed).hex32()
}
