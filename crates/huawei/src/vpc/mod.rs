//! The VPC service: networks, subnets, ports, quotas.

pub mod port;
pub mod quota;
pub mod subnet;
#[expect(
    clippy::module_inception,
    reason = "the service VPC has a resource VPC"
)]
pub mod vpc;
