//! Shared bandwidths, v2.0.
