//! Words that the VPN operations share: names, numbers, blocks, tags, times.

use std::fmt::Display;
use std::str::FromStr;

use jiff::{Timestamp, Unit};
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};
use vpcd_dialect::decode::{self, BodyFault};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::Tag;
use vpcd_domain::vpn::Name;
use vpcd_net::{Cidr, Cidr6, Prefix};

use crate::generated::{errors, limits};
use crate::wire::{self, TagWire, is_name, is_uuid};

/// VPN.0001 with its reason.
pub fn invalid(reason: impl Display) -> Refusal {
    Refusal::new(errors::VPN_0001).with([format!(" {reason}")])
}

/// VPN.0001 for a field that is needed.
pub fn needed(field: &str) -> Refusal {
    invalid(format!("{field} is required"))
}

/// The body. What a client wrote is not repeated in the refusal: it may be a key.
pub fn body<T: DeserializeOwned>(call: &Call<'_>) -> Result<T, Refusal> {
    call.body().map_err(|fault| match fault {
        BodyFault::Encoding => invalid("the body is not UTF-8"),
        BodyFault::Syntax(_) => invalid("the body is not JSON"),
        BodyFault::Shape { path, .. } if path == "." => {
            invalid("the body lacks a field or has a wrong type")
        }
        BodyFault::Shape { path, .. } => invalid(format!("{path} is absent or has a wrong type")),
    })
}

/// A body with the id of the request, without the fields that are null.
pub fn reply(call: &Call<'_>, body: Value) -> Reply {
    let mut body = wire::merged(body, json!({"request_id": call.request.id}));
    strip(&mut body);
    Reply::json(call.success, body)
}

/// A name, or the form of one that is made up.
pub fn new_name(text: Option<String>, form: &'static str) -> Result<Name, Refusal> {
    Ok(name("name", text)?.map_or(Name::MadeUp(form), Name::Given))
}

/// A name.
pub fn name(field: &str, text: Option<String>) -> Result<Option<String>, Refusal> {
    match text {
        Some(text) if !is_name(&text, 1) => Err(invalid(format!(
            "{field} must have 1 to 64 letters, digits, underscores, hyphens or dots"
        ))),
        text => Ok(text),
    }
}

/// One of the legal words.
pub fn word(field: &str, text: Option<String>, legal: &[&str]) -> Result<Option<String>, Refusal> {
    match text {
        Some(text) if !legal.contains(&text.as_str()) => Err(invalid(format!(
            "{field} must be one of {}",
            legal.join(", ")
        ))),
        text => Ok(text),
    }
}

/// A number between two limits.
pub fn number(
    field: &str,
    number: Option<i64>,
    least: u64,
    most: u64,
) -> Result<Option<u32>, Refusal> {
    let Some(number) = number else {
        return Ok(None);
    };
    u64::try_from(number)
        .ok()
        .filter(|number| (least..=most).contains(number))
        .and_then(|number| u32::try_from(number).ok())
        .map(Some)
        .ok_or_else(|| invalid(format!("{field} must be between {least} and {most}")))
}

/// A whole number, also one that some clients send as a string or with a fraction of nothing.
pub fn integer<'de, D: Deserializer<'de>>(input: D) -> Result<Option<i64>, D::Error> {
    let value = Value::deserialize(input)?;
    let number = match &value {
        Value::String(text) => text.trim().parse::<f64>().ok(),
        value => value.as_f64(),
    };
    if number.is_some_and(|number| number.fract() != 0.0) {
        return Err(D::Error::custom("not a whole number"));
    }
    decode::integer(value).map_err(D::Error::custom)
}

/// An id.
pub fn uuid(field: &str, text: Option<String>) -> Result<Option<String>, Refusal> {
    match text {
        Some(text) if !is_uuid(&text) => Err(invalid(format!("{field} is not a UUID"))),
        text => Ok(text),
    }
}

/// An id that must be there.
pub fn needed_uuid(field: &str, text: Option<String>) -> Result<String, Refusal> {
    uuid(field, text)?.ok_or_else(|| needed(field))
}

/// One block of IPv4 or of IPv6.
pub fn block<T: Block>(field: &str, text: &str) -> Result<T, Refusal> {
    text.parse()
        .map_err(|_| invalid(format!("{field} is not an {} block", T::FAMILY)))
}

