//! Ports, v3.
