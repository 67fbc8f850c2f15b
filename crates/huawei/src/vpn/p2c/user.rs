//! Users of a server.