/// At most fifty different blocks.
pub fn blocks<T: Block>(field: &str, texts: &[String]) -> Result<Vec<T>, Refusal> {
    let most = limits::VPN_GATEWAY_LOCAL_SUBNETS_MAX;
    if u64::try_from(texts.len()).unwrap_or(u64::MAX) > most {
        return Err(invalid(format!("{field} has more than {most} items")));
    }
    let mut blocks = Vec::with_capacity(texts.len());
    for text in texts {
        let block: T = block(field, text)?;
        if blocks.contains(&block) {
            return Err(invalid(format!("{field} has {block} twice")));
        }
        blocks.push(block);
    }
    Ok(blocks)
}

/// The blocks of a field that has one name for IPv4 and another for IPv6; nothing when neither was given. An empty list
/// of IPv6 says no more than its absence: clients also send it where there is none.
pub fn either(
    fields: [&str; 2],
    four: Option<&[String]>,
    six: Option<&[String]>,
) -> Result<Option<Vec<Prefix>>, Refusal> {
    let six = six.filter(|texts| !texts.is_empty());
    if four.is_none() && six.is_none() {
        return Ok(None);
    }
    let four: Vec<Cidr> = blocks(fields[0], four.unwrap_or_default())?;
    let six: Vec<Cidr6> = blocks(fields[1], six.unwrap_or_default())?;
    let four = four.into_iter().map(Prefix::from);
    Ok(Some(
        four.chain(six.into_iter().map(Prefix::from)).collect(),
    ))
}

/// A block of one of the two families.
pub trait Block: FromStr + PartialEq + Display {
    /// What the family is called.
    const FAMILY: &'static str;
}

impl Block for Cidr {
    const FAMILY: &'static str = "IPv4";
}

impl Block for Cidr6 {
    const FAMILY: &'static str = "IPv6";
}

/// At most twenty tags with different keys.
pub fn tags(wire: Option<Vec<TagWire>>) -> Result<Vec<Tag>, Refusal> {
    const MOST: usize = 20;
    let wire = wire.unwrap_or_default();
    let legal = |text: &str, least: u64, most: u64| {
        let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
        (least..=most).contains(&length)
            && text
                .chars()
                .all(|c| c.is_alphanumeric() || " _.:=+-@".contains(c))
    };
    let fits = |tag: &TagWire| {
        legal(&tag.key, 1, limits::VPN_TAG_KEY_MAX)
            && legal(&tag.value, 0, limits::VPN_TAG_VALUE_MAX)
    };
    let distinct = wire
        .iter()
        .enumerate()
        .all(|(at, tag)| wire[..at].iter().all(|other| other.key != tag.key));
    match wire.len() <= MOST && distinct && wire.iter().all(fits) {
        true => Ok(wire.into_iter().map(Tag::from).collect()),
        false => Err(invalid(
            "tags: at most 20, with different keys of 1 to 128 and values of up to 255 characters",
        )),
    }
}

/// The enterprise projects that a list is narrowed to; none means all.
pub fn enterprise_projects(call: &Call<'_>) -> Vec<String> {
    let named = call.query.all("enterprise_project_id");
    named
        .into_iter()
        .filter(|id| *id != "all_granted_eps")
        .map(str::to_owned)
        .collect()
}

/// A time: UTC, at most milliseconds, zeros at the end left out.
pub fn time(at: Timestamp) -> String {
    at.round(Unit::Millisecond).unwrap_or(at).to_string()
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, value| !value.is_null());
            fields.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_lose_their_zeros() {
        let at = |text: &str| time(text.parse().unwrap());
        assert_eq!(at("2026-01-01T00:00:27.240Z"), "2026-01-01T00:00:27.24Z");
        assert_eq!(at("2026-01-01T00:00:00.0004Z"), "2026-01-01T00:00:00Z");
    }

    #[test]
    fn blocks_are_different_and_few() {
        let texts = |count: usize| {
            (0..count)
                .map(|n| format!("10.0.{n}.0/24"))
                .collect::<Vec<_>>()
        };
        let blocks = blocks::<Cidr>;
        assert_eq!(blocks("x", &texts(50)).unwrap().len(), 50);
        assert!(blocks("x", &texts(51)).is_err());
        assert!(blocks("x", &["10.0.0.0/8".into(), "10.0.0.0/8".into()]).is_err());
        assert!(blocks("x", &["10.0.0.1/8".into()]).is_err());
    }

    #[test]
    fn null_fields_are_left_out() {
        let mut value = json!({"a": null, "b": [{"c": null, "d": 1}]});
        strip(&mut value);
        assert_eq!(value, json!({"b": [{"d": 1}]}));
    }
}
