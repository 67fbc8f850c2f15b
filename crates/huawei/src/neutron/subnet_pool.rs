//! Subnet pools of the native API.
