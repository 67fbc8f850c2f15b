//! Decoders of single fields: numbers and switches in every dress that clients send them in, and no other.

use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, de};
use serde_json::Value;

/// An integer, which some clients send as a text. A fraction is none.
pub fn integer<'de, D: Deserializer<'de>>(input: D) -> Result<Option<i64>, D::Error> {
    let number = match Option::<Value>::deserialize(input)? {
        None | Some(Value::Null) => return Ok(None),
        // What no limit allows is judged with the limits.
        Some(Value::Number(n)) if n.is_u64() => n.as_i64().or(Some(i64::MAX)),
        Some(Value::Number(n)) => n.as_i64(),
        Some(Value::String(text)) => text.trim().parse().ok(),
        Some(Value::Bool(_) | Value::Array(_) | Value::Object(_)) => None,
    };
    number
        .map(Some)
        .ok_or_else(|| D::Error::custom("not an integer"))
}

/// A word, which some clients send as a number.
pub fn word<'de, D: Deserializer<'de>>(input: D) -> Result<Option<String>, D::Error> {
    match Option::<Value>::deserialize(input)? {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(Value::Number(number)) => Ok(Some(number.to_string())),
        Some(_) => Err(D::Error::custom("not a word")),
    }
}

/// A switch, which some clients send as a number.
pub fn switch<'de, D: Deserializer<'de>>(input: D) -> Result<Option<bool>, D::Error> {
    match Value::deserialize(input)? {
        Value::Null => Ok(None),
        Value::Bool(on) => Ok(Some(on)),
        Value::Number(n) if n.as_u64() == Some(0) => Ok(Some(false)),
        Value::Number(n) if n.as_u64() == Some(1) => Ok(Some(true)),
        _ => Err(de::Error::custom("not a switch")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Both {
        #[serde(default, deserialize_with = "integer")]
        size: Option<i64>,
        #[serde(default, deserialize_with = "switch")]
        on: Option<bool>,
    }

    #[test]
    fn numbers_and_switches_in_every_dress() {
        let read = |text: &str| serde_json::from_str::<Both>(text).ok();
        let both = |size, on| Some(Both { size, on });
        assert_eq!(read("{}"), both(None, None));
        assert_eq!(read(r#"{"size": null, "on": null}"#), both(None, None));
        assert_eq!(read(r#"{"size": "7", "on": 1}"#), both(Some(7), Some(true)));
        assert_eq!(
            read(r#"{"size": -7, "on": false}"#),
            both(Some(-7), Some(false))
        );
        assert_eq!(
            read(r#"{"size": 18446744073709551615}"#),
            both(Some(i64::MAX), None)
        );
        for wrong in ["1.5", "\"1.5\"", "true", "[]", "{}", "\"x\""] {
            assert_eq!(read(&format!("{{\"size\": {wrong}}}")), None, "{wrong}");
        }
        for wrong in ["2", "\"true\"", "[]", "-1"] {
            assert_eq!(read(&format!("{{\"on\": {wrong}}}")), None, "{wrong}");
        }
    }
}
