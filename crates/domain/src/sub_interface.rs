//! Supplementary interfaces: further addresses behind a port, by VLAN.
