//! `limits.rs`: the limits that are plain numbers, as constants.

use std::fmt::Write as _;

use super::head;
use crate::Outcome;
use crate::contract::Contract;

pub(super) fn render(contract: &Contract) -> Outcome<String> {
    let mut out = head(contract, "The limits that are plain numbers", "limits.toml");
    let mut first = true;
    for limit in &contract.limits {
        let Some(value) = limit.value.as_integer() else {
            continue;
        };
        let value = u64::try_from(value).map_err(|_| format!("{}: below zero", limit.name))?;
        if !first {
            out.push('\n');
        }
        first = false;
        let name = limit.name.replace(['.', '-'], "_").to_uppercase();
        let _ = writeln!(
            out,
            "/// {}\npub const {name}: u64 = {};",
            sentence(&limit.doc, &limit.unit),
            grouped(value)
        );
    }
    Ok(out)
}

/// The sentence with its unit in brackets, where it has one that it does not name itself.
fn sentence(doc: &str, unit: &str) -> String {
    match unit {
        "" => doc.to_owned(),
        unit if doc.contains(unit) => doc.to_owned(),
        unit => format!("{} ({unit}).", doc.trim_end_matches('.')),
    }
}

/// `86400` → `86_400`, as clippy wants long literals.
fn grouped(value: u64) -> String {
    let digits = value.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Limit;

    fn limit(name: &str, value: toml::Value) -> Limit {
        Limit {
            name: name.to_owned(),
            value,
            unit: "seconds".to_owned(),
            doc: "How long a token lives.".to_owned(),
        }
    }

    #[test]
    fn numbers_become_constants_and_texts_do_not() {
        let limits = vec![
            limit("token.ttl", toml::Value::Integer(86_400)),
            limit("vpc.ranges", toml::Value::String("10.0.0.0/8".to_owned())),
        ];
        let contract = Contract {
            cloud: "huawei",
            rows: vec![],
            operations: vec![],
            limits,
            shapes: std::collections::BTreeMap::new(),
        };
        let text = render(&contract).expect("a file");
        assert!(text.contains(
            "/// How long a token lives (seconds).\npub const TOKEN_TTL: u64 = 86_400;\n"
        ));
        assert!(!text.contains("RANGES"));
    }
}
