//! Passwords of users: what they must be like, and what is kept of them.
//!
//! A hash takes long on purpose, so it is made and compared outside transactions: here only finished hashes come in.

use vpcd_store::credential::{self, Credential};

use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::tx::Tx;
use crate::vpn::Secret;
use crate::vpn::p2c::Refusal;

/// How many passwords of a user are remembered, the present one included.
pub const REMEMBERED: usize = 5;

/// Special characters that a password may have.
const SPECIAL: &str = "`~!@#$%^&*()-_=+\\|[{}];:'\",<.>/? ";

/// Passwords that fulfil every other rule and that everybody tries first, in small letters.
const COMMON: [&str; 28] = [
    "1q2w3e4r",
    "1q2w3e4r5t",
    "1qaz2wsx",
    "1qaz@wsx",
    "a1234567",
    "a12345678",
    "aa123456",
    "abc12345",
    "abcd1234",
    "abcd@1234",
    "admin123",
    "admin@123",
    "changeme123",
    "changeme_123",
    "huawei12#$",
    "huawei123",
    "huawei@123",
    "iloveyou1",
    "letmein1",
    "p@ssw0rd",
    "p@ssword",
    "passw0rd",
    "password1",
    "password123",
    "password@123",
    "qwerty123",
    "qwer1234",
    "welcome1",
];

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// Too short or too long.
    Length,
    /// Characters of one class only.
    Classes,
    /// Characters that no password has.
    Characters,
    /// The name of its user, or that backwards.
    Name,
    /// One that everybody tries first.
    Common,
    /// One that the user had before.
    Repeated,
    /// The present one is another.
    Wrong,
}

/// Judges a password in the order of VPN.1308, 1310, 1309, 1314.
pub fn judge(tx: &mut Tx<'_>, user: &str, password: &Secret) -> Result<(), Fault> {
    let Ok(text) = std::str::from_utf8(password.bytes()) else {
        return Err(Weakness::Characters.into());
    };
    form(user, text)?;
    let more: Vec<String> = condition::read(tx, "password.weak", &["*"])?.unwrap_or_default();
    let small = text.to_lowercase();
    let mut known = COMMON.into_iter().chain(more.iter().map(String::as_str));
    match known.any(|common| common.to_lowercase() == small) {
        true => Err(Weakness::Common.into()),
        false => Ok(()),
    }
}

fn form(user: &str, text: &str) -> Result<(), Weakness> {
    if !(8..=32).contains(&text.chars().count()) {
        return Err(Weakness::Length);
    }
    let special = |c: char| SPECIAL.contains(c);
    if !text
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || special(c))
    {
        return Err(Weakness::Characters);
    }
    let classes = [
        text.chars().any(|c| c.is_ascii_uppercase()),
        text.chars().any(|c| c.is_ascii_lowercase()),
        text.chars().any(|c| c.is_ascii_digit()),
        text.chars().any(special),
    ];
    if classes.into_iter().filter(|has| *has).count() < 2 {
        return Err(Weakness::Classes);
    }
    match text == user || text.chars().rev().eq(user.chars()) {
        true => Err(Weakness::Name),
        false => Ok(()),
    }
}

/// Seals the hash of a password of `user`; the answer is the credential's id.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    user: &str,
    hash: &Secret,
) -> Result<String, Fault> {
    let credential = Credential {
        id: cx.ids.uuid(),
        kind: "vpn-password".to_owned(),
        cloud: String::new(),
        owner: user.to_owned(),
        sealed: cx.vault.seal(user, hash.bytes()),
        created: cx.now.as_microsecond(),
    };
    credential::insert(tx.rows(), &credential)?;
    Ok(credential.id)
}

/// The hashes behind these credentials, in their order.
pub(super) fn hashes(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    ids: &[String],
) -> Result<Vec<Secret>, Fault> {
    let mut hashes = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(sealed) = credential::get(tx.rows(), id)? else {
            continue;
        };
        let plain = cx.vault.open(&sealed.owner, &sealed.sealed);
        let hash = plain.and_then(|hash| String::from_utf8(hash).ok());
        hashes.extend(hash.map(Secret::new));
    }
    Ok(hashes)
}

/// Forgets passwords.
pub(super) fn forget(tx: &mut Tx<'_>, ids: &[String]) -> Result<(), Fault> {
    for id in ids {
        credential::delete(tx.rows(), id)?;
    }
    Ok(())
}

impl From<Weakness> for Fault {
    fn from(weakness: Weakness) -> Fault {
        Fault::P2c(Refusal::Password(weakness))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_have_a_form() {
        for (password, refused) in [
            ("Abc-123", Some(Weakness::Length)),
            ("Abcdefg1Abcdefg1Abcdefg1Abcdefg1x", Some(Weakness::Length)),
            ("abcdefgh", Some(Weakness::Classes)),
            ("12345678", Some(Weakness::Classes)),
            ("Passwört-1", Some(Weakness::Characters)),
            ("Tab\tTab\t1", Some(Weakness::Characters)),
            ("alice-12", Some(Weakness::Name)),
            ("21-ecila", Some(Weakness::Name)),
            ("alice-12 ", None),
            ("abcdefg1", None),
            ("a `~!@#$%^&*()-_=+\\|[{}];:'\",<.", None),
            (">/?>/?>a", None),
        ] {
            assert_eq!(form("alice-12", password).err(), refused, "{password}");
        }
    }

    #[test]
    fn common_ones_fulfil_every_other_rule() {
        for password in COMMON {
            assert_eq!(form("alice", password), Ok(()), "{password}");
            assert_eq!(password.to_lowercase(), password);
        }
    }
}
