//! Rules that divide a shared bandwidth, v3.
