//! Security groups and their rules of the native API.
