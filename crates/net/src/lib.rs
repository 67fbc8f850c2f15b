//! Values and algorithms of IP networking: CIDR blocks, address ranges, hardware addresses. No I/O.

pub mod cidr;
pub mod mac;
pub mod range;

pub use cidr::{Cidr, CidrError};
pub use mac::Mac;
pub use range::Range;
