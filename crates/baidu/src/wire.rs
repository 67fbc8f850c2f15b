//! Words that several resources share: bodies, names, tags, blocks, times, paths.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use vpcd_dialect::{Call, Refusal};
use vpcd_domain::Tag;
use vpcd_net::Cidr;

use crate::faults::{self, invalid};
use crate::generated::{errors, limits};

/// Ranges that the blocks of a VPC lie in (`vpc.cidr_ranges` of the limits).
const PRIVATE: [&str; 3] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/// A tag on the wire.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TagWire {
    /// Key.
    pub tag_key: String,
    /// Value, may be absent.
    pub tag_value: Option<String>,
}

/// The body of a call, decoded.
pub fn body<T: DeserializeOwned>(call: &Call<'_>) -> Result<T, Refusal> {
    let plain = |coding: &str| coding.trim().eq_ignore_ascii_case("identity");
    if !call.request.header("content-encoding").is_none_or(plain) {
        return Err(Refusal::new(errors::GLOBAL_INVALID_HTTP_REQUEST).because("content-encoding"));
    }
    if !call.request.header("content-type").is_none_or(is_utf8) {
        return Err(Refusal::new(errors::GLOBAL_INVALID_HTTP_REQUEST).because("charset"));
    }
    call.body().map_err(|fault| faults::body(&fault))
}

/// The refusal for a key that a body has to have.
pub fn absent(field: &str) -> Refusal {
    Refusal::new(errors::GLOBAL_INAPPROPRIATE_JSON).because(field)
}

/// A name of a VPC or subnet.
pub fn name(name: String) -> Result<String, Refusal> {
    let legal = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let fits = (1..=limits::NAME_MAX).contains(&characters(&name));
    match fits && name != "default" && name.chars().all(legal) {
        true => Ok(name),
        false => Err(invalid("name")),
    }
}

/// A description, when there is one.
pub fn description(text: Option<String>) -> Result<Option<String>, Refusal> {
    match &text {
        Some(words) if characters(words) > limits::DESCRIPTION_MAX => Err(invalid("description")),
        _ => Ok(text),
    }
}

/// The tags of a create; no key twice.
pub fn tags(wire: Option<Vec<TagWire>>) -> Result<Vec<Tag>, Refusal> {
    let tags: Vec<Tag> = wire
        .into_iter()
        .flatten()
        .map(|tag| Tag {
            key: tag.tag_key,
            value: tag.tag_value.unwrap_or_default(),
        })
        .collect();
    let legal = |tag: &Tag| {
        (1..=limits::TAG_KEY_MAX).contains(&characters(&tag.key))
            && characters(&tag.value) <= limits::TAG_VALUE_MAX
            && tag.key.chars().chain(tag.value.chars()).all(is_tag_letter)
    };
    let once = |(at, tag): (usize, &Tag)| tags[..at].iter().all(|other| other.key != tag.key);
    match tags.iter().all(legal) && tags.iter().enumerate().all(once) {
        true => Ok(tags),
        false => Err(invalid("tags")),
    }
}

/// The tags of a resource, on the wire.
pub fn rendered_tags(tags: &[Tag]) -> Vec<TagWire> {
    let wire = |tag: &Tag| TagWire {
        tag_key: tag.key.clone(),
        tag_value: Some(tag.value.clone()),
    };
    tags.iter().map(wire).collect()
}

/// Any block.
pub fn cidr(field: &'static str, text: &str) -> Result<Cidr, Refusal> {
    text.parse().map_err(|_| invalid(field))
}

/// A block of a VPC: private, with a prefix of a legal length.
pub fn vpc_cidr(field: &'static str, text: &str) -> Result<Cidr, Refusal> {
    let cidr = cidr(field, text)?;
    let prefixes = limits::VPC_PREFIX_MIN..=limits::VPC_PREFIX_MAX;
    let around = |range: &&str| range.parse::<Cidr>().is_ok_and(|range| range.holds(cidr));
    match prefixes.contains(&u64::from(cidr.prefix())) && PRIVATE.iter().any(around) {
        true => Ok(cidr),
        false => Err(invalid(field)),
    }
}

/// A time on the wire: UTC, seconds.
pub fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Whether every escape of a raw path or query is one.
pub fn is_escaped(raw: &str) -> bool {
    let digits =
        |tail: &str| tail.len() >= 2 && tail.as_bytes()[..2].iter().all(u8::is_ascii_hexdigit);
    raw.split('%').skip(1).all(digits)
}

/// Whether a path lies in a version that is served, or in none at all: v1, and v2 for security groups.
pub fn is_served_version(path: &str) -> bool {
    let mut segments = path.trim_start_matches('/').split('/');
    let (version, resource) = (segments.next().unwrap_or_default(), segments.next());
    match version.strip_prefix('v') {
        Some(number) if number.starts_with(|c: char| c.is_ascii_digit()) => {
            number == "1" || (number == "2" && resource == Some("securityGroup"))
        }
        _ => true,
    }
}

/// The path of the version that the table knows: security groups are served as v1 and as v2 alike.
pub fn one_version(path: &str) -> Cow<'_, str> {
    match path.strip_prefix("/v1/securityGroup") {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => {
            Cow::Owned(format!("/v2/securityGroup{rest}"))
        }
        _ => Cow::Borrowed(path),
    }
}

/// Collections whose rows tell a blank id from a path that leads nowhere.
const BLANKS: [&str; 2] = ["/v1/eni/", "/v1/nat/"];

