//! Strict decoding of JSON bodies, with the path of what is wrong.

use serde::de::{DeserializeOwned, Deserializer, Error as _};
use serde::{Deserialize, de};
use serde_json::Value;

use crate::objects::Objects;

/// Why a body is not what the operation takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyFault {
    /// Not UTF-8.
    Encoding,
    /// Not JSON.
    Syntax(String),
    /// JSON of another shape: where, and what is wrong.
    Shape {
        /// Path such as `vpc.cidr`.
        path: String,
        /// What the decoder says.
        reason: String,
    },
}

impl BodyFault {
    /// The last name of the path: the field that is wrong.
    pub fn field(&self) -> &str {
        match self {
            BodyFault::Shape { path, .. } => match path.rsplit(['.', '[']).next() {
                None | Some("") => "body",
                Some(field) => field,
            },
            _ => "body",
        }
    }
}

/// Decodes a body, which is an object; an empty one counts as `{}`.
pub fn body<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, BodyFault> {
    let text = std::str::from_utf8(bytes).map_err(|_| BodyFault::Encoding)?;
    let text = if text.trim().is_empty() { "{}" } else { text };
    if let Some(path) = zero_byte(text) {
        return Err(BodyFault::Shape {
            path,
            reason: "a text holds a zero byte".to_owned(),
        });
    }
    let mut json = serde_json::Deserializer::from_str(text);
    let shape = match serde_path_to_error::deserialize::<_, T>(Objects(&mut json)) {
        // What is decoded may be no struct.
        Ok(_) if !text.trim_start().starts_with('{') => {
            (".".to_owned(), "not an object".to_owned())
        }
        Ok(value) => {
            return json
                .end()
                .map(|()| value)
                .map_err(|error| BodyFault::Syntax(error.to_string()));
        }
        Err(error) => (
            error.path().to_string(),
            discreet(&error.inner().to_string()),
        ),
    };
    // Syntax and shape are told apart by reading twice only when the first reading failed.
    match serde_json::from_str::<de::IgnoredAny>(text) {
        Err(syntax) => Err(BodyFault::Syntax(syntax.to_string())),
        Ok(_) => Err(BodyFault::Shape {
            path: shape.0,
            reason: shape.1,
        }),
    }
}

/// What the decoder says without the value that it found: a password sent as a number is still one.
fn discreet(reason: &str) -> String {
    let quotes = |c| c == '`' || c == '"';
    let told = match (reason.split_once(": "), reason.rsplit_once(", expected ")) {
        (Some(("invalid type" | "invalid value", _)), Some(told)) => told,
        _ => return reason.to_owned(),
    };
    let (found, expected) = told;
    let kind = found.split(quotes).next().unwrap_or(found).trim_end();
    format!("{kind}, expected {expected}")
}

/// Where a text of the body holds a zero byte, which no database keeps; only an escape can bring one.
fn zero_byte(text: &str) -> Option<String> {
    if !text.contains("\\u0000") {
        return None;
    }
    within(&serde_json::from_str(text).ok()?, ".")
}

fn within(value: &Value, path: &str) -> Option<String> {
    match value {
        Value::String(text) => text.contains('\0').then(|| path.to_owned()),
        Value::Array(items) => items.iter().find_map(|item| within(item, path)),
        Value::Object(fields) => {
            fields
                .iter()
                .find_map(|(name, field)| match name.contains('\0') {
                    true => Some(path.to_owned()),
                    false => within(field, name),
                })
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// An integer that some clients send as a string, and some with a fraction that is cut off.
pub fn integer<'de, D: Deserializer<'de>>(input: D) -> Result<Option<i64>, D::Error> {
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|n| n.is_finite());
    match Option::<Value>::deserialize(input)? {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Number(n)) if n.is_i64() || n.is_u64() => {
            Ok(Some(n.as_i64().unwrap_or(i64::MAX)))
        }
        Some(Value::Number(n)) => Ok(n.as_f64().map(whole)),
        Some(Value::String(text)) => match number(&text) {
            Some(n) => Ok(Some(whole(n))),
            None => Err(D::Error::custom("not a number")),
        },
        Some(_) => Err(D::Error::custom("not a number")),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a float cast saturates, which is what a limit check wants"
)]
fn whole(n: f64) -> i64 {
    n.trunc() as i64
}

/// A field that may be absent, `null` (clear it) or a value: `None`, `Some(None)`, `Some(Some(v))`.
pub fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    input: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(input).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Size {
        #[serde(default, deserialize_with = "integer")]
        size: Option<i64>,
    }

    #[test]
    fn what_is_wrong_is_told_without_the_value() {
        #[derive(Debug, Deserialize)]
        struct Keyed {
            #[expect(dead_code, reason = "only read")]
            key: String,
        }
        for (text, told) in [
            (
                r#"{"key":8675309}"#,
                "invalid type: integer, expected a string at line 1 column 14",
            ),
            (
                r#"{"key":["x"]}"#,
                "invalid type: sequence, expected a string at line 1 column 7",
            ),
        ] {
            let Err(BodyFault::Shape { reason, .. }) = body::<Keyed>(text.as_bytes()) else {
                panic!("{text} is a key");
            };
            assert_eq!(reason, told);
        }
        let reason = "invalid type: string \"a, expected b`\", expected struct Keyed";
        assert_eq!(
            discreet(reason),
            "invalid type: string, expected struct Keyed"
        );
        assert_eq!(discreet("missing field `key`"), "missing field `key`");
    }

    #[test]
    fn numbers_come_in_every_dress() {
        for (text, size) in [
            ("{}", None),
            (r#"{"size":5}"#, Some(5)),
            (r#"{"size":"10.2"}"#, Some(10)),
        ] {
            assert_eq!(body::<Size>(text.as_bytes()), Ok(Size { size }), "{text}");
        }
        assert_eq!(body::<Size>(br#"{"size":[]}"#).unwrap_err().field(), "size");
    }

    #[test]
    fn syntax_shape_and_encoding_are_told_apart() {
        assert!(matches!(
            body::<Size>(b"{\"size\":"),
            Err(BodyFault::Syntax(_))
        ));
        assert!(matches!(body::<Size>(b"{} {}"), Err(BodyFault::Syntax(_))));
        assert!(matches!(body::<Size>(b"[1]"), Err(BodyFault::Shape { .. })));
        assert!(matches!(
            body::<Value>(br#"{"a": ["x\u0000"]}"#),
            Err(BodyFault::Shape { .. })
        ));
        assert!(body::<Value>(br#"{"a": "\\u0000"}"#).is_ok());
        assert_eq!(body::<Size>(b"\xff"), Err(BodyFault::Encoding));
        assert_eq!(body::<Size>(b"  "), Ok(Size { size: None }));
    }
}
