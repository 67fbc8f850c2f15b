//! Routers of the native API.
