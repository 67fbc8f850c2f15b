//! Flow logs, v1.
