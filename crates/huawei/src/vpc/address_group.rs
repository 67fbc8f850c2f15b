//! Address groups, v3.
