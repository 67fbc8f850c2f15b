//! Private addresses, v1.
