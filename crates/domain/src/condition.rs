//! External conditions: the part of the world that lies outside the domain and that the operator sets.
//!
//! A documented error that depends on the outside world (an account in arrears, a backend that does not answer, a
//! feature that the region lacks) is provoked by setting the condition here, never by a stub.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use vpcd_store::setting;

use crate::context::Context;
use crate::fault::Fault;
use crate::tx::Tx;

/// One condition that the operator may set.
pub struct Condition {
    /// Its name, such as `account.standing`.
    pub name: &'static str,
    /// What its scope may name: `*`, `account/ID`, `project/ID`, or a resource id.
    pub scope: &'static str,
    /// Legal values.
    pub values: &'static str,
    /// What it stands for.
    pub about: &'static str,
}

/// Every condition there is.
pub const CATALOGUE: &[Condition] = &[
    Condition {
        name: "account.standing",
        scope: "account/ID",
        values: "normal | restricted | op_restricted | frozen",
        about: "Standing of the account: restricted lacks the authority for creates, op_restricted may not obtain public addresses, frozen may not create anything.",
    },
    Condition {
        name: "account.verified",
        scope: "account/ID",
        values: "true | false",
        about: "Whether the account passed real-name verification; creates of paid things need it.",
    },
    Condition {
        name: "account.subscribed",
        scope: "account/ID",
        values: "true | false",
        about: "Whether the account has subscribed to the network service; writes need it.",
    },
    Condition {
        name: "account.denied",
        scope: "account/ID",
        values: "list of actions, such as [\"vpc:vpcs:create\"]",
        about: "Actions that the account's policy denies to everybody in it.",
    },
    Condition {
        name: "account.tag_policy",
        scope: "account/ID",
        values: "{\"key\": [\"allowed\", ..]}",
        about: "Values that the organisation allows for a tag key.",
    },
    Condition {
        name: "network_backend",
        scope: "* | project/ID",
        values: "up | unreachable | refusing | empty | inconsistent",
        about: "The network backend: unreachable does not answer, refusing answers reads and refuses writes, empty answers success with nothing in it, inconsistent has lost the object.",
    },
    Condition {
        name: "load_balancer_service",
        scope: "*",
        values: "up | unreachable",
        about: "The load balancer service that is asked before a network goes.",
    },
    Condition {
        name: "log_service",
        scope: "*",
        values: "up | unreachable",
        about: "The log service that flow logs are written to.",
    },
    Condition {
        name: "flow_log.supported_flavors",
        scope: "*",
        values: "list of series, such as [\"s3\", \"c3\"]",
        about: "The only instance flavors whose ports have flow logs.",
    },
    Condition {
        name: "iam",
        scope: "*",
        values: "up | unreachable | refusing",
        about: "The identity service behind the others: unreachable does not answer, refusing rejects the service's own credential.",
    },
    Condition {
        name: "data_plane",
        scope: "* | gateway id",
        values: "up | not_ready | silent",
        about: "The worker behind a VPN gateway: not_ready has not reported yet, silent does not answer inside the deadline.",
    },
    Condition {
        name: "feature.enterprise_router",
        scope: "* | project/ID",
        values: "true | false",
        about: "Whether the region has enterprise routers.",
    },
    Condition {
        name: "feature.ipv6",
        scope: "* | project/ID",
        values: "true | false",
        about: "Whether the account may use IPv6.",
    },
    Condition {
        name: "frozen",
        scope: "resource id",
        values: "true | false",
        about: "A public address, bandwidth, gateway or connection frozen for arrears or abuse.",
    },
    Condition {
        name: "fabric.refuses",
        scope: "target, such as network/ID",
        values: "true | false",
        about: "The fabric refuses this target for good: what is pending in it ends in the error state.",
    },
    Condition {
        name: "peer.reachable",
        scope: "connection id",
        values: "true | false",
        about: "Whether the far end of a VPN connection answers, where no fabric can tell.",
    },
    Condition {
        name: "routes.limit",
        scope: "* | network id",
        values: "number",
        about: "How many routes the route table of a network may hold.",
    },
    Condition {
        name: "security_rule.raced",
        scope: "* | security group id",
        values: "true | false",
        about: "Another writer adds the same rule to the group at the same moment, straight in the network backend: the rule that is asked for is new here and refused there.",
    },
    Condition {
        name: "order.open",
        scope: "gateway id",
        values: "true | false",
        about: "An order for the gateway is in progress: until it is done nobody changes the gateway.",
    },
    Condition {
        name: "payment",
        scope: "* | account/ID | resource id",
        values: "accepted | fails | pending",
        about: "What becomes of payments: fails refuses whatever has to be ordered, pending leaves new orders in progress until it is accepted again.",
    },
    Condition {
        name: "zone.full",
        scope: "* | zone name",
        values: "true | false",
        about: "The zone has no room for another gateway for single clients.",
    },
    Condition {
        name: "server.queue",
        scope: "* | gateway id",
        values: "number",
        about: "How many changes of users, groups and policies may wait until the gateway has taken them over; 100 where nothing is set.",
    },
    Condition {
        name: "password.weak",
        scope: "*",
        values: "list of passwords",
        about: "Passwords that users of servers cannot have, besides those that everybody tries first.",
    },
    Condition {
        name: "quota.unknown",
        scope: "* | project/ID",
        values: "list of quotas, such as [\"publicIp\"]",
        about: "Quotas that the quota service has no record of.",
    },
    Condition {
        name: "gateway.version",
        scope: "* | project/ID",
        values: "1 | 2",
        about: "The version of gateways that are created from now on; those of version 1 lack features until they are upgraded.",
    },
    Condition {
        name: "gateway.prepaid",
        scope: "* | project/ID",
        values: "true | false",
        about: "Whether VPN gateways are paid in advance, by month or year, as the console sells them: only these can be of a flavor for far ends without fixed addresses.",
    },
    Condition {
        name: "rate.limit",
        scope: "*",
        values: "requests per second for one caller",
        about: "Rate limit of every caller; 0 refuses all.",
    },
];

