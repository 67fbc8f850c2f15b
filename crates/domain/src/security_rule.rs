//! Rules of security groups: what they let in and out.
