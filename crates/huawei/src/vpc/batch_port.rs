//! Security groups of many ports at once, v2.0.
