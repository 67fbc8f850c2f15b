//! Flow logs: what is recorded of the packets of a port, a subnet or a network.
