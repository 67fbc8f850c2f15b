//! Public addresses in and out of shared bandwidths, v3.
