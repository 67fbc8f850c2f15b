//! The VPC service: networks, subnets, ports, quotas, tags.

pub mod port;
pub mod quota;
pub mod subnet;
pub mod tag;
#[expect(
    clippy::module_inception,
    reason = "the service VPC has a resource VPC"
)]
pub mod vpc;
pub mod vpc_v3;
