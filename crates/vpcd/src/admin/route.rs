//! The table of the operator's API, and how a path finds its row.

use vpcd_dialect::Reply;

use super::ask::Ask;
use super::refused::Refused;
use super::{
    catalogue, certificates, conditions, events, identity, inventory, registrations, sessions,
    state, time, trace, vpn,
};

type Handler = fn(&Ask<'_>) -> Result<Reply, Refused>;

/// One method of one path.
pub(super) struct Route {
    method: &'static str,
    /// Below `/admin/v1/`; `*` is a variable segment.
    path: &'static str,
    /// Query keys that it takes.
    pub(super) query: &'static [&'static str],
    /// Name in metrics and audit.
    pub(super) operation: &'static str,
    pub(super) handler: Handler,
}

/// What a path led to.
pub(super) enum Found {
    /// A row, and the variable segments.
    Route(&'static Route, Vec<String>),
    /// The path is known with these methods.
    WrongMethod(String),
    /// Nothing.
    Nothing,
}

macro_rules! routes {
    ($($method:ident $path:literal [$($query:literal),*] $operation:literal $handler:path;)*) => {
        &[$(Route {
            method: stringify!($method),
            path: $path,
            query: &[$($query),*],
            operation: $operation,
            handler: $handler,
        }),*]
    };
}

/// Every method of every path: the query keys that it takes, its name, and what answers it.
static ROUTES: &[Route] = routes! {
    GET    "accounts"             []                 "admin.list_accounts"        identity::accounts;
    POST   "accounts"             []                 "admin.create_account"       identity::create_account;
    GET    "accounts/*"           []                 "admin.show_account"         identity::account;
    DELETE "accounts/*"           []                 "admin.delete_account"       identity::delete_account;
    GET    "projects"             []                 "admin.list_projects"        identity::projects;
    POST   "projects"             []                 "admin.create_project"       identity::create_project;
    POST   "projects/*/default-network" []           "admin.create_default_network" identity::create_default_network;
    GET    "users"                []                 "admin.list_users"           identity::users;
    POST   "users"                []                 "admin.create_user"          identity::create_user;
    GET    "keys"                 []                 "admin.list_keys"            identity::keys;
    POST   "keys"                 []                 "admin.create_key"           identity::create_key;
    DELETE "keys/*"               []                 "admin.delete_key"           identity::delete_key;
    GET    "conditions"           []                 "admin.list_conditions"      conditions::conditions;
    PUT    "conditions/*"         []                 "admin.set_condition"        conditions::set;
    DELETE "conditions/*"         ["scope"]          "admin.delete_condition"     conditions::delete;
    GET    "registrations"        []                 "admin.list_registrations"   registrations::registrations;
    POST   "registrations"        []                 "admin.create_registration"  registrations::create;
    PUT    "registrations/*"      []                 "admin.update_registration"  registrations::update;
    DELETE "registrations/*"      []                 "admin.delete_registration"  registrations::delete;
    GET    "certificates"         []                 "admin.list_certificates"    certificates::certificates;
    POST   "certificates"         []                 "admin.create_certificate"   certificates::create;
    DELETE "certificates/*"       []                 "admin.delete_certificate"   certificates::delete;
    GET    "vpn-sessions"         []                 "admin.list_vpn_sessions"    sessions::sessions;
    POST   "vpn-sessions"         []                 "admin.open_vpn_session"     sessions::open;
    DELETE "vpn-sessions/*"       []                 "admin.close_vpn_session"    sessions::close;
    GET    "pools"                []                 "admin.list_pools"           inventory::pools;
    PUT    "pools/*"              []                 "admin.set_pool"             inventory::set_pool;
    DELETE "pools/*"              []                 "admin.delete_pool"          inventory::delete_pool;
    GET    "ipv6-pool"            []                 "admin.show_ipv6_pool"       inventory::ipv6_pool;
    PUT    "ipv6-pool"            []                 "admin.set_ipv6_pool"        inventory::set_ipv6_pool;
    GET    "quotas"               []                 "admin.list_quotas"          inventory::quotas;
    PUT    "quotas/*/*"           []                 "admin.set_quota"            inventory::set_quota;
    DELETE "quotas/*/*"           []                 "admin.delete_quota"         inventory::delete_quota;
    GET    "zones"                []                 "admin.list_zones"           inventory::zones;
    PUT    "zones/*"              []                 "admin.set_zone"             inventory::set_zone;
    DELETE "zones/*"              []                 "admin.delete_zone"          inventory::delete_zone;
    GET    "flavors"              []                 "admin.list_flavors"         inventory::flavors;
    PUT    "flavors/*"            []                 "admin.set_flavor"           inventory::set_flavor;
    DELETE "flavors/*"            []                 "admin.delete_flavor"        inventory::delete_flavor;
    GET    "clock"                []                 "admin.show_clock"           time::clock;
    PUT    "clock"                []                 "admin.set_clock"            time::set_clock;
    DELETE "clock"                []                 "admin.reset_clock"          time::reset_clock;
    GET    "profile"              []                 "admin.show_profile"         time::profile;
    PUT    "profile"              []                 "admin.set_profile"          time::set_profile;
    GET    "faults"               []                 "admin.list_faults"          catalogue::faults;
    POST   "faults"               []                 "admin.plan_fault"           catalogue::plan;
    DELETE "faults"               []                 "admin.clear_faults"         catalogue::clear;
    GET    "operations"           []                 "admin.list_operations"      catalogue::operations;
    GET    "errors/*"             []                 "admin.explain_error"        catalogue::error;
    GET    "export"               []                 "admin.export"               state::export;
    POST   "import"               []                 "admin.import"               state::import;
    GET    "snapshots"            []                 "admin.list_snapshots"       state::snapshots;
    PUT    "snapshots/*"          []                 "admin.take_snapshot"        state::take;
    DELETE "snapshots/*"          []                 "admin.delete_snapshot"      state::delete;
    POST   "snapshots/*/restore"  []                 "admin.restore_snapshot"     state::restore;
    GET    "events"               ["after", "limit"] "admin.list_events"          events::events;
    GET    "targets"              []                 "admin.list_targets"         events::targets;
    POST   "trace"                []                 "admin.trace"                trace::trace;
    POST   "vpn/diagnose"         []                 "admin.diagnose_vpn"         vpn::diagnose;
    GET    "vpn/classic-gateways" []                 "admin.list_classics"        vpn::classics;
    POST   "vpn/classic-gateways" []                 "admin.register_classic"     vpn::register;
    DELETE "vpn/classic-gateways/*" []               "admin.delete_classic"       vpn::forget;
    GET    "flow-logs/*/records"  ["after", "limit"] "admin.list_flow_records"    trace::records;
};

/// Finds the row of a raw path.
pub(super) fn find(method: &str, path: &str) -> Found {
    let Some(rest) = path.strip_prefix("/admin/v1/") else {
        return Found::Nothing;
    };
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let Some(parts) = rest
        .split('/')
        .map(decoded)
        .collect::<Option<Vec<String>>>()
    else {
        return Found::Nothing;
    };
    let mut allowed = Vec::new();
    for route in ROUTES {
        let Some(params) = matched(route.path, &parts) else {
            continue;
        };
        if route.method == method {
            return Found::Route(route, params);
        }
        allowed.push(route.method);
    }
    match allowed.is_empty() {
        true => Found::Nothing,
        false => Found::WrongMethod(allowed.join(", ")),
    }
}

fn matched(template: &str, parts: &[String]) -> Option<Vec<String>> {
    let mut params = Vec::new();
    let mut wanted = template.split('/');
    for part in parts {
        match wanted.next()? {
            "*" => params.push(part.clone()),
            literal if literal == part => {}
            _ => return None,
        }
    }
    wanted.next().is_none().then_some(params)
}

/// A percent-encoded segment as text; `None` when it is empty, not UTF-8 or holds control characters.
fn decoded(segment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        bytes.push(match (first, tail) {
            (b'%', [high, low, after @ ..]) => {
                rest = after;
                nibble(*high)? * 16 + nibble(*low)?
            }
            (b'%', _) => return None,
            (plain, _) => *plain,
        });
    }
    let text = String::from_utf8(bytes).ok()?;
    (!text.is_empty() && !text.chars().any(char::is_control)).then_some(text)
}

