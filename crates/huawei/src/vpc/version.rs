//! Versions of the API.
