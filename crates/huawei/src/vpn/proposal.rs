//! The IKE and IPsec policies of connections, and their pre-shared keys.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::Refusal;
use vpcd_domain::vpn::Secret;
use vpcd_domain::vpn::connection::View;
use vpcd_domain::vpn::proposal::{ENVELOPE, IdentifierChange, IkeChange, IpsecChange};

use super::parse::{self, invalid, number, word};
use crate::generated::limits;

/// The words that are legal where a policy is told.
pub struct Legal {
    /// Integrity algorithms.
    pub authentication: &'static [&'static str],
    /// Encryption algorithms.
    pub encryption: &'static [&'static str],
    /// Groups.
    pub groups: &'static [&'static str],
}

const LEGAL: Legal = Legal {
    authentication: &["sha2-512", "sha2-384", "sha2-256", "sha1", "md5"],
    encryption: &[
        "aes-256-gcm-16",
        "aes-128-gcm-16",
        "aes-256",
        "aes-192",
        "aes-128",
        "3des",
        "aes-256-gcm-128",
        "aes-128-gcm-128",
    ],
    groups: &[
        "group1", "group2", "group5", "group14", "group15", "group16", "group19", "group20",
        "group21",
    ],
};
/// What stands for no group, where a new key needs no exchange.
const NONE: &str = "disable";

/// What every policy names.
pub struct Algorithms {
    /// Integrity algorithm.
    pub authentication: Option<String>,
    /// Encryption algorithm.
    pub encryption: Option<String>,
    /// Group.
    pub group: Option<String>,
    /// Lifetime in seconds.
    pub lifetime: Option<i64>,
}

impl Algorithms {
    /// What they change of an IKE policy.
    pub fn ike(self, legal: &Legal) -> Result<IkeChange, Refusal> {
        let (least, most) = (limits::VPN_IKE_LIFETIME_MIN, limits::VPN_IKE_LIFETIME_MAX);
        let (authentication, encryption) = legal.pair(self.authentication, self.encryption)?;
        Ok(IkeChange {
            authentication,
            encryption,
            dh_group: word("dh_group", self.group, legal.groups)?,
            lifetime: number("lifetime_seconds", self.lifetime, least, most)?,
            ..IkeChange::default()
        })
    }

    /// What they change of an IPsec policy.
    pub fn ipsec(self, legal: &Legal) -> Result<IpsecChange, Refusal> {
        let (least, most) = (
            limits::VPN_IPSEC_LIFETIME_MIN,
            limits::VPN_IPSEC_LIFETIME_MAX,
        );
        let (authentication, encryption) = legal.pair(self.authentication, self.encryption)?;
        Ok(IpsecChange {
            authentication,
            encryption,
            pfs: word("pfs", self.group, &[legal.groups, &[NONE]].concat())?,
            lifetime: number("lifetime_seconds", self.lifetime, least, most)?,
            ..IpsecChange::default()
        })
    }
}

impl Legal {
    fn pair(
        &self,
        authentication: Option<String>,
        encryption: Option<String>,
    ) -> Result<(Option<String>, Option<String>), Refusal> {
        let authentication = word(
            "authentication_algorithm",
            authentication,
            self.authentication,
        )?;
        let encryption = word("encryption_algorithm", encryption, self.encryption)?;
        Ok((authentication, encryption))
    }
}

/// An IKE policy; in an update absent fields stay. Older clients also send `pfs` here, which is ignored.
#[derive(Default, Deserialize)]
pub struct IkeWire {
    ike_version: Option<String>,
    phase1_negotiation_mode: Option<String>,
    authentication_algorithm: Option<String>,
    encryption_algorithm: Option<String>,
    dh_group: Option<String>,
    authentication_method: Option<String>,
    #[serde(default, deserialize_with = "parse::integer")]
    lifetime_seconds: Option<i64>,
    local_id_type: Option<String>,
    local_id: Option<String>,
    peer_id_type: Option<String>,
    peer_id: Option<String>,
    dpd: Option<DpdWire>,
}

