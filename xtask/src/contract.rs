//! The contract data as it stands in `contracts/<cloud>/*.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::Outcome;
use crate::shapes::{self, Shapes};

/// The clouds, each a folder of `contracts/` and a crate.
pub const CLOUDS: [&str; 2] = ["huawei", "baidu"];

/// One error row of `errors.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Path-like name, unique over both clouds.
    pub id: String,
    /// Service that answers it.
    pub service: String,
    /// Group of operations that share it.
    pub group: String,
    /// HTTP statuses, the usual one first.
    pub status: Vec<u16>,
    /// Code on the wire.
    pub code: String,
    /// Message as documented.
    pub message: String,
    /// Message with `{0}` places, where it is not the message with `%s` replaced.
    pub template: Option<String>,
    /// What raises it.
    pub when: String,
    /// What to do about it.
    pub fix: String,
    /// Whether it lies outside the documented tables.
    #[serde(default)]
    pub extra: bool,
}

impl Row {
    /// The template that the server renders.
    #[must_use]
    pub fn template(&self) -> String {
        if let Some(text) = &self.template {
            return text.clone();
        }
        let mut out = String::new();
        for (index, part) in self.message.split("%s").enumerate() {
            if index > 0 {
                out.push_str(&format!("{{{}}}", index - 1));
            }
            out.push_str(part);
        }
        out
    }

    /// The name of the row's constant in the generated code.
    #[must_use]
    pub fn constant(&self) -> String {
        let suffix = self.id.rsplit_once(&self.code).map_or("", |(_, tail)| tail);
        let name = match self.code.split_once('.') {
            Some(("VPC", digits)) => format!("{}_{digits}", self.group),
            Some((prefix, digits)) => format!("{prefix}_{digits}"),
            None => format!("{}_{}", self.group, snake(&self.code)),
        };
        format!("{name}{suffix}")
            .replace(['/', '-'], "_")
            .to_uppercase()
    }
}

/// One operation of `operations.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    /// Id in the vendor's contract.
    pub id: String,
    /// Short name, unique in its cloud.
    pub name: String,
    /// Service it belongs to.
    pub service: String,
    /// HTTP method.
    pub method: String,
    /// Path template.
    pub path: String,
    /// Bare query key that selects it.
    pub flag: Option<String>,
    /// HTTP status of success.
    pub status: u16,
    /// Group of its error rows.
    #[serde(default)]
    pub group: String,
    /// Shape of its error bodies; absent for Baidu, which has one.
    pub style: Option<String>,
    /// `read` or `write`.
    pub access: String,
    /// Name of the permission.
    pub action: String,
    /// Rust path of the handler below the dialect's crate; absent when it is not served yet.
    pub handler: Option<String>,
}

/// One limit of `limits.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Dotted name: `quota.vpc`.
    pub name: String,
    /// A number, a text or a list of texts.
    pub value: toml::Value,
    /// Unit of the value: `Mbit/s`, `characters`, `items`.
    pub unit: String,
    /// What it limits, one sentence.
    pub doc: String,
}

/// All data of one cloud.
#[derive(Clone, Debug)]
pub struct Contract {
    /// Name of the cloud.
    pub cloud: &'static str,
    /// Error rows in file order.
    pub rows: Vec<Row>,
    /// Operations in file order.
    pub operations: Vec<Operation>,
    /// Limits in file order.
    pub limits: Vec<Limit>,
    /// What requests and answers are made of, by service.
    pub shapes: BTreeMap<String, Shapes>,
}

#[derive(Deserialize)]
struct Rows {
    row: Vec<Row>,
}

#[derive(Deserialize)]
struct Operations {
    operation: Vec<Operation>,
}

#[derive(Deserialize)]
struct Limits {
    limit: Vec<Limit>,
}

/// Reads and checks the data of one cloud.
///
/// # Errors
/// When a file is missing, is not what its schema says, repeats a name that must be unique, or names no group.
pub fn load(root: &Path, cloud: &'static str) -> Outcome<Contract> {
    let folder = root.join("contracts").join(cloud);
    let operations = parse::<Operations>(&folder.join("operations.toml"))?.operation;
    let rows = parse::<Rows>(&folder.join("errors.toml"))?.row;
    let contract = Contract {
        cloud,
        shapes: shapes::load(root, cloud, &operations, &rows)?,
        rows,
        operations,
        limits: parse::<Limits>(&folder.join("limits.toml"))?.limit,
    };
    unique("error row", contract.rows.iter().map(|row| row.id.clone()))?;
    unique("constant", contract.rows.iter().map(Row::constant))?;
    unique(
        "operation",
        contract.operations.iter().map(|op| op.id.clone()),
    )?;
    unique(
        "operation name",
        contract.operations.iter().map(|op| op.name.clone()),
    )?;
    unique(
        "limit",
        contract.limits.iter().map(|limit| limit.name.clone()),
    )?;
    let served = contract.operations.iter().filter(|op| op.handler.is_some());
    unique("served route", served.map(route))?;
    for op in contract.operations.iter().filter(|op| !op.group.is_empty()) {
        if !contract.rows.iter().any(|row| row.group == op.group) {
            return Err(format!("{}: no error row has the group {}", op.id, op.group).into());
        }
    }
    Ok(contract)
}

