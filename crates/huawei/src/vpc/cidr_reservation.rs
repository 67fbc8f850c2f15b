//! Reserved blocks of a subnet, v3.
