//! What a subcommand asks of the server, and how its answer is shown.

use serde_json::Value;
use vpcd_auth::encode;

use super::Failure;
use super::table;

/// A verb of a noun; the default one shows what there is.
pub(super) trait Verb: Default {
    /// The request that it stands for.
    fn call(self) -> Result<Call, Failure>;
}

/// One request.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) method: &'static str,
    /// Below `/admin/v1/`, encoded.
    pub(super) path: String,
    pub(super) body: Option<Value>,
    pub(super) show: Show,
}

/// How an answer is shown to people.
#[derive(Debug)]
pub(super) enum Show {
    /// The rows of the answer's list: heading and field of each column.
    Table(&'static [(&'static str, &'static str)]),
    /// The fields of the answer, one a line.
    Card,
    /// A sentence.
    Done(String),
}

impl Show {
    /// The text for an answer.
    pub(super) fn text(self, answer: &Value) -> String {
        match self {
            Show::Table(columns) => {
                let rows = answer
                    .as_object()
                    .and_then(|fields| fields.values().find_map(Value::as_array));
                table::rows(columns, rows.map_or(&[][..], Vec::as_slice))
            }
            Show::Card => table::card(answer),
            Show::Done(sentence) => table::clean(&sentence) + "\n",
        }
    }
}

impl Call {
    pub(super) fn list(path: &str, columns: &'static [(&'static str, &'static str)]) -> Call {
        Call {
            method: "GET",
            path: path.to_owned(),
            body: None,
            show: Show::Table(columns),
        }
    }

    pub(super) fn card(method: &'static str, path: String, body: Option<Value>) -> Call {
        Call {
            method,
            path,
            body,
            show: Show::Card,
        }
    }

    pub(super) fn done(
        method: &'static str,
        path: String,
        body: Option<Value>,
        done: String,
    ) -> Call {
        Call {
            method,
            path,
            body,
            show: Show::Done(done),
        }
    }
}

/// A path of the segments, each encoded.
pub(super) fn path(segments: &[&str]) -> String {
    let encoded: Vec<String> = segments
        .iter()
        .map(|segment| encode(segment.as_bytes()))
        .collect();
    encoded.join("/")
}

/// An object of the fields that are there.
pub(super) fn object<const N: usize>(fields: [(&str, Value); N]) -> Option<Value> {
    let there = fields.into_iter().filter(|(_, value)| !value.is_null());
    Some(
        there
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}
