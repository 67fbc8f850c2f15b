//! Jobs, v1.
