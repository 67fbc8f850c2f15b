//! The addresses of a port, each with the id of the address layer that it is of.

use std::net::IpAddr;

use vpcd_domain::port::Port;
use vpcd_domain::subnet::Subnet;

/// The ids of a subnet's address layers.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    four: String,
    six: String,
}

impl Layers {
    /// Those of a subnet; empty where there is none.
    pub fn of(subnet: Option<&Subnet>) -> Layers {
        let six = subnet.and_then(|it| it.ipv6.as_ref());
        Layers {
            four: subnet.map(|it| it.layer_id.clone()).unwrap_or_default(),
            six: six.map(|it| it.id.clone()).unwrap_or_default(),
        }
    }

    /// The addresses of a port in the order in which they are told, with their layers.
    pub fn addresses<'a>(&'a self, port: &Port) -> Vec<(IpAddr, &'a str)> {
        let four = (IpAddr::V4(port.address), self.four.as_str());
        let six = port.ipv6.iter();
        let mut all: Vec<_> = six.map(|it| (IpAddr::V6(*it), self.six.as_str())).collect();
        // A virtual address of IPv6 is what its maker sees first.
        let at = match port.ipv6_first {
            true => all.len(),
            false => 0,
        };
        all.insert(at, four);
        all
    }
}

/// What the name service calls a port, after the address that is told first.
pub fn host(port: &Port) -> String {
    let first = match (port.ipv6_first, port.ipv6.first()) {
        (true, Some(six)) => six.to_string(),
        _ => port.address.to_string(),
    };
    format!("ip-{}", first.replace(['.', ':'], "-"))
}
