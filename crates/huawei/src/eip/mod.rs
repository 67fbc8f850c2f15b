//! The EIP service: public addresses and bandwidths.

pub mod bandwidth;
pub mod bandwidth_rule;
pub mod bandwidth_v3;
pub mod batch;
pub mod igw;
pub mod job;
pub mod pool_v3;
pub mod prepaid;
pub mod publicip;
pub mod publicip_list;
pub mod publicip_v3;
pub mod publicip_wire;
pub mod selection;
pub mod share_v3;
pub mod shared_bandwidth;
