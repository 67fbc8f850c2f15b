//! Supplementary network interfaces, v3.
