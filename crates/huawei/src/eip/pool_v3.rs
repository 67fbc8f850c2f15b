//! Pools of public addresses, v3.
