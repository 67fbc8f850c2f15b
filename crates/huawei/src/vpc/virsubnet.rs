//! Subnets, v3.
