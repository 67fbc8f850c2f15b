//! Firewalls (network ACLs), v3.
