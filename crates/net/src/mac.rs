//! Hardware addresses of virtual interfaces.

use std::fmt;

/// A locally administered unicast MAC address in the `fa:16:3e` block that Neutron made customary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mac([u8; 6]);

impl Mac {
    /// The address whose last three octets are the low 24 bits of `serial`.
    pub fn from_serial(serial: u32) -> Self {
        let [_, a, b, c] = serial.to_be_bytes();
        Mac([0xfa, 0x16, 0x3e, a, b, c])
    }
}

impl fmt::Display for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, e, g] = self.0;
        write!(f, "{a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{g:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_lower_hex() {
        assert_eq!(
            Mac::from_serial(0x00ab_cdef).to_string(),
            "fa:16:3e:ab:cd:ef"
        );
    }
}
