//! Tests of the packet function.
