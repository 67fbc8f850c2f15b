//! Public addresses in batches, v2.
