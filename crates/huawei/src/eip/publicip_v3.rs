//! Public addresses, v3.
