//! What has to become of requests that differ from one that works in a single field.

use serde_json::{Value, json};
use vpcd_tests::shapes::Entry;
use vpcd_tests::shapes::request::{self, Fault, Place};
use xtask::shapes::Field;

/// What a request must come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expect {
    /// This row.
    Row(String),
    /// Anything but this row.
    Taken(String),
}

/// One request.
#[derive(Clone, Debug)]
pub struct Probe {
    /// What is special about it.
    pub what: String,
    /// The body, or the value of a parameter of the query.
    pub value: Value,
    /// What it must come to.
    pub expect: Expect,
}

/// The rows of an operation's group.
#[derive(Clone, Debug)]
pub struct Rows {
    pub absent: String,
    pub mistyped: String,
    pub wrong: String,
}

impl Rows {
    fn expect(&self, fault: Option<Fault>, own: Option<String>) -> Expect {
        let row = |usual: &String| own.unwrap_or(usual.clone());
        match fault {
            Some(Fault::Absent) => Expect::Row(row(&self.absent)),
            Some(Fault::Mistyped) => Expect::Row(row(&self.mistyped)),
            Some(Fault::Wrong | Fault::Cased) => Expect::Row(row(&self.wrong)),
            None => Expect::Taken(row(&self.wrong)),
        }
    }
}

/// The probes of all fields of a body.
pub fn body(entry: Entry<'_>, rows: &Rows, whole: &Value) -> Vec<Probe> {
    let variants = request::variants(entry, whole, &repeated).into_iter();
    let probe = |it: request::Variant| Probe {
        expect: rows.expect(it.fault, it.row),
        what: it.what,
        value: it.body,
    };
    variants.map(probe).collect()
}

/// A list in which what the request has stands so many times.
fn repeated(_: Entry<'_>, place: &Place<'_>, count: usize) -> Option<Value> {
    let first = place.present?.get(0)?;
    Some(json!(vec![first; count]))
}

/// The values of a parameter of a query that have to be refused or taken.
pub fn query(rows: &Rows, name: &str, field: &Field) -> Vec<Probe> {
    let texts = request::texts(field).into_iter();
    let mut probes: Vec<Probe> = texts
        .map(|(text, fault)| Probe {
            what: format!("?{name}={text}"),
            value: json!(text),
            expect: rows.expect(fault, field.wrong.clone()),
        })
        .collect();
    if field.required {
        let usual = field.wrong.as_ref().unwrap_or(&rows.wrong);
        probes.push(Probe {
            what: format!("without ?{name}"),
            value: Value::Null,
            expect: Expect::Row(field.absent.as_ref().unwrap_or(usual).clone()),
        });
    }
    probes
}
