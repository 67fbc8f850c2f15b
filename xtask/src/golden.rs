//! Golden cases as text: which row a case proves, and what its steps ask and expect.
//!
//! The runner in `tests/` plays the cases; this reads only what the ledger needs.

use serde_json::Value;

use crate::Outcome;

const METHODS: [&str; 6] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/// How a case provokes its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Via {
    /// By a condition that also arises without tests.
    Condition,
    /// By the fault plan, because there is no such condition.
    Fault,
}

impl Via {
    /// The word for it in cases and in the ledger.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Via::Condition => "condition",
            Via::Fault => "fault",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Via> {
        [Via::Condition, Via::Fault]
            .into_iter()
            .find(|via| via.word() == word)
    }
}

/// One request to a cloud's listener and the answer that it expects.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// HTTP method.
    pub method: String,
    /// Path and query as written, placeholders included.
    pub target: String,
    /// Expected status.
    pub status: u16,
    /// Expected body, `None` when the case does not look at it.
    pub body: Option<Value>,
}

/// One golden case.
#[derive(Clone, Debug)]
pub struct Case {
    /// Path below the repository's root: `tests/golden/<cloud>/<service>/<operation>/<case>.http`.
    pub path: String,
    /// Error row that the last answer proves.
    pub row: Option<String>,
    /// How it is provoked.
    pub via: Via,
    /// The requests to the cloud, in order; steps of the operator are left out.
    pub steps: Vec<Step>,
}

impl Case {
    /// One part of the path below `tests/golden/`: 0 the cloud, 1 the service, 2 the operation.
    #[must_use]
    pub fn folder(&self, index: usize) -> &str {
        self.path.split('/').nth(index + 2).unwrap_or("")
    }
}

/// Reads a case.
///
/// # Errors
/// When a header is unknown, a fault has no reason, or an expectation cannot be read.
pub fn parse(path: &str, text: &str) -> Outcome<Case> {
    let mut case = Case {
        path: path.to_owned(),
        row: None,
        via: Via::Condition,
        steps: Vec::new(),
    };
    let mut why = false;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next_if(|line| !line.starts_with(['>', '<'])) {
        let (key, value) = match line.split_once(':') {
            _ if line.starts_with('#') || line.trim().is_empty() => continue,
            Some((key, value)) => (key.trim(), value.trim()),
            None => return Err(format!("{path}: {line} is no header").into()),
        };
        match key {
            "row" => case.row = Some(value.to_owned()),
            "via" => case.via = Via::parse(value).ok_or(format!("{path}: no via {value}"))?,
            "why" => why = !value.is_empty(),
            other => return Err(format!("{path}: no header {other}").into()),
        }
    }
    if case.via == Via::Fault && !why {
        return Err(format!("{path}: a fault needs a why").into());
    }
    for block in blocks(lines) {
        case.steps.extend(step(path, &block)?);
    }
    Ok(case)
}

/// The lines of one step: the request's, its body, the expectation's, its body.
#[derive(Default)]
struct Block<'a> {
    request: Vec<&'a str>,
    expected: Vec<&'a str>,
    body: String,
}

/// Cuts the steps apart: one begins at each `>` line that does not follow another.
fn blocks<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<Block<'a>> {
    let mut out: Vec<Block<'a>> = Vec::new();
    let mut before = "";
    for line in lines {
        if let Some(rest) = line.strip_prefix('>') {
            if !before.starts_with('>') {
                out.push(Block::default());
            }
            if let Some(block) = out.last_mut() {
                block.request.push(rest.trim());
            }
        } else if let Some(block) = out.last_mut() {
            if let Some(rest) = line.strip_prefix('<') {
                block.expected.push(rest.trim());
            } else if !block.expected.is_empty() && !line.starts_with('#') {
                block.body.push_str(line);
                block.body.push('\n');
            }
        }
        before = line;
    }
    out
}

fn step(path: &str, block: &Block<'_>) -> Outcome<Option<Step>> {
    let request = block.request.iter().find_map(|line| {
        let (method, target) = line.split_once(' ')?;
        METHODS
            .contains(&method)
            .then(|| (method.to_owned(), target.trim().to_owned()))
    });
    let (Some((method, target)), Some(status)) = (request, block.expected.first()) else {
        return Ok(None);
    };
    let status = status
        .parse()
        .map_err(|_| format!("{path}: {status} is no status"))?;
    let body = match block.body.trim() {
        "" => None,
        text => Some(serde_json::from_str(text).map_err(|e| {
            format!("{path}: the answer expected of {method} {target} is not JSON: {e}")
        })?),
    };
    Ok(Some(Step {
        method,
        target,
        status,
        body,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASE: &str = "# A name is free once.\n\
        row: huawei/vpc/create_vpc/VPC.0115\n\
        \n\
        > admin PUT /admin/v1/conditions/x\n\
        {\"scope\": \"*\"}\n\
        < 200\n\
        \n\
        > clock +3600\n\
        \n\
        > POST /v1/{project}/vpcs?dry=1\n\
        > as: other\n\
        {\"vpc\": {\"name\": \"a\"}}\n\
        < 400\n\
        < X-Request-Id: *\n\
        {\n  \"code\": \"VPC.0115\",\n  \"message\": \"The router name has exist.\"\n}\n";

    #[test]
    fn reads_headers_and_the_requests_to_the_cloud() {
        let case = parse("tests/golden/huawei/vpc/create_vpc/a.http", CASE).expect("a case");
        assert_eq!(case.row.as_deref(), Some("huawei/vpc/create_vpc/VPC.0115"));
        assert_eq!(case.via, Via::Condition);
        assert_eq!((case.folder(0), case.folder(2)), ("huawei", "create_vpc"));
        assert_eq!(case.steps.len(), 1);
        assert_eq!(case.steps[0].method, "POST");
        assert_eq!(case.steps[0].target, "/v1/{project}/vpcs?dry=1");
        assert_eq!(case.steps[0].status, 400);
        assert_eq!(
            case.steps[0].body.as_ref().expect("a body")["code"],
            "VPC.0115"
        );
    }

    #[test]
    fn a_case_may_begin_with_its_first_step() {
        let case =
            parse("a", "> GET /v1/{project}/vpcs\n< 200\n\n> GET /\n< 200\n").expect("a case");
        assert_eq!((case.row, case.steps.len()), (None, 2));
    }

    #[test]
    fn a_fault_needs_a_reason() {
        assert!(parse("a", "row: x\nvia: fault\n\n> GET /\n< 500\n").is_err());
        let case = parse(
            "a",
            "row: x\nvia: fault\nwhy: no such state\n\n> GET /\n< 500\n",
        );
        assert_eq!(case.expect("a case").via, Via::Fault);
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        assert!(parse("a", "rwo: x\n\n> GET /\n< 200\n").is_err());
        assert!(parse("a", "\n> GET /\n< 200\n{\"a\": }\n").is_err());
        assert!(parse("a", "\n> GET /\n< twice\n").is_err());
    }
}
