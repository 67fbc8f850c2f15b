//! The VPC service: networks, subnets, ports, quotas, tags.

pub mod address_group;
pub mod batch_port;
pub mod cidr_reservation;
pub mod firewall;
pub mod firewall_rule;
pub mod fixed;
pub mod flow_log;
pub mod mirror;
pub mod network_ip_availability;
pub mod peering;
pub mod port;
pub mod port_v3;
pub mod privateip;
pub mod quota;
pub mod quota_v3;
pub mod route_table;
pub mod security_group;
pub mod security_group_v3;
pub mod security_rule;
pub mod security_rule_v3;
pub mod sub_interface;
pub mod subnet;
pub mod tag;
pub mod tag_v3;
pub mod version;
pub mod virsubnet;
#[expect(
    clippy::module_inception,
    reason = "the service VPC has a resource VPC"
)]
pub mod vpc;
pub mod vpc_route;
pub mod vpc_v3;
