//! `vpcd errors CODE`: what an error code means, from the catalogue that this program answers from.

use serde_json::json;
use vpcd_dialect::Row;

use super::{Failure, pretty};
use crate::admin::{explained, rows};

/// Similar codes that are proposed at most.
const PROPOSALS: usize = 5;

/// Which code.
#[derive(Debug, clap::Args)]
pub struct Errors {
    /// Such as VPC.0101, VPN.0509 or Subnet.InvalidCidr, or the id of a row
    code: String,
    /// Only this cloud's
    #[arg(long, value_parser = ["huawei", "baidu"])]
    cloud: Option<String>,
}

impl Errors {
    /// Every row of the code, or the codes that look like it.
    pub(super) fn run(self, as_json: bool) -> Result<String, Failure> {
        let known: Vec<_> = rows()
            .filter(|(cloud, _)| self.cloud.as_deref().is_none_or(|wanted| wanted == *cloud))
            .collect();
        let found: Vec<_> = known
            .iter()
            .filter(|(_, row)| row.code.eq_ignore_ascii_case(&self.code) || row.id == self.code)
            .collect();
        if found.is_empty() {
            let near = near(&self.code, known.iter().map(|(_, row)| row.code));
            let hint = (!near.is_empty()).then(|| format!("close to it: {}", near.join(", ")));
            return Err(Failure::Refused(
                format!("no error code is called {}", self.code),
                hint,
            ));
        }
        if as_json {
            let rows: Vec<_> = found
                .iter()
                .map(|(cloud, row)| explained(cloud, row))
                .collect();
            return Ok(pretty(&json!({"errors": rows})));
        }
        Ok(found
            .iter()
            .map(|(cloud, row)| page(cloud, row))
            .collect::<Vec<String>>()
            .join("\n"))
    }
}

fn page(cloud: &str, row: &Row) -> String {
    let statuses: Vec<String> = row.status.iter().map(u16::to_string).collect();
    let mut text = format!(
        "{}  {}  {cloud} {}\n",
        row.code,
        statuses.join(" or "),
        row.service
    );
    for (name, value) in [
        ("message", row.message),
        ("raised", row.when),
        ("do", row.fix),
        ("group", row.group),
        ("row", row.id),
    ] {
        if !value.is_empty() {
            text += &format!("  {name:<9}{value}\n");
        }
    }
    text
}

/// The codes that look most like the word, each once.
fn near<'a>(word: &str, codes: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let word = word.to_lowercase();
    // Nothing on the command line is that long by mistake.
    if word.chars().count() > 64 {
        return Vec::new();
    }
    let far = word.chars().count().div_ceil(3).max(2);
    let mut near: Vec<(usize, &str)> = codes
        .filter_map(|code| {
            let lower = code.to_lowercase();
            let part = word.len() > 2 && lower.contains(&word);
            let distance = match part {
                true => 0,
                // Digits in the wrong order are the likeliest slip.
                false if sorted(&word) == sorted(&lower) => 1,
                false => distance(&word, &lower),
            };
            (distance <= far).then_some((distance, code))
        })
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter()
        .take(PROPOSALS)
        .map(|(_, code)| code)
        .collect()
}

fn sorted(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters
}

/// How many letters must be put in, taken out or changed to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut costs: Vec<usize> = (0..=b.len()).collect();
    for (row, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut costs[0], row + 1);
        for (column, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != *y);
            diagonal = costs[column + 1];
            costs[column + 1] = change.min(diagonal + 1).min(costs[column] + 1);
        }
    }
    costs[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn explain(code: &str, cloud: Option<&str>) -> Result<String, Failure> {
        Errors {
            code: code.to_owned(),
            cloud: cloud.map(str::to_owned),
        }
        .run(false)
    }

    #[test]
    fn every_row_of_the_catalogue_is_found_by_its_code_and_by_its_id() {
        for (cloud, row) in rows() {
            assert!(
                explain(row.code, Some(cloud)).unwrap().contains(row.id),
                "{}",
                row.id
            );
            assert!(
                explain(row.id, None).unwrap().contains(row.code),
                "{}",
                row.id
            );
        }
    }

    #[test]
    fn a_code_is_explained_whatever_its_case() {
        let text = explain("vpn.0509", None).unwrap();
        for part in ["VPN.0509  ", "message", "raised", "do  "] {
            assert!(text.contains(part), "{text}");
        }
        assert!(explain("VPN.0509", Some("baidu")).is_err());
    }

    #[test]
    fn an_unknown_code_names_its_neighbours() {
        let Err(Failure::Refused(_, Some(hint))) = explain("VPN.0590", None) else {
            panic!("no hint")
        };
        assert!(hint.contains("VPN.0509"), "{hint}");
        assert_eq!(explain("qqqqqqqqqqqqqqqqqq", None).unwrap_err().code(), 1);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "ab"), 2);
    }
}
