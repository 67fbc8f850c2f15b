//! What a rule may know beyond its arguments: who calls, when, and where ids come from.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// The verified caller of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Account (Huawei domain, Baidu account).
    pub account: String,
    /// The project the credential is scoped to; empty when it is scoped to the account.
    pub project: String,
    /// User behind the credential.
    pub user: String,
    /// Access key or token id, for the audit.
    pub credential: String,
    /// What the user may do.
    pub role: Role,
    /// Request id, for the audit.
    pub request_id: String,
}

impl Caller {
    /// A caller that has shown nothing yet.
    pub fn nobody(request_id: &str) -> Caller {
        Caller {
            account: String::new(),
            project: String::new(),
            user: String::new(),
            credential: String::new(),
            role: Role::Nobody,
            request_id: request_id.to_owned(),
        }
    }
}

/// What a user may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything in the account.
    #[default]
    Admin,
    /// Reads only.
    Reader,
    /// Nothing.
    Nobody,
}

/// Rule values that differ between clouds; the domain reads values, never a cloud's name.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// Names of networks are unique within a project.
    pub unique_network_names: bool,
    /// Clients see the states of networks and subnets; elsewhere these take changes from the moment they are stored.
    pub networks_have_states: bool,
    /// The quota of subnets counts those of one network, not those of the project.
    pub subnet_quota_per_network: bool,
    /// A subnet has IPv6 only where its network was given it before; elsewhere the first subnet that asks brings it.
    pub ipv6_by_network: bool,
    /// What is paid in advance cannot be given back before its time has ended.
    pub prepaid_stays: bool,
    /// Longest prefix of a subnet.
    pub longest_subnet_prefix: u8,
    /// Addresses at the top of each subnet that the platform keeps (the last one included).
    pub reserved_tail: u32,
    /// No route leads into any block of the network itself; elsewhere only those of its subnets are kept.
    pub routes_beside_network: bool,
    /// Seconds for which somebody who was asked for a peering may answer; without end when absent.
    pub peering_patience: Option<u64>,
    /// Only who asked for a peering changes and deletes it; elsewhere either end may.
    pub peering_of_requester: bool,
    /// Security groups belong to networks, each of which has a default one, and a port takes its groups either from its
    /// network or from the whole project; elsewhere all belong to the project and are asked in turn.
    pub groups_of_networks: bool,
    /// The network that came with an account cannot be deleted.
    pub default_network_stays: bool,
    /// Two rules of a security group that differ in nothing but their text are two rules.
    pub rules_differ_by_text: bool,
    /// The last network of a project is deleted only when what comes with a network is gone from the whole project.
    pub last_network_goes_last: bool,
    /// Default quotas by name.
    pub quotas: &'static [(&'static str, u64)],
}

/// What a certificate is made for.
#[derive(Clone, Debug)]
pub struct Order {
    /// Common name.
    pub name: String,
    /// Address that clients reach it at.
    pub address: std::net::Ipv4Addr,
    /// Serial numbers of the authority and of the certificate.
    pub serials: [[u8; 16]; 2],
    /// From when on it counts.
    pub from: Timestamp,
    /// How long it counts.
    pub until: Timestamp,
}

/// A new certificate with what belongs to it.
pub struct Issued {
    /// The certificate, in PEM.
    pub certificate: String,
    /// The authority that signed it and nothing else, in PEM; its own key is gone.
    pub authority: String,
    /// The private key, in PEM.
    pub key: String,
}

/// Seals secrets before they are stored, and opens them.
pub trait Vault: Send + Sync {
    /// Encrypts `plain`, bound to the name `of` what it belongs to.
    fn seal(&self, of: &str, plain: &[u8]) -> Vec<u8>;
    /// Decrypts; `None` when it was not sealed by this vault for that name.
    fn open(&self, of: &str, sealed: &[u8]) -> Option<Vec<u8>>;
    /// Makes a key pair and a certificate for it; `None` where nothing makes keys.
    fn issue(&self, _order: &Order) -> Option<Issued> {
        None
    }
    /// The public half of a private key in PEM, as certificates carry it in DER; `None` for a key that it cannot read.
    fn public_key(&self, _private: &str) -> Option<Vec<u8>> {
        None
    }
}

/// What one run of a rule may know.
pub struct Context<'a> {
    /// Who calls.
    pub caller: &'a Caller,
    /// The time of this run.
    pub now: Timestamp,
    /// Source of ids.
    pub ids: Ids,
    /// Rule values.
    pub policy: &'static Policy,
    /// Seals secrets.
    pub vault: &'a dyn Vault,
}

