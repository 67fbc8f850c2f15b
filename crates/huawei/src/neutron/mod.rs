//! The native Neutron API below `/v2.0`: the same networks in OpenStack's words.

pub mod firewall;
pub mod floating_ip;
pub mod network;
pub mod port;
pub mod router;
pub mod security_group;
pub mod security_rule;
pub mod subnet;
pub mod subnet_pool;
pub mod wire;
