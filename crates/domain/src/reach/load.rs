//! The snapshot that a question needs.