/// The path with a blank for each id that is missing, where a row says so.
pub fn blank(path: &str) -> Option<String> {
    let known = BLANKS.iter().any(|prefix| path.starts_with(prefix));
    (known && (path.contains("//") || path.ends_with('/'))).then(|| {
        let filled = path.replace("//", "/%20/");
        match filled.ends_with('/') {
            true => filled + "%20",
            false => filled,
        }
    })
}

/// A name that begins with a letter and may hold Chinese, spaces and `-_/.`; with `chinese` it may begin with Chinese.
pub fn title(name: String, chinese: bool) -> Result<String, Refusal> {
    let first = |c: char| c.is_ascii_alphabetic() || (chinese && is_chinese(c));
    let legal = |c: char| c.is_ascii_alphanumeric() || is_chinese(c) || "-_ /.".contains(c);
    let fits = (1..=limits::NAME_MAX).contains(&characters(&name));
    match fits && name.starts_with(first) && name.chars().all(legal) {
        true => Ok(name),
        false => Err(invalid("name")),
    }
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

fn characters(text: &str) -> u64 {
    text.chars().count() as u64
}

fn is_tag_letter(c: char) -> bool {
    c.is_alphanumeric() || "-_ /.".contains(c)
}

/// Whether a content type names no other charset than UTF-8.
fn is_utf8(content_type: &str) -> bool {
    let charset = content_type.split(';').skip(1).find_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        key.trim()
            .eq_ignore_ascii_case("charset")
            .then_some(value.trim().trim_matches('"'))
    });
    charset.is_none_or(|charset| {
        ["utf-8", "utf8", "us-ascii"]
            .iter()
            .any(|known| charset.eq_ignore_ascii_case(known))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(key: &str, value: &str) -> TagWire {
        TagWire {
            tag_key: key.to_owned(),
            tag_value: Some(value.to_owned()),
        }
    }

    #[test]
    fn names() {
        for legal in ["a", "my-vpc_1", &"n".repeat(65)] {
            assert!(name(legal.to_owned()).is_ok(), "{legal}");
        }
        for illegal in ["", "default", "a b", "a.b", &"n".repeat(66)] {
            assert!(name(illegal.to_owned()).is_err(), "{illegal}");
        }
        assert!(description(Some("试".repeat(200))).is_ok());
        assert!(description(Some("d".repeat(201))).is_err());
    }

    #[test]
    fn titles() {
        for legal in ["a", "web/1.2 -_", "W网络", &"n".repeat(65)] {
            assert!(title(legal.to_owned(), false).is_ok(), "{legal}");
        }
        for illegal in ["", "1a", "网", "a*", "-a", &"n".repeat(66)] {
            assert!(title(illegal.to_owned(), false).is_err(), "{illegal}");
        }
        assert!(title("网络".to_owned(), true).is_ok());
    }

    #[test]
    fn security_groups_have_one_path() {
        assert_eq!(one_version("/v1/securityGroup"), "/v2/securityGroup");
        assert_eq!(one_version("/v1/securityGroup/g"), "/v2/securityGroup/g");
        for same in ["/v2/securityGroup/g", "/v1/securityGroups", "/v1/vpc", "/"] {
            assert_eq!(one_version(same), same);
        }
    }

    #[test]
    fn tags_are_unique_and_short() {
        assert_eq!(
            tags(Some(vec![tag("k", ""), tag("环境", "a b/c.d-e_f")]))
                .unwrap()
                .len(),
            2
        );
        assert!(tags(None).unwrap().is_empty());
        for illegal in [
            vec![tag("", "v")],
            vec![tag("k", "*")],
            vec![tag("k", "1"), tag("k", "2")],
        ] {
            assert!(tags(Some(illegal.clone())).is_err(), "{illegal:?}");
        }
        assert!(tags(Some(vec![tag(&"k".repeat(66), "")])).is_err());
    }

    #[test]
    fn blocks_of_a_vpc() {
        for legal in ["10.0.0.0/16", "172.31.0.0/28", "192.168.0.0/16"] {
            assert!(vpc_cidr("cidr", legal).is_ok(), "{legal}");
        }
        for illegal in [
            "10.0.0.0/15",
            "10.0.0.0/29",
            "172.32.0.0/16",
            "8.8.0.0/16",
            "10.0.0.1/16",
            "x",
        ] {
            assert!(vpc_cidr("cidr", illegal).is_err(), "{illegal}");
        }
    }

    #[test]
    fn escapes_and_versions() {
        for legal in ["", "/v1/vpc", "a=%20&b=%E7%BD%91"] {
            assert!(is_escaped(legal), "{legal}");
        }
        for illegal in ["%", "%2", "%zz", "a%20%", "%é"] {
            assert!(!is_escaped(illegal), "{illegal}");
        }
        for served in [
            "/v1/nothing",
            "/v2/securityGroup/g-1",
            "/nothing",
            "/vpc",
            "/",
            "",
        ] {
            assert!(is_served_version(served), "{served}");
        }
        for other in [
            "/v2/vpc",
            "/v9/vpc",
            "/v1.1/vpc",
            "/v10",
            "/v0/securityGroup",
        ] {
            assert!(!is_served_version(other), "{other}");
        }
    }

    #[test]
    fn charsets() {
        for legal in [
            "application/json",
            "application/json;charset=utf-8",
            "text/plain; Charset=\"UTF-8\"",
        ] {
            assert!(is_utf8(legal), "{legal}");
        }
        assert!(!is_utf8("application/json; charset=gbk"));
    }
}
