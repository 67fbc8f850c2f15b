//! Why the operator's API refuses: a status, a sentence, and what to do about it.

use serde_json::json;
use vpcd_dialect::Reply;
use vpcd_dialect::decode::BodyFault;
use vpcd_domain::fault::Holder;
use vpcd_domain::store::Error;
use vpcd_domain::{Fault, Kind};

/// A refusal.
#[derive(Clone, Debug)]
pub(super) struct Refused {
    pub(super) status: u16,
    pub(super) error: String,
    hint: Option<String>,
    header: Option<(&'static str, String)>,
}

impl Refused {
    pub(super) fn new(status: u16, error: impl Into<String>) -> Refused {
        Refused {
            status,
            error: error.into(),
            hint: None,
            header: None,
        }
    }

    /// A value that cannot be.
    pub(super) fn bad(error: impl Into<String>) -> Refused {
        Refused::new(400, error)
    }

    /// Nothing of that name.
    pub(super) fn missing(what: &str, name: &str) -> Refused {
        Refused::new(404, format!("there is no {what} {name}"))
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Refused {
        self.hint = Some(hint.into());
        self
    }

    pub(super) fn header(mut self, name: &'static str, value: String) -> Refused {
        self.header = Some((name, value));
        self
    }

    pub(super) fn reply(self) -> Reply {
        let mut body = json!({"error": self.error});
        if let Some(hint) = self.hint {
            body["hint"] = hint.into();
        }
        let mut reply = Reply::json(self.status, body);
        reply.headers.extend(self.header);
        reply
    }
}

impl From<BodyFault> for Refused {
    fn from(fault: BodyFault) -> Refused {
        match fault {
            BodyFault::Encoding => Refused::bad("the body is not UTF-8"),
            BodyFault::Syntax(reason) => Refused::bad(format!("the body is not JSON: {reason}")),
            BodyFault::Shape { path, reason } if path == "." => Refused::bad(reason),
            BodyFault::Shape { path, reason } => Refused::bad(format!("{path}: {reason}")),
        }
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Refused {
        match fault {
            Fault::Store(error) => stored(&error),
            Fault::NotFound { kind, id } => Refused::missing(&word(kind), &id),
            Fault::Invalid { field, reason } => Refused::bad(format!("{field}: {reason}")),
            Fault::NameTaken { kind, name } => {
                Refused::new(409, format!("another {} has the name {name}", word(kind)))
            }
            Fault::InUse { kind, id, by } => {
                let error = format!("{} {id} is in use by {}", word(kind), holder(by));
                Refused::new(409, error).hint("delete what uses it first")
            }
            Fault::CidrOverlap { mine, theirs } => {
                Refused::new(409, format!("{mine} overlaps {theirs}"))
            }
            Fault::QuotaExceeded { quota, limit } => {
                Refused::new(409, format!("the quota {quota} of {limit} is used up"))
                    .hint("raise it: PUT quotas")
            }
            Fault::AddressesExhausted { space, .. } => {
                Refused::new(409, format!("{space} has no free address"))
            }
            Fault::Backend(_) | Fault::Neighbour { .. } | Fault::Standing(_) => {
                Refused::new(409, format!("a condition forbids it: {fault}"))
                    .hint("GET conditions shows what is set")
            }
            other => Refused::new(409, other.to_string()),
        }
    }
}

fn stored(error: &Error) -> Refused {
    match error {
        Error::ReadOnly => Refused::new(503, error.to_string())
            .hint("if the condition store.read_only is set, delete it; else the disk or the database is read only"),
        Error::Unavailable(_) | Error::Retry => Refused::new(503, error.to_string()).hint("try again"),
        Error::Unique | Error::ForeignKey => Refused::new(409, error.to_string()),
        Error::Corrupt(_) => Refused::new(500, error.to_string()),
    }
}

fn word(kind: Kind) -> String {
    kind.word().replace('_', " ")
}

fn holder(by: Holder) -> &'static str {
    match by {
        Holder::Subnet => "a subnet",
        Holder::PrivateIp => "a private address",
        Holder::Service => "another service",
        Holder::LoadBalancer => "a load balancer",
        Holder::Route => "a route",
        Holder::Network => "its networks or public addresses",
        Holder::Firewall => "a firewall",
        Holder::SecurityGroup => "a security group",
        Holder::PublicIp => "a public address",
        Holder::Port => "a port",
        Holder::VpnGateway => "a VPN gateway",
        Holder::Rule => "a rule",
        Holder::Peering => "a peering",
        Holder::RouteTable => "a route table",
        Holder::SubInterface => "a supplementary interface",
        Holder::Mirror => "a traffic mirror",
        Holder::VpnConnection => "a VPN connection",
    }
}
