//! Rules of security groups, v3.
