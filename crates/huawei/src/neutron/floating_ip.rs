//! Floating addresses of the native API.
