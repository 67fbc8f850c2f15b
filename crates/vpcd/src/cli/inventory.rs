//! `vpcd registrations`, `pools`, `ipv6-pool`, `quotas`, `zones`, `flavors`.

use serde_json::{Value, json};

use super::Failure;
use super::call::{Call, Verb, object, path};

/// What can be done with things of neighbouring services.
#[derive(Debug, Default, clap::Subcommand)]
pub enum Registrations {
    /// List them
    #[default]
    List,
    /// Register one; in a subnet it gets a port
    Create {
        /// Whose thing it is
        #[arg(value_parser = [
            "instance", "load_balancer", "nat_gateway", "endpoint",
        ])]
        service: String,
        /// Owning project
        #[arg(long)]
        project: String,
        /// Network it belongs to
        #[arg(long)]
        vpc: Option<String>,
        /// Subnet it lives in
        #[arg(long)]
        subnet: Option<String>,
        /// Availability zone of an instance
        #[arg(long)]
        zone: Option<String>,
        /// Flavor of an instance
        #[arg(long)]
        flavor: Option<String>,
        /// Memory of an instance in GiB
        #[arg(long)]
        memory: Option<u32>,
        /// Cores of an instance
        #[arg(long)]
        cores: Option<u32>,
        /// Name
        #[arg(long)]
        name: Option<String>,
    },
    /// Tell what an instance has become
    Change {
        /// Its id
        id: String,
        /// Memory in GiB
        #[arg(long)]
        memory: Option<u32>,
        /// Cores
        #[arg(long)]
        cores: Option<u32>,
        /// What it is doing
        #[arg(long, value_parser = ["running", "stopped", "changing", "failed"])]
        power: Option<String>,
    },
    /// Take one out of the registry, with its port
    Delete {
        /// Its id
        id: String,
    },
}

/// What can be done with pools of public addresses.
#[derive(Debug, Default, clap::Subcommand)]
pub enum Pools {
    /// List them
    #[default]
    List,
    /// Define or redefine one
    Set {
        /// The address type it serves, such as 5_bgp
        name: String,
        /// Its blocks
        #[arg(required = true, value_name = "CIDR")]
        cidrs: Vec<String>,
        /// Where its addresses are announced
        #[arg(long)]
        border_group: Option<String>,
    },
    /// Delete one; addresses that are held stay held
    Delete {
        /// Its name
        name: String,
    },
}

/// What can be done with the pool of IPv6.
#[derive(Debug, Default, clap::Subcommand)]
pub enum Ipv6Pool {
    /// Show it, and for how many more networks it has room
    #[default]
    Show,
    /// Choose it; while a network has a part of it, it stays
    Set {
        /// Its block, a prefix of 24 to 56 bits
        cidr: String,
    },
}

/// What can be done with quotas.
#[derive(Debug, Default, clap::Subcommand)]
pub enum Quotas {
    /// List what is set, and the defaults
    #[default]
    List,
    /// Set a limit
    Set {
        /// Project, or * for all
        project: String,
        /// What it counts, such as vpc
        #[arg(value_name = "TYPE")]
        kind: String,
        /// A number, or unlimited
        limit: String,
    },
    /// Return to the default
    Delete {
        /// Project, or * for all
        project: String,
        /// What it counts
        #[arg(value_name = "TYPE")]
        kind: String,
    },
}

/// What can be done with availability zones.
#[derive(Debug, Default, clap::Subcommand)]
pub enum Zones {
    /// List them
    #[default]
    List,
    /// Define or redefine one
    Set {
        /// Its name
        name: String,
        /// Where its public addresses are announced
        #[arg(long)]
        border_group: Option<String>,
        /// A flavor that it has room for; may be repeated, none means all
        #[arg(long = "flavor", value_name = "FLAVOR")]
        flavors: Vec<String>,
    },
    /// Delete one
    Delete {
        /// Its name
        name: String,
    },
}

/// What can be done with gateway flavors.
#[derive(Debug, Default, clap::Subcommand)]
pub enum Flavors {
    /// List them
    #[default]
    List,
    /// Define or redefine one
    Set {
        /// Its name
        name: String,
        /// Most bandwidth of one public address, in Mbit/s
        #[arg(long, value_name = "MBIT")]
        bandwidth: u32,
        /// Connection groups that it carries
        #[arg(long, value_name = "COUNT")]
        connection_groups: u32,
        /// Connections that it carries
        #[arg(long, value_name = "COUNT")]
        connections: u32,
        /// It can serve private networks
        #[arg(long)]
        private: bool,
        /// It can attach to an enterprise router
        #[arg(long)]
        router: bool,
    },
    /// Delete one
    Delete {
        /// Its name
        name: String,
    },
}

