//! Peerings: two networks that forward to each other.
