//! Protocols above IP: their words, their numbers, and which of them have ports.

use vpcd_net::Family;

/// Words for protocols, with their numbers.
const PROTOCOLS: [(&str, u8); 24] = [
    ("tcp", TCP),
    ("udp", UDP),
    ("icmp", ICMP),
    ("icmpv6", ICMP_V6),
    ("ipv6-icmp", ICMP_V6),
    ("ah", 51),
    ("dccp", DCCP),
    ("egp", 8),
    ("esp", 50),
    ("gre", 47),
    ("igmp", 2),
    ("ipip", 4),
    ("ipv6-encap", 41),
    ("ipv6-frag", 44),
    ("ipv6-nonxt", 59),
    ("ipv6-opts", 60),
    ("ipv6-route", 43),
    ("ospf", 89),
    ("pgm", 113),
    ("rsvp", 46),
    ("sctp", SCTP),
    ("udplite", UDP_LITE),
    ("vrrp", 112),
    ("hopopt", 0),
];
const ICMP: u8 = 1;
const TCP: u8 = 6;
const UDP: u8 = 17;
const DCCP: u8 = 33;
const ICMP_V6: u8 = 58;
const SCTP: u8 = 132;
const UDP_LITE: u8 = 136;

/// The number of a protocol that is written as a word or as a number; ICMP is another one in IPv6.
pub fn number(word: &str, family: Family) -> Option<u8> {
    let digits = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let known = || PROTOCOLS.iter().find(|(known, _)| *known == word);
    let number = match digits {
        true => word.parse().ok(),
        false => known().map(|(_, number)| *number),
    };
    match (number, family) {
        (Some(ICMP), Family::V6) if !digits => Some(ICMP_V6),
        (number, _) => number,
    }
}

/// Whether packets of a protocol have ports.
pub fn has_ports(protocol: u8) -> bool {
    matches!(protocol, TCP | UDP | DCCP | SCTP | UDP_LITE)
}

/// Whether a protocol is ICMP of either family.
pub fn is_icmp(protocol: u8) -> bool {
    matches!(protocol, ICMP | ICMP_V6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers() {
        for (word, family, wanted) in [
            ("tcp", Family::V4, Some(6)),
            ("17", Family::V6, Some(17)),
            ("icmp", Family::V4, Some(1)),
            ("icmp", Family::V6, Some(58)),
            ("icmpv6", Family::V6, Some(58)),
            ("255", Family::V4, Some(255)),
            ("256", Family::V4, None),
            ("", Family::V4, None),
            ("TCP", Family::V4, None),
            ("+6", Family::V4, None),
        ] {
            assert_eq!(number(word, family), wanted, "{word}");
        }
        assert!(has_ports(132) && !has_ports(1) && is_icmp(58) && !is_icmp(6));
    }
}
