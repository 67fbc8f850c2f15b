//! Traffic mirrors: filters, their rules, and the sessions that copy packets.
