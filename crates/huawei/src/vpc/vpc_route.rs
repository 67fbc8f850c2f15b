//! Routes of a network, v2.0.