/// Standing of an account that forbids an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nothing is wrong.
    Normal,
    /// Lacks the authority for creates.
    Restricted,
    /// May not obtain public addresses.
    OpRestricted,
    /// May not write.
    Frozen,
    /// Not verified.
    Unverified,
    /// Not subscribed to the service.
    Unsubscribed,
}

/// How the network backend fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Backend {
    /// Nothing is wrong.
    Up,
    /// It does not answer.
    Unreachable,
    /// It refuses writes.
    Refusing,
    /// It answers success without an object.
    Empty,
    /// It has lost the object that the service still has.
    Inconsistent,
}

/// The value of a condition in the first of the scopes that has one.
pub fn value(tx: &mut Tx<'_>, name: &str, scopes: &[&str]) -> Result<Option<Value>, Fault> {
    if let [first, second] = scopes {
        let keys = [key(name, first), key(name, second)];
        let [near, far] = setting::several(tx.rows(), [&keys[0], &keys[1]])?;
        return Ok(near.or(far).and_then(|text| parsed(&text)));
    }
    for scope in scopes {
        if let Some(text) = setting::get(tx.rows(), &key(name, scope))? {
            return Ok(parsed(&text));
        }
    }
    Ok(None)
}

/// The values of several conditions in one scope.
pub fn values<const N: usize>(
    tx: &mut Tx<'_>,
    names: [&str; N],
    scope: &str,
) -> Result<[Option<Value>; N], Fault> {
    let keys = names.map(|name| key(name, scope));
    let found = setting::several(tx.rows(), keys.each_ref().map(String::as_str))?;
    Ok(found.map(|text| parsed(&text?)))
}

fn key(name: &str, scope: &str) -> String {
    format!("condition/{name}/{scope}")
}