impl IkeWire {
    /// What an update may change. It has no method; clients that send the one that is there mean nothing by it.
    pub fn of_update(self) -> IkeWire {
        IkeWire {
            authentication_method: None,
            ..self
        }
    }
}

#[derive(Default, Deserialize)]
struct DpdWire {
    #[serde(default, deserialize_with = "parse::integer")]
    interval: Option<i64>,
    #[serde(default, deserialize_with = "parse::integer")]
    timeout: Option<i64>,
    msg: Option<String>,
}

/// An IPsec policy; in an update absent fields stay.
#[derive(Default, Deserialize)]
pub struct IpsecWire {
    authentication_algorithm: Option<String>,
    encryption_algorithm: Option<String>,
    pfs: Option<String>,
    transform_protocol: Option<String>,
    #[serde(default, deserialize_with = "parse::integer")]
    lifetime_seconds: Option<i64>,
    encapsulation_mode: Option<String>,
}

/// What an IKE policy changes.
pub fn ike(wire: Option<IkeWire>) -> Result<IkeChange, Refusal> {
    let wire = wire.unwrap_or_default();
    let dpd = wire.dpd.unwrap_or_default();
    let timeout = (limits::VPN_DPD_TIMEOUT_MIN, limits::VPN_DPD_TIMEOUT_MAX);
    let interval = (limits::VPN_DPD_INTERVAL_MIN, limits::VPN_DPD_INTERVAL_MAX);
    let algorithms = Algorithms {
        authentication: wire.authentication_algorithm,
        encryption: wire.encryption_algorithm,
        group: wire.dh_group,
        lifetime: wire.lifetime_seconds,
    };
    Ok(IkeChange {
        version: word("ike_version", wire.ike_version, &["v1", "v2"])?,
        mode: word(
            "phase1_negotiation_mode",
            wire.phase1_negotiation_mode,
            &["main", "aggressive"],
        )?,
        // The other method is the one of gateways of the flavor GM.
        method: word(
            "authentication_method",
            wire.authentication_method,
            &["pre-share", ENVELOPE],
        )?,
        local: identifier(
            "local_id",
            wire.local_id_type,
            wire.local_id,
            &["ip", "fqdn"],
        )?,
        peer: identifier(
            "peer_id",
            wire.peer_id_type,
            wire.peer_id,
            &["ip", "fqdn", "any"],
        )?,
        dpd_timeout: number("timeout", dpd.timeout, timeout.0, timeout.1)?,
        dpd_interval: number("interval", dpd.interval, interval.0, interval.1)?,
        dpd_message: word("msg", dpd.msg, &["seq-hash-notify", "seq-notify-hash"])?,
        ..algorithms.ike(&LEGAL)?
    })
}

/// What an IPsec policy changes.
pub fn ipsec(wire: Option<IpsecWire>) -> Result<IpsecChange, Refusal> {
    let wire = wire.unwrap_or_default();
    let algorithms = Algorithms {
        authentication: wire.authentication_algorithm,
        encryption: wire.encryption_algorithm,
        group: wire.pfs,
        lifetime: wire.lifetime_seconds,
    };
    Ok(IpsecChange {
        protocol: word("transform_protocol", wire.transform_protocol, &["esp"])?,
        encapsulation: word("encapsulation_mode", wire.encapsulation_mode, &["tunnel"])?,
        ..algorithms.ipsec(&LEGAL)?
    })
}

