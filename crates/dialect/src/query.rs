//! The query of a request as decoded pairs.

use percent_encoding::percent_decode_str;
use vpcd_auth::encode;

/// A pair as it stands in a query.
pub fn pair(key: &str, value: &str) -> String {
    format!("{}={}", encode(key.as_bytes()), encode(value.as_bytes()))
}

/// Decoded query pairs in the order of arrival.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Decodes a raw query; `None` when an escape is not UTF-8 or holds a zero byte. With `plus_is_space` a `+` is a space.
    pub fn parse(raw: &str, plus_is_space: bool) -> Option<Query> {
        let decode = |text: &str| {
            let text = if plus_is_space {
                text.replace('+', " ")
            } else {
                text.to_owned()
            };
            let decoded = percent_decode_str(&text).decode_utf8().ok()?.into_owned();
            (!decoded.contains('\0')).then_some(decoded)
        };
        let mut pairs = Vec::new();
        for pair in raw.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            pairs.push((decode(key)?, decode(value)?));
        }
        Some(Query(pairs))
    }

    /// Whether the key is there, with or without a value.
    pub fn has(&self, key: &str) -> bool {
        self.0.iter().any(|(known, _)| known == key)
    }

    /// The first value of a key; an empty one counts as absent.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == key)
            .map(|(_, value)| value.as_str())
            .filter(|v| !v.is_empty())
    }

    /// All values of a key, repeated or separated by commas.
    pub fn all(&self, key: &str) -> Vec<&str> {
        let values = self.0.iter().filter(|(known, _)| known == key);
        values
            .flat_map(|(_, value)| value.split(','))
            .filter(|value| !value.is_empty())
            .collect()
    }

    /// All pairs in the order of arrival.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// All pairs but those of one key, sorted: what an idempotency token is compared over.
    pub fn sorted_without(&self, key: &str) -> Vec<(&str, &str)> {
        let mut pairs: Vec<(&str, &str)> = self
            .0
            .iter()
            .filter(|(known, _)| known != key)
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .collect();
        pairs.sort_unstable();
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_and_commas_are_both_lists() {
        let query = Query::parse("id=a&id=b,c&bind&name=x+y%20z&empty=", true).unwrap();
        assert_eq!(query.all("id"), ["a", "b", "c"]);
        assert!(query.has("bind") && query.get("bind").is_none());
        assert_eq!(query.get("name"), Some("x y z"));
        assert_eq!(query.get("empty"), None);
        assert_eq!(Query::parse("a=1+2", false).unwrap().get("a"), Some("1+2"));
        assert_eq!(Query::parse("a=%ff", true), None);
        assert_eq!(Query::parse("a=%00", true), None);
    }
}
