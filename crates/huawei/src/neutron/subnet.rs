//! Subnets of the native API.
