//! Subnet pools: prefixes from which the native API cuts subnets.
