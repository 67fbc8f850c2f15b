//! The EIP service: public addresses and bandwidths.

pub mod bandwidth;
pub mod publicip;
