//! What groups of users may reach.