/// A repeatable source of ids: a hash chain over a seed.
#[derive(Clone, Debug)]
pub struct Ids {
    seed: [u8; 32],
    count: u64,
    /// What UUIDs begin with: the time in milliseconds, and a number for those of the same time.
    dated: Option<(i64, u32)>,
}

impl Ids {
    /// The source for a seed; equal seeds give equal ids.
    pub fn new(seed: [u8; 32]) -> Self {
        Ids {
            seed,
            count: 0,
            dated: None,
        }
    }

    /// The source whose UUIDs sort by that time, then by `order`, then by when they were asked for. Resources that are
    /// made together then stand together in every index: a create touches a few pages at the indexes' ends instead of
    /// one at random in each for every row.
    pub fn dated(self, now: Timestamp, order: u32) -> Self {
        Ids {
            dated: Some((now.as_millisecond(), order)),
            ..self
        }
    }

    /// The next 32 bytes.
    pub fn bytes(&mut self) -> [u8; 32] {
        self.count += 1;
        let mut hash = Sha256::new();
        hash.update(self.seed);
        hash.update(self.count.to_be_bytes());
        hash.finalize().into()
    }

    /// A UUID with dashes: of version 7 (RFC 9562 section 5.7) where ids are dated, of version 4 elsewhere.
    pub fn uuid(&mut self) -> String {
        let random = self.hex32();
        let Some((time, order)) = self.dated else {
            return dashed(&random, '4');
        };
        let (time, order) = (time & 0xffff_ffff_ffff, order & 0xff_ffff);
        let begin = format!("{time:012x}_{:03x}_{:03x}", order >> 12, order & 0xfff);
        let asked = self.count & 0xfff;
        dashed(&format!("{begin}{asked:03x}{}", &random[23..]), '7')
    }

    /// 32 lower-case hex digits.
    pub fn hex32(&mut self) -> String {
        self.bytes()[..16]
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect()
    }

    /// A short id: the prefix and twelve of `0-9a-z`.
    pub fn short(&mut self, prefix: &str) -> String {
        format!(
            "{prefix}{}",
            self.text(12, b"0123456789abcdefghijkmnpqrstuvwxyz")
        )
    }

    /// `length` (at most 32) characters of the alphabet, which has at most 256.
    pub fn text(&mut self, length: usize, alphabet: &[u8]) -> String {
        let letters = self.bytes();
        letters[..length.min(32)]
            .iter()
            .map(|b| char::from(alphabet[usize::from(*b) % alphabet.len()]))
            .collect()
    }

    /// A number.
    pub fn number(&mut self) -> u32 {
        let [a, b, c, d, ..] = self.bytes();
        u32::from_be_bytes([a, b, c, d])
    }
}

/// What tells an id from others in a name: its end. Ids that were made within the same minute begin alike.
pub(crate) fn tail(id: &str) -> &str {
    id.get(id.len().saturating_sub(8)..).unwrap_or(id)
}

/// 32 hex digits as a UUID; those that tell its version and variant are written over.
fn dashed(hex: &str, version: char) -> String {
    format!(
        "{}-{}-{version}{}-a{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[13..16],
        &hex[17..20],
        &hex[20..32]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_repeat_with_their_seed_and_have_the_right_form() {
        let (mut a, mut b) = (Ids::new([7; 32]), Ids::new([7; 32]));
        let uuid = a.uuid();
        assert_eq!(uuid, b.uuid());
        assert_eq!(uuid.len(), 36);
        assert_eq!(&uuid[14..15], "4");
        assert_ne!(a.uuid(), uuid);
        assert_eq!(a.short("vpc-").len(), 16);
    }

    #[test]
    fn dated_ids_are_in_the_order_of_their_making() {
        let at = |millisecond| Timestamp::from_millisecond(millisecond).unwrap();
        let now = 1_763_000_000_000;
        let mut early = Ids::new([7; 32]).dated(at(now), 0xfff);
        let mut next = Ids::new([1; 32]).dated(at(now), 0x1000);
        let mut late = Ids::new([5; 32]).dated(at(now + 1), 0);
        let made = [early.uuid(), early.uuid(), next.uuid(), late.uuid()];
        assert!(made.is_sorted(), "{made:?}");
        assert_eq!(made[0].len(), 36);
        assert_eq!(&made[0][..27], "019a7afd-1e00-7000-afff-001");
        let mut tails: Vec<&str> = made.iter().map(|id| tail(id)).collect();
        tails.sort_unstable();
        tails.dedup();
        assert_eq!(tails.len(), made.len(), "{made:?}");
    }
}