impl Verb for Registrations {
    fn call(self) -> Result<Call, Failure> {
        const COLUMNS: &[(&str, &str)] = &[
            ("ID", "id"),
            ("SERVICE", "service"),
            ("NAME", "name"),
            ("PORT", "port"),
            ("PROJECT", "project"),
        ];
        Ok(match self {
            Registrations::List => Call::list("registrations", COLUMNS),
            Registrations::Create {
                service,
                project,
                vpc,
                subnet,
                zone,
                flavor,
                memory,
                cores,
                name,
            } => {
                let body = object([
                    ("service", json!(service)),
                    ("memory", json!(memory)),
                    ("cores", json!(cores)),
                    ("project", json!(project)),
                    ("vpc", json!(vpc)),
                    ("subnet", json!(subnet)),
                    ("zone", json!(zone)),
                    ("flavor", json!(flavor)),
                    ("name", json!(name)),
                ]);
                Call::card("POST", "registrations".to_owned(), body)
            }
            Registrations::Change {
                id,
                memory,
                cores,
                power,
            } => {
                let body = object([
                    ("memory", json!(memory)),
                    ("cores", json!(cores)),
                    ("power", json!(power)),
                ]);
                Call::card("PUT", path(&["registrations", &id]), body)
            }
            Registrations::Delete { id } => delete("registrations", "registration", &id),
        })
    }
}

impl Verb for Pools {
    fn call(self) -> Result<Call, Failure> {
        const COLUMNS: &[(&str, &str)] = &[
            ("NAME", "name"),
            ("BLOCKS", "cidrs"),
            ("BORDER GROUP", "border_group"),
            ("FREE", "free"),
        ];
        Ok(match self {
            Pools::List => Call::list("pools", COLUMNS),
            Pools::Set {
                name,
                cidrs,
                border_group,
            } => {
                let body = object([
                    ("cidrs", json!(cidrs)),
                    ("border_group", json!(border_group)),
                ]);
                Call::card("PUT", path(&["pools", &name]), body)
            }
            Pools::Delete { name } => delete("pools", "pool", &name),
        })
    }
}

impl Verb for Ipv6Pool {
    fn call(self) -> Result<Call, Failure> {
        let path = "ipv6-pool".to_owned();
        Ok(match self {
            Ipv6Pool::Show => Call::card("GET", path, None),
            Ipv6Pool::Set { cidr } => Call::card("PUT", path, Some(json!({"cidr": cidr}))),
        })
    }
}

impl Verb for Quotas {
    fn call(self) -> Result<Call, Failure> {
        const COLUMNS: &[(&str, &str)] = &[
            ("TYPE", "type"),
            ("LIMIT", "limit"),
            ("PROJECT", "project"),
            ("SET BY", "source"),
        ];
        Ok(match self {
            Quotas::List => Call::list("quotas", COLUMNS),
            Quotas::Set {
                project,
                kind,
                limit,
            } => {
                let number = match limit.as_str() {
                    "unlimited" => Value::Null,
                    text => json!(text.parse::<u64>().map_err(|_| {
                        Failure::Usage(format!("{text:?} is no limit: a number, or unlimited"))
                    })?),
                };
                let done = format!("quota {kind} of {project} is {limit}");
                Call::done(
                    "PUT",
                    path(&["quotas", &project, &kind]),
                    Some(json!({"limit": number})),
                    done,
                )
            }
            Quotas::Delete { project, kind } => {
                let done = format!("quota {kind} of {project} is not set any more");
                Call::done("DELETE", path(&["quotas", &project, &kind]), None, done)
            }
        })
    }
}

impl Verb for Zones {
    fn call(self) -> Result<Call, Failure> {
        const COLUMNS: &[(&str, &str)] = &[
            ("NAME", "name"),
            ("BORDER GROUP", "border_group"),
            ("FLAVORS", "flavors"),
        ];
        Ok(match self {
            Zones::List => Call::list("zones", COLUMNS),
            Zones::Set {
                name,
                border_group,
                flavors,
            } => {
                let flavors = if flavors.is_empty() {
                    Value::Null
                } else {
                    json!(flavors)
                };
                let body = object([("border_group", json!(border_group)), ("flavors", flavors)]);
                Call::card("PUT", path(&["zones", &name]), body)
            }
            Zones::Delete { name } => delete("zones", "zone", &name),
        })
    }
}

impl Verb for Flavors {
    fn call(self) -> Result<Call, Failure> {
        const COLUMNS: &[(&str, &str)] = &[
            ("NAME", "name"),
            ("BANDWIDTH", "bandwidth"),
            ("GROUPS", "connection_groups"),
            ("CONNECTIONS", "connections"),
            ("PRIVATE", "private"),
            ("ROUTER", "router"),
        ];
        Ok(match self {
            Flavors::List => Call::list("flavors", COLUMNS),
            Flavors::Set {
                name,
                bandwidth,
                connection_groups,
                connections,
                private,
                router,
            } => {
                let body = json!({
                    "bandwidth": bandwidth,
                    "connection_groups": connection_groups,
                    "connections": connections,
                    "private": private,
                    "router": router,
                });
                Call::card("PUT", path(&["flavors", &name]), Some(body))
            }
            Flavors::Delete { name } => delete("flavors", "flavor", &name),
        })
    }
}

fn delete(noun: &str, one: &str, name: &str) -> Call {
    Call::done(
        "DELETE",
        path(&[noun, name]),
        None,
        format!("{one} {name} is deleted"),
    )
}
