//! Reachability: does a packet pass, and which rule or route decides?
