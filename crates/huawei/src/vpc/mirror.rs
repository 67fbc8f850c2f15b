//! Traffic mirrors, v3.
