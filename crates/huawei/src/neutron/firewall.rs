//! Firewall groups, policies and rules of the native API.
