//! How many addresses of a network are used, v2.0.
