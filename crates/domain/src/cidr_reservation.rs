//! Reserved blocks of a subnet, which hand out no addresses by themselves.
