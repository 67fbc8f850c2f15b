//! Values and algorithms of IP networking: blocks, address ranges, ports, hardware addresses. No I/O.

pub mod cidr;
pub mod cidr6;
pub mod mac;
pub mod ports;
pub mod prefix;
pub mod range;

pub use cidr::{Cidr, CidrError};
pub use cidr6::Cidr6;
pub use mac::Mac;
pub use ports::Ports;
pub use prefix::{Family, Prefix, Span};
pub use range::Range;
