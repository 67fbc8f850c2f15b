//! What both ends of a connection agree on: the IKE and the IPsec policy, with their defaults.
//!
//! Words such as `sha2-256` or `group15` are the ones of the standards' registries; the dialect checks that a word is
//! a legal one, the rules here are those between the fields.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use crate::fault::Fault;

/// The method by which ends prove who they are with certificates.
pub const ENVELOPE: &str = "digital-envelope-v2";

/// The IKE policy of a connection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ike {
    /// `v1` or `v2`.
    pub version: String,
    /// `main` or `aggressive`; matters in v1 only.
    pub mode: String,
    /// Integrity algorithm.
    pub authentication: String,
    /// Encryption algorithm.
    pub encryption: String,
    /// Diffie-Hellman group.
    pub dh_group: String,
    /// How the ends prove who they are.
    pub method: String,
    /// Lifetime in seconds.
    pub lifetime: u32,
    /// Who this end says it is.
    pub local: Identifier,
    /// Who the far end must say it is.
    pub peer: Identifier,
    /// How a dead peer is noticed.
    pub dpd: Dpd,
}

/// Who an end says it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Identifier {
    /// `ip`, `fqdn` or, for the far end, `any`.
    pub kind: String,
    /// The address or name; the end's own address when absent.
    pub value: Option<String>,
}

/// How a dead peer is noticed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dpd {
    /// Seconds until a probe counts as lost.
    pub timeout: u32,
    /// Seconds without traffic before a probe.
    pub interval: u32,
    /// Order of the payloads in a probe.
    pub message: String,
}

/// The IPsec policy of a connection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ipsec {
    /// Integrity algorithm.
    pub authentication: String,
    /// Encryption algorithm.
    pub encryption: String,
    /// Diffie-Hellman group of each new key, or `disable`.
    pub pfs: String,
    /// Transform, `esp`.
    pub protocol: String,
    /// Encapsulation, `tunnel`.
    pub encapsulation: String,
    /// Lifetime in seconds.
    pub lifetime: u32,
}

/// Changes to an IKE policy; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct IkeChange {
    /// New version.
    pub version: Option<String>,
    /// New mode.
    pub mode: Option<String>,
    /// New integrity algorithm.
    pub authentication: Option<String>,
    /// New encryption algorithm.
    pub encryption: Option<String>,
    /// New group.
    pub dh_group: Option<String>,
    /// New method.
    pub method: Option<String>,
    /// New lifetime.
    pub lifetime: Option<u32>,
    /// New identifier of this end.
    pub local: IdentifierChange,
    /// New identifier of the far end.
    pub peer: IdentifierChange,
    /// New probe timeout.
    pub dpd_timeout: Option<u32>,
    /// New probe interval.
    pub dpd_interval: Option<u32>,
    /// New order of payloads.
    pub dpd_message: Option<String>,
}

/// Changes to an identifier; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct IdentifierChange {
    /// New kind; the value goes with the old kind.
    pub kind: Option<String>,
    /// New value.
    pub value: Option<String>,
}

/// Changes to an IPsec policy; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct IpsecChange {
    /// New integrity algorithm.
    pub authentication: Option<String>,
    /// New encryption algorithm.
    pub encryption: Option<String>,
    /// New group.
    pub pfs: Option<String>,
    /// New transform.
    pub protocol: Option<String>,
    /// New encapsulation.
    pub encapsulation: Option<String>,
    /// New lifetime.
    pub lifetime: Option<u32>,
}

impl Default for Ike {
    fn default() -> Self {
        Ike {
            version: "v2".to_owned(),
            mode: "main".to_owned(),
            authentication: "sha2-256".to_owned(),
            encryption: "aes-128".to_owned(),
            dh_group: "group15".to_owned(),
            method: "pre-share".to_owned(),
            lifetime: 86_400,
            local: Identifier::default(),
            peer: Identifier::default(),
            dpd: Dpd::default(),
        }
    }
}

impl Default for Identifier {
    fn default() -> Self {
        Identifier {
            kind: "ip".to_owned(),
            value: None,
        }
    }
}

impl Default for Dpd {
    fn default() -> Self {
        Dpd {
            timeout: 15,
            interval: 30,
            message: "seq-hash-notify".to_owned(),
        }
    }
}

impl Default for Ipsec {
    fn default() -> Self {
        Ipsec {
            authentication: "sha2-256".to_owned(),
            encryption: "aes-128".to_owned(),
            pfs: "group15".to_owned(),
            protocol: "esp".to_owned(),
            encapsulation: "tunnel".to_owned(),
            lifetime: 3600,
        }
    }
}

impl Ike {
    /// Applies a change.
    pub fn apply(&mut self, change: IkeChange) {
        set(&mut self.version, change.version);
        set(&mut self.mode, change.mode);
        set(&mut self.authentication, change.authentication);
        set(&mut self.encryption, change.encryption);
        set(&mut self.dh_group, change.dh_group);
        set(&mut self.method, change.method);
        set(&mut self.lifetime, change.lifetime);
        self.local.apply(change.local);
        self.peer.apply(change.peer);
        set(&mut self.dpd.timeout, change.dpd_timeout);
        set(&mut self.dpd.interval, change.dpd_interval);
        set(&mut self.dpd.message, change.dpd_message);
    }

    /// Refuses what does not go together.
    pub fn check(&self, ipsec: &Ipsec) -> Result<(), Fault> {
        let counter_mode = |algorithm: &str| algorithm.contains("-gcm-");
        if self.version == "v1"
            && (counter_mode(&self.encryption) || counter_mode(&ipsec.encryption))
        {
            let reason = "GCM algorithms need IKE v2";
            return Err(Fault::invalid("encryption_algorithm", reason));
        }
        self.local.check("local_id_type", "local_id")?;
        self.peer.check("peer_id_type", "peer_id")
    }
}

impl Identifier {
    fn apply(&mut self, change: IdentifierChange) {
        if let Some(kind) = change.kind
            && kind != self.kind
        {
            self.kind = kind;
            self.value = None;
        }
        if change.value.is_some() {
            self.value = change.value;
        }
    }

    /// A name must be given, an address must be one (VPN.0203).
    fn check(&self, kind: &'static str, value: &'static str) -> Result<(), Fault> {
        match (self.kind.as_str(), &self.value) {
            ("fqdn", None) => Err(Fault::invalid(kind, "fqdn needs an id")),
            ("ip", Some(text)) if text.parse::<Ipv4Addr>().is_err() => {
                Err(Fault::invalid(value, "not an IPv4 address"))
            }
            _ => Ok(()),
        }
    }
}

impl Ipsec {
    /// Applies a change.
    pub fn apply(&mut self, change: IpsecChange) {
        set(&mut self.authentication, change.authentication);
        set(&mut self.encryption, change.encryption);
        set(&mut self.pfs, change.pfs);
        set(&mut self.protocol, change.protocol);
        set(&mut self.encapsulation, change.encapsulation);
        set(&mut self.lifetime, change.lifetime);
    }
}

fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}
