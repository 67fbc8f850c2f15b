//! Bandwidths, v3.