/// A pre-shared key of legal length, characters and variety.
pub fn psk(text: Option<String>) -> Result<Option<Secret>, Refusal> {
    const SPECIAL: &str = "~!@#$%^()-_+={ },./:;*";
    let Some(text) = text else { return Ok(None) };
    let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    let classes: [fn(char) -> bool; 4] = [
        |c| c.is_ascii_uppercase(),
        |c| c.is_ascii_lowercase(),
        |c| c.is_ascii_digit(),
        |c| SPECIAL.contains(c),
    ];
    let used = classes
        .iter()
        .filter(|class| text.chars().any(class))
        .count();
    let legal = text.chars().all(|c| classes.iter().any(|class| class(c)));
    let long_enough =
        (limits::VPN_CONNECTION_PSK_MIN..=limits::VPN_CONNECTION_PSK_MAX).contains(&length);
    let varied = u64::try_from(used).is_ok_and(|used| used >= limits::VPN_CONNECTION_PSK_CLASSES);
    match legal && long_enough && varied {
        true => Ok(Some(Secret::new(text))),
        false => Err(invalid(format!(
            "psk must have 8 to 128 characters of three of: capitals, small letters, digits, {SPECIAL}"
        ))),
    }
}

/// The IKE policy of a connection; identifiers that were not given are the ends' own addresses.
pub fn render_ike(view: &View) -> Value {
    let ike = &view.connection.ike;
    let own = |kind: &str, address: Option<String>| if kind == "ip" { address } else { None };
    let local = ike.local.value.clone();
    let peer = ike.peer.value.clone();
    json!({
        "ike_version": ike.version,
        "phase1_negotiation_mode": (ike.version == "v1").then_some(&ike.mode),
        "authentication_algorithm": ike.authentication,
        "encryption_algorithm": ike.encryption,
        "dh_group": ike.dh_group,
        "authentication_method": ike.method,
        "lifetime_seconds": ike.lifetime,
        "local_id_type": ike.local.kind,
        "local_id": local.or_else(|| own(&ike.local.kind, view.local.map(|address| address.to_string()))),
        "peer_id_type": ike.peer.kind,
        "peer_id": peer.or_else(|| own(&ike.peer.kind, Some(view.peer.clone()))),
        "dpd": {"timeout": ike.dpd.timeout, "interval": ike.dpd.interval, "msg": ike.dpd.message},
    })
}

/// The IPsec policy of a connection.
pub fn render_ipsec(view: &View) -> Value {
    let ipsec = &view.connection.ipsec;
    json!({
        "authentication_algorithm": ipsec.authentication,
        "encryption_algorithm": ipsec.encryption,
        "pfs": ipsec.pfs,
        "transform_protocol": ipsec.protocol,
        "lifetime_seconds": ipsec.lifetime,
        "encapsulation_mode": ipsec.encapsulation,
    })
}

fn identifier(
    field: &str,
    kind: Option<String>,
    value: Option<String>,
    kinds: &[&str],
) -> Result<IdentifierChange, Refusal> {
    if value
        .as_deref()
        .is_some_and(|value| !(1..=128).contains(&value.chars().count()))
    {
        return Err(invalid(format!("{field} must have 1 to 128 characters")));
    }
    Ok(IdentifierChange {
        kind: word(&format!("{field}_type"), kind, kinds)?,
        value,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_three_classes_and_only_legal_characters() {
        let key = |text: &str| psk(Some(text.to_owned()));
        for text in ["Abcdefg1", "abcdefg1!", "ABCDEF1 }"] {
            assert!(key(text).is_ok(), "{text}");
        }
        for text in [
            "abcdefg1",
            "Abcde1!",
            "Abcdefg1\"",
            "Abcdefg1é",
            &"Ab1".repeat(43),
        ] {
            assert!(key(text).is_err(), "{text}");
        }
        assert!(psk(None).is_ok_and(|key| key.is_none()));
    }

    #[test]
    fn keys_are_not_printed() {
        let key = psk(Some("Abcdefg1".to_owned()));
        assert!(!format!("{key:?}").contains("Abcdefg1"));
    }

    #[test]
    fn only_ipsec_may_do_without_a_group() {
        assert!(ike(serde_json::from_str(r#"{"dh_group": "disable"}"#).unwrap()).is_err());
        assert!(ipsec(serde_json::from_str(r#"{"pfs": "disable"}"#).unwrap()).is_ok());
    }
}