/// Reads a file of contract data.
pub(crate) fn parse<T: for<'de> Deserialize<'de>>(path: &Path) -> Outcome<T> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()).into())
}

/// Refuses a name that appears twice.
pub(crate) fn unique(kind: &str, names: impl Iterator<Item = String>) -> Outcome<()> {
    let mut seen = BTreeSet::new();
    for name in names {
        if seen.contains(&name) {
            return Err(format!("{kind} {name} appears twice").into());
        }
        seen.insert(name);
    }
    Ok(())
}

/// What a request is told apart by: two served operations with one route could never both answer.
fn route(op: &Operation) -> String {
    let path: Vec<&str> = op
        .path
        .split('/')
        .map(|part| if part.starts_with('{') { "{}" } else { part })
        .collect();
    format!(
        "{} {}?{}",
        op.method,
        path.join("/"),
        op.flag.as_deref().unwrap_or("")
    )
}

/// `NoSuchObject` → `no_such_object`, `InvalidURI` → `invalid_uri`, `MalformedJSON` → `malformed_json`.
#[must_use]
pub fn snake(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (index, &c) in chars.iter().enumerate() {
        let after_lower = index > 0 && !chars[index - 1].is_uppercase();
        let before_lower =
            index > 0 && chars.get(index + 1).is_some_and(|next| next.is_lowercase());
        if c.is_uppercase() && (after_lower || before_lower) && !out.is_empty() {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, group: &str, code: &str, message: &str) -> Row {
        Row {
            id: id.to_owned(),
            service: "vpc".to_owned(),
            group: group.to_owned(),
            status: vec![400],
            code: code.to_owned(),
            message: message.to_owned(),
            template: None,
            when: "Never.".to_owned(),
            fix: "Nothing.".to_owned(),
            extra: false,
        }
    }

    #[test]
    fn constants_are_named_after_group_and_code() {
        let cases = [
            (
                "huawei/vpc/create_vpc/VPC.0101",
                "create_vpc",
                "VPC.0101",
                "CREATE_VPC_0101",
            ),
            (
                "huawei/vpc/a/VPC.3002/400",
                "create_flow_log",
                "VPC.3002",
                "CREATE_FLOW_LOG_3002_400",
            ),
            ("huawei/vpn/VPN.0509", "s2c", "VPN.0509", "VPN_0509"),
            (
                "huawei/gateway/APIGW.0301",
                "gateway",
                "APIGW.0301",
                "APIGW_0301",
            ),
            (
                "huawei/gateway/APIGW.0201/413",
                "gateway",
                "APIGW.0201",
                "APIGW_0201_413",
            ),
            ("huawei/iam/IAM.0001", "iam", "IAM.0001", "IAM_0001"),
            ("huawei/iam/keystone.401", "keystone", "401", "KEYSTONE_401"),
            (
                "baidu/global/AccessDenied",
                "global",
                "AccessDenied",
                "GLOBAL_ACCESS_DENIED",
            ),
            (
                "baidu/global/InvalidURI",
                "global",
                "InvalidURI",
                "GLOBAL_INVALID_URI",
            ),
            (
                "baidu/nat/createOrderError",
                "nat",
                "createOrderError",
                "NAT_CREATE_ORDER_ERROR",
            ),
            (
                "baidu/eni/PrimaryIPException",
                "eni",
                "PrimaryIPException",
                "ENI_PRIMARY_IP_EXCEPTION",
            ),
        ];
        for (id, group, code, name) in cases {
            assert_eq!(row(id, group, code, "").constant(), name);
        }
    }

    #[test]
    fn percent_s_becomes_a_numbered_place() {
        let row = row("a", "b", "c", "Subnet %s only has %s IP");
        assert_eq!(row.template(), "Subnet {0} only has {1} IP");
    }

    #[test]
    fn snake_keeps_runs_of_capitals_together() {
        assert_eq!(snake("InvalidHTTPAuthHeader"), "invalid_http_auth_header");
        assert_eq!(snake("subnatEmpty"), "subnat_empty");
    }
}
