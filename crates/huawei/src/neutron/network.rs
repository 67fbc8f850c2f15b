//! Networks of the native API.
