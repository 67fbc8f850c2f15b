//! Ports of the native API.
