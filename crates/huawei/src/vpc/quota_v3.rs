//! Quotas, v3.
