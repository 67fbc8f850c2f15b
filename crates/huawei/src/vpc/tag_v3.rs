//! Tags of the v3 API.
