//! Security groups and their rules, v1.
