//! One end of a connection, as far as it is known: in the words of connections, so that what one end's API shows can
//! be told as it is.

use std::fmt;
use std::net::Ipv4Addr;

use serde::Deserialize;
use serde_json::Value;
use vpcd_net::Prefix;

/// The words of an end, and of the policies in it.
const WORDS: [&str; 14] = [
    "address",
    "peer_address",
    "style",
    "local_subnets",
    "peer_subnets",
    "tunnel_local_address",
    "tunnel_peer_address",
    "asn",
    "peer_asn",
    "psk",
    "ikepolicy",
    "ipsecpolicy",
    "open_ports",
    "frozen",
];
const IKE_WORDS: [&str; 11] = [
    "ike_version",
    "phase1_negotiation_mode",
    "authentication_algorithm",
    "encryption_algorithm",
    "dh_group",
    "authentication_method",
    "lifetime_seconds",
    "local_id_type",
    "local_id",
    "peer_id_type",
    "peer_id",
];
const IPSEC_WORDS: [&str; 6] = [
    "authentication_algorithm",
    "encryption_algorithm",
    "pfs",
    "lifetime_seconds",
    "transform_protocol",
    "encapsulation_mode",
];

/// What was told of an end in words that nothing is compared by: more than is needed, or misspelt.
pub fn passed_over(told: &Value) -> Vec<String> {
    let strange = |prefix: &str, of: &Value, known: &[&str]| -> Vec<String> {
        let words = of.as_object().into_iter().flat_map(|fields| fields.keys());
        let strange = words.filter(|word| !known.contains(&word.as_str()));
        strange.map(|word| format!("{prefix}{word}")).collect()
    };
    let mut all = strange("", told, &WORDS);
    all.extend(strange("ikepolicy.", &told["ikepolicy"], &IKE_WORDS));
    all.extend(strange("ipsecpolicy.", &told["ipsecpolicy"], &IPSEC_WORDS));
    all
}

/// One end. What is absent is not compared; unknown words are passed over, so that the answer of an API can be told.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Side {
    /// Its address.
    pub address: Option<Ipv4Addr>,
    /// The address that it has for the other end.
    pub peer_address: Option<Ipv4Addr>,
    /// `policy`, `static` or `bgp`.
    pub style: Option<String>,
    /// Blocks behind it.
    pub local_subnets: Option<Vec<Prefix>>,
    /// Blocks that it looks for behind the other end.
    pub peer_subnets: Option<Vec<Prefix>>,
    /// Its address inside the tunnel, with or without `/30`.
    pub tunnel_local_address: Option<String>,
    /// The other end's.
    pub tunnel_peer_address: Option<String>,
    /// Its autonomous system.
    pub asn: Option<u32>,
    /// The one that it has for the other end.
    pub peer_asn: Option<u32>,
    /// The pre-shared key; compared, never shown.
    pub psk: Option<String>,
    /// IKE policy.
    pub ikepolicy: IkeSide,
    /// IPsec policy.
    pub ipsecpolicy: IpsecSide,
    /// UDP ports that it lets in; all when absent.
    pub open_ports: Option<Vec<u16>>,
    /// Whether its public address is frozen.
    pub frozen: bool,
    /// What was seen around it, where it is here.
    #[serde(skip)]
    pub troubles: Vec<Trouble>,
}

/// Something around an end that keeps packets from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The field that it is about.
    pub field: &'static str,
    /// What was found there.
    pub found: String,
    /// What to do.
    pub advice: String,
}

/// An IKE policy.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct IkeSide {
    /// Version.
    pub ike_version: Option<String>,
    /// Mode; matters in v1 only.
    pub phase1_negotiation_mode: Option<String>,
    /// Integrity algorithm.
    pub authentication_algorithm: Option<String>,
    /// Encryption algorithm.
    pub encryption_algorithm: Option<String>,
    /// Group.
    pub dh_group: Option<String>,
    /// How ends prove who they are.
    pub authentication_method: Option<String>,
    /// Lifetime in seconds.
    pub lifetime_seconds: Option<u32>,
    /// Kind of its identifier.
    pub local_id_type: Option<String>,
    /// Who it says it is.
    pub local_id: Option<String>,
    /// Kind of the identifier that it expects.
    pub peer_id_type: Option<String>,
    /// Who it expects.
    pub peer_id: Option<String>,
}

/// An IPsec policy.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct IpsecSide {
    /// Integrity algorithm.
    pub authentication_algorithm: Option<String>,
    /// Encryption algorithm.
    pub encryption_algorithm: Option<String>,
    /// Group, or `disable`.
    pub pfs: Option<String>,
    /// Lifetime in seconds.
    pub lifetime_seconds: Option<u32>,
    /// Transform.
    pub transform_protocol: Option<String>,
    /// Encapsulation.
    pub encapsulation_mode: Option<String>,
}

impl fmt::Debug for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Side")
            .field("address", &self.address)
            .field("ikepolicy", &self.ikepolicy)
            .field("ipsecpolicy", &self.ipsecpolicy)
            .finish_non_exhaustive()
    }
}
