//! Peerings, v2.0.
