//! Expected JSON with holes: `"*"` matches anything, `"{=name}"` captures, a `"..."` key or item allows more.

use std::collections::BTreeMap;

use serde_json::Value;

/// Captured and predefined values by name.
pub type Names = BTreeMap<String, String>;

/// Replaces `{name}` by its value wherever the name is known.
pub fn fill(text: &str, names: &Names) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let tail = &rest[open..];
        let named = tail[1..]
            .split_once('}')
            .and_then(|(name, after)| Some((names.get(name)?, after)));
        match named {
            Some((value, after)) => {
                out.push_str(value);
                rest = after;
            }
            None => {
                out.push('{');
                rest = &tail[1..];
            }
        }
    }
    out + rest
}

/// Compares; what differs first, as a path and a reason.
pub fn compare(want: &Value, have: &Value, names: &mut Names, path: &str) -> Result<(), String> {
    match (want, have) {
        (Value::String(text), _) if text == "*" => Ok(()),
        (Value::String(text), Value::String(have)) => same_text(text, have, names, path),
        (Value::Object(want), Value::Object(have)) => {
            for (key, value) in want.iter().filter(|(key, _)| *key != "...") {
                let inside = format!("{path}.{key}");
                let found = have
                    .get(key)
                    .ok_or_else(|| format!("{inside} is missing"))?;
                compare(value, found, names, &inside)?;
            }
            match have.keys().find(|key| !want.contains_key(*key)) {
                Some(extra) if !want.contains_key("...") => {
                    Err(format!("{path}.{extra} was not expected"))
                }
                _ => Ok(()),
            }
        }
        (Value::Array(want), Value::Array(have)) => {
            let open = want.last().is_some_and(|last| last == "...");
            let fixed = if open {
                &want[..want.len() - 1]
            } else {
                &want[..]
            };
            if have.len() < fixed.len() || (!open && have.len() != fixed.len()) {
                return Err(format!(
                    "{path} has {} items, not {}",
                    have.len(),
                    fixed.len()
                ));
            }
            for (at, (want, have)) in fixed.iter().zip(have).enumerate() {
                compare(want, have, names, &format!("{path}[{at}]"))?;
            }
            Ok(())
        }
        (want, have) if want == have => Ok(()),
        (want, have) => Err(format!("{path} is {have}, not {want}")),
    }
}

/// Compares a text that may capture: `{=name}` as a whole.
pub fn same_text(want: &str, have: &str, names: &mut Names, path: &str) -> Result<(), String> {
    if want == "*" {
        return Ok(());
    }
    if let Some(name) = want
        .strip_prefix("{=")
        .and_then(|rest| rest.strip_suffix('}'))
    {
        names.insert(name.to_owned(), have.to_owned());
        return Ok(());
    }
    let filled = fill(want, names);
    if filled == have {
        Ok(())
    } else {
        Err(format!("{path} is {have:?}, not {filled:?}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(want: Value, have: Value) -> Result<Names, String> {
        let mut names = Names::new();
        compare(&want, &have, &mut names, "$").map(|()| names)
    }

    #[test]
    fn holes_and_captures() {
        let names = check(
            json!({"id": "{=id}", "n": 1, "...": "*"}),
            json!({"id": "x", "n": 1, "more": []}),
        )
        .unwrap();
        assert_eq!(names["id"], "x");
        assert!(check(json!({"a": 1}), json!({"a": 1, "b": 2})).is_err());
        assert!(check(json!({"a": 1}), json!({})).is_err());
        assert!(check(json!([1, "..."]), json!([1, 2, 3])).is_ok());
        assert!(check(json!([1]), json!([1, 2])).is_err());
        assert!(check(json!("a"), json!("b")).is_err());
        assert!(check(json!("*"), json!({"any": "thing"})).is_ok());
    }

    #[test]
    fn names_are_filled_in() {
        let names = Names::from([("vpc".into(), "1".into())]);
        assert_eq!(fill("/v1/{vpc}/{unknown}/{", &names), "/v1/1/{unknown}/{");
    }
}