fn parsed(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

/// The condition read as `T`; a value of another shape counts as not set.
pub fn read<T: for<'de> Deserialize<'de>>(
    tx: &mut Tx<'_>,
    name: &str,
    scopes: &[&str],
) -> Result<Option<T>, Fault> {
    Ok(value(tx, name, scopes)?.and_then(|value| serde_json::from_value(value).ok()))
}

/// Whether a switch is on, `default` where nobody set it.
pub fn switch(tx: &mut Tx<'_>, name: &str, scopes: &[&str], default: bool) -> Result<bool, Fault> {
    Ok(read(tx, name, scopes)?.unwrap_or(default))
}

/// Refuses what needs IPv6 where the region or the project lacks it.
pub fn ipv6(tx: &mut Tx<'_>, cx: &Context<'_>) -> Result<(), Fault> {
    let project = format!("project/{}", cx.caller.project);
    match switch(tx, "feature.ipv6", &[&project, "*"], false)? {
        true => Ok(()),
        false => Err(Fault::FeatureOff { feature: "ipv6" }),
    }
}

/// Sets a condition; `None` removes it.
pub fn set(tx: &mut Tx<'_>, name: &str, scope: &str, value: Option<&Value>) -> Result<(), Fault> {
    let key = key(name, scope);
    match value {
        Some(value) => setting::put(tx.rows(), &key, &value.to_string())?,
        None => {
            setting::delete(tx.rows(), &key)?;
        }
    }
    Ok(())
}

/// Refuses what the caller's account may not do: `paid` operations need a verified account in good standing.
pub fn standing(tx: &mut Tx<'_>, cx: &Context<'_>, paid: bool) -> Result<(), Fault> {
    let scope = format!("account/{}", cx.caller.account);
    match read(tx, "account.standing", &[&scope])?.unwrap_or(Standing::Normal) {
        Standing::Normal => {}
        Standing::OpRestricted if !paid => {}
        standing => return Err(Fault::Standing(standing)),
    }
    if !switch(tx, "account.verified", &[&scope], true)? {
        return Err(Fault::Standing(Standing::Unverified));
    }
    Ok(())
}

/// Refuses a tag whose value the organisation does not allow.
pub fn tags(tx: &mut Tx<'_>, cx: &Context<'_>, tags: &[crate::resource::Tag]) -> Result<(), Fault> {
    if tags.is_empty() {
        return Ok(());
    }
    let scope = format!("account/{}", cx.caller.account);
    let policy: std::collections::BTreeMap<String, Vec<String>> =
        read(tx, "account.tag_policy", &[&scope])?.unwrap_or_default();
    match tags.iter().find(|tag| {
        policy
            .get(&tag.key)
            .is_some_and(|allowed| !allowed.contains(&tag.value))
    }) {
        Some(tag) => Err(Fault::TagDenied {
            key: tag.key.clone(),
        }),
        None => Ok(()),
    }
}

/// How the network backend is for the caller's project.
pub fn backend(tx: &mut Tx<'_>, cx: &Context<'_>) -> Result<Backend, Fault> {
    let scope = format!("project/{}", cx.caller.project);
    Ok(read(tx, "network_backend", &[&scope, "*"])?.unwrap_or(Backend::Up))
}

/// Refuses a read that the backend cannot answer.
pub fn backend_reads(tx: &mut Tx<'_>, cx: &Context<'_>) -> Result<(), Fault> {
    match backend(tx, cx)? {
        Backend::Up | Backend::Refusing => Ok(()),
        broken => Err(Fault::Backend(broken)),
    }
}

/// Refuses a write that the backend would not do.
pub fn backend_writes(tx: &mut Tx<'_>, cx: &Context<'_>) -> Result<(), Fault> {
    match backend(tx, cx)? {
        Backend::Up => Ok(()),
        broken => Err(Fault::Backend(broken)),
    }
}