fn nibble(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_decoded_once() {
        assert_eq!(decoded("a%2Fb%25"), Some("a/b%".to_owned()));
        for bad in ["", "%", "%1", "%zz", "%ff", "%00"] {
            assert_eq!(decoded(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_known_path_names_its_methods() {
        let Found::WrongMethod(allowed) = find("PATCH", "/admin/v1/clock") else {
            panic!("no such path")
        };
        assert_eq!(allowed, "GET, PUT, DELETE");
        assert!(matches!(find("GET", "/admin/v1/"), Found::Nothing));
        assert!(matches!(find("GET", "/admin/v1/clock/x"), Found::Nothing));
        let Found::Route(route, params) = find("PUT", "/admin/v1/quotas/%2A/vpc/") else {
            panic!("no route")
        };
        assert_eq!(
            (route.operation, params),
            ("admin.set_quota", vec!["*".to_owned(), "vpc".to_owned()])
        );
    }

    #[test]
    fn operations_and_paths_are_unique() {
        let mut seen = std::collections::BTreeSet::new();
        for route in ROUTES {
            assert!(seen.insert(route.operation), "{}", route.operation);
            assert!(seen.insert(Box::leak(
                format!("{} {}", route.method, route.path).into_boxed_str()
            )));
        }
    }
}
