//! The world that requests are tried in, and how operations are gone through.

use serde_json::Value;
use vpcd::cloud::Cloud;
use vpcd_baidu::Handler;
use vpcd_baidu::generated::{errors::ROWS, operations::OPERATIONS};
use vpcd_dialect::{Access, Answer, Operation};
use vpcd_tests::pattern::{Names, fill};
use vpcd_tests::shapes::{Book, Entry};
use vpcd_tests::world::{Actor, Ask, Side, World};

use super::data::{self, Knowledge, Make, Sample};
use super::probe::{Expect, Rows};

/// A world with one of everything.
pub struct Stage {
    pub world: World,
    pub names: Names,
    /// How many requests were judged: all but those that made the world.
    pub asked: usize,
}

/// An answer with the row that it is, where it is a refusal.
pub struct Told {
    pub status: u16,
    pub row: String,
    pub body: Value,
    pub headers: Vec<(&'static str, String)>,
}

impl Stage {
    pub fn new(knowledge: &Knowledge) -> Stage {
        let world = World::without_password(Cloud::ephemeral_for_tests(7).unwrap());
        let names = world.names.clone();
        let mut stage = Stage {
            world,
            names,
            asked: 0,
        };
        stage.make(&knowledge.make);
        stage
    }

    pub fn make(&mut self, all: &[Make]) {
        for make in all {
            let (method, path) = make.request.split_once(' ').unwrap();
            let path = fill(path, &self.names);
            let body = fill(&make.body.to_string(), &self.names);
            let answer = if make.admin {
                let body = serde_json::from_str(&body).unwrap();
                self.world.admin(method, &path, body)
            } else {
                let body = if make.body.is_null() { "" } else { &body };
                let ask = |stage: &mut Stage| match make.other {
                    true => stage.other(method, &path, body),
                    false => Told::of(stage.answer(method, &path, body, &[])),
                };
                let mut told = ask(self);
                if told.status == 409 {
                    // What it needs is on its way.
                    self.world.settle();
                    told = ask(self);
                }
                assert!(
                    told.status < 300,
                    "{}: {} {}",
                    make.request,
                    told.row,
                    told.body
                );
                told.body
            };
            for (name, place) in &make.ids {
                let id = answer.pointer(place).and_then(Value::as_str);
                let id = id.unwrap_or_else(|| panic!("{}: no {place} in {answer}", make.request));
                self.names.insert(name.clone(), id.to_owned());
            }
        }
        self.world.settle();
    }

    pub fn answer(
        &mut self,
        method: &str,
        path: &str,
        body: &str,
        headers: &[(String, String)],
    ) -> Answer {
        let me = self.world.me.clone();
        self.ask(&me, method, path, body, headers)
    }

    pub fn other(&mut self, method: &str, path: &str, body: &str) -> Told {
        let other = self.world.other.clone();
        Told::of(self.ask(&other, method, path, body, &[]))
    }

    pub fn ask(
        &mut self,
        who: &Actor,
        method: &str,
        path: &str,
        body: &str,
        headers: &[(String, String)],
    ) -> Answer {
        let ask = Ask {
            method: method.to_owned(),
            path: path.to_owned(),
            headers: headers.to_vec(),
            body: body.to_owned(),
        };
        let request = self.world.request(Side::Baidu, Some(who), &ask);
        self.world.cloud.baidu.serve(&request)
    }

    pub fn tell(
        &mut self,
        method: &str,
        path: &str,
        body: &str,
        headers: &[(String, String)],
    ) -> Told {
        self.asked += 1;
        Told::of(self.answer(method, path, body, headers))
    }
}

impl Told {
    pub fn of(answer: Answer) -> Told {
        let row = answer.row.unwrap_or_default();
        Told {
            status: answer.reply.status,
            row: row.trim_start_matches("baidu/").to_owned(),
            body: answer.reply.body.unwrap_or(Value::Null),
            headers: answer.reply.headers,
        }
    }
}

/// An operation with all that is known of it.
pub struct Case<'a> {
    pub operation: &'static Operation<Handler>,
    pub entry: Entry<'a>,
    pub sample: &'a Sample,
}

