//! Security groups, v3.
