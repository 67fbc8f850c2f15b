//! Prepaid public addresses and bandwidths, v2.0.
