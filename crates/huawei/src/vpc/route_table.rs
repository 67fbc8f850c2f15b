//! Route tables, v1.
