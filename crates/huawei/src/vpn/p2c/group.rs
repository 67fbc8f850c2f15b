//! Groups of users.