impl Case<'_> {
    pub fn id(&self) -> &str {
        &self.entry.operation.id
    }

    pub fn writes(&self) -> bool {
        self.operation.access == Access::Write
    }

    pub fn rows(&self) -> Rows {
        let own = format!("baidu/{}/BadRequest", self.operation.group);
        let group = match ROWS.iter().any(|row| row.id == own) {
            true => self.operation.group,
            false => "vpc",
        };
        Rows {
            absent: "global/InappropriateJSON".to_owned(),
            mistyped: "global/InappropriateJSON".to_owned(),
            wrong: format!("{group}/BadRequest"),
        }
    }

    /// The path with its query; parameters of `more` take the place of those of the sample.
    pub fn path(&self, names: &Names, more: &[(&str, Option<&str>)]) -> String {
        let mut names = names.clone();
        for (name, value) in &self.sample.params {
            let value = fill(value, &names);
            names.insert(name.clone(), value);
        }
        let path = fill(self.operation.path, &names);
        assert!(
            !path.contains('{'),
            "{}: nothing is known for {path}",
            self.id()
        );
        let query = fill(&self.sample.query, &names);
        let said = query.split('&').filter(|pair| !pair.is_empty());
        let name = |pair: &str| pair.split('=').next().unwrap_or_default().to_owned();
        let mut pairs: Vec<String> = said
            .filter(|pair| !more.iter().any(|(it, _)| *it == name(pair)))
            .map(str::to_owned)
            .collect();
        let said = |flag: &&str| {
            pairs.iter().any(|pair| name(pair) == *flag) || more.iter().any(|(it, _)| it == flag)
        };
        let flag = self.operation.flag.filter(|flag| !said(flag));
        pairs.extend(flag.map(str::to_owned));
        let more = more
            .iter()
            .filter_map(|(name, value)| Some((name, (*value)?)));
        pairs.extend(more.map(|(name, value)| vpcd_dialect::query::pair(name, value)));
        match pairs.is_empty() {
            true => path,
            false => format!("{path}?{}", pairs.join("&")),
        }
    }

    pub fn body(&self, names: &Names) -> Value {
        serde_json::from_str(&fill(&self.sample.body.to_string(), names)).unwrap()
    }
}

pub fn text(body: &Value) -> String {
    match body {
        Value::Null => String::new(),
        body => body.to_string(),
    }
}

/// Goes through all operations and gathers what differs.
pub fn walk(mut check: impl FnMut(&Knowledge, &Case<'_>, &mut Vec<String>)) {
    let (book, knowledge) = (Book::read("baidu").unwrap(), data::knowledge());
    let only = std::env::var("VPCD_SHAPES").unwrap_or_default();
    let nothing = Sample::default();
    let mut found = Vec::new();
    for entry in book.entries() {
        let id = &entry.operation.id;
        if !id.contains(&only) {
            continue;
        }
        let operation = OPERATIONS.iter().find(|it| it.id == id);
        let case = Case {
            operation: operation.unwrap_or_else(|| panic!("{id} is not served")),
            entry,
            sample: knowledge.calls.get(id).unwrap_or(&nothing),
        };
        check(&knowledge, &case, &mut found);
    }
    assert!(
        found.is_empty(),
        "{} differ:\n{}",
        found.len(),
        found.join("\n")
    );
}

pub fn judge(case: &Case<'_>, what: &str, expect: &Expect, told: &Told, found: &mut Vec<String>) {
    let fits = match expect {
        Expect::Row(row) => told.row == *row,
        Expect::Taken(row) => {
            told.status < 500 && told.row != *row && told.row != "global/InappropriateJSON"
        }
    };
    if !fits {
        let (name, status, row) = (case.id(), told.status, &told.row);
        found.push(format!("{name}: {what}: {status} {row}, not {expect:?}"));
    }
}
