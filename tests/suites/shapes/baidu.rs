//! Baidu: a request of each operation that works is varied in a world with one of everything; each fault gets the row
//! that the contract names. Besides, what lists are narrowed to; flags, tokens, versions and pages.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

#[path = "baidu/data.rs"]
mod data;
#[path = "baidu/probe.rs"]
mod probe;
#[path = "baidu/stage.rs"]
mod stage;

use std::cell::{Cell, RefCell};

use data::Filter;
use probe::Expect;
use serde_json::{Value, json};
use stage::{Case, Stage, Told, judge, text, walk};
use vpcd_tests::pattern::{Names, fill};
use vpcd_tests::shapes::answer::Seen;
use xtask::shapes::Exchange;

/// Parameters of pages, which have a test of their own.
const PAGE: [&str; 2] = ["marker", "maxKeys"];
const TOKEN: &str = "clientToken";

#[test]
fn a_field_that_is_wrong_gets_its_row() {
    let stage = RefCell::new(Stage::new(&data::knowledge()));
    walk(|_, case, found| {
        let stage = &mut *stage.borrow_mut();
        let (method, rows) = (case.operation.method, case.rows());
        let body = case.body(&stage.names);
        let path = case.path(&stage.names, &[]);
        if !case.entry.exchange.request.is_empty() {
            assert!(body.is_object(), "{}: no body is known", case.id());
            for it in probe::body(case.entry, &rows, &body) {
                let unread = &case.sample.unread;
                let read = !unread.iter().any(|begin| it.what.starts_with(begin));
                if read && matches!(it.expect, Expect::Row(_)) {
                    let told = stage.tell(method, &path, &it.value.to_string(), &[]);
                    judge(case, &it.what, &it.expect, &told, found);
                }
            }
            for (broken, row) in [
                ("{", "global/MalformedJSON"),
                ("[]", "global/InappropriateJSON"),
            ] {
                let told = stage.tell(method, &path, broken, &[]);
                judge(case, broken, &Expect::Row(row.to_owned()), &told, found);
            }
        }
        for (name, field) in &case.entry.exchange.query {
            for it in probe::query(&rows, name, field) {
                if matches!(it.expect, Expect::Row(_)) {
                    let path = case.path(&stage.names, &[(name, it.value.as_str())]);
                    let told = stage.tell(method, &path, &text(&body), &[]);
                    judge(case, &it.what, &it.expect, &told, found);
                }
            }
        }
    });
    println!(
        "{} requests: a field that is wrong gets its row",
        stage.borrow().asked
    );
}

#[test]
fn a_field_at_its_limit_is_taken() {
    let mut asked = 0;
    // What changes nothing needs no world of its own.
    let mut shared = Stage::new(&data::knowledge());
    walk(|knowledge, case, found| {
        let (method, rows) = (case.operation.method, case.rows());
        let taken = |probes: Vec<probe::Probe>| -> Vec<probe::Probe> {
            probes
                .into_iter()
                .filter(|it| matches!(it.expect, Expect::Taken(_)))
                .collect()
        };
        let queries = case
            .entry
            .exchange
            .query
            .iter()
            .map(|(name, field)| (name, taken(probe::query(&rows, name, field))));
        let queries: Vec<_> = queries.filter(|(_, probes)| !probes.is_empty()).collect();
        let has_limits = !taken(probe::body(case.entry, &rows, &case.sample.body)).is_empty();
        if queries.is_empty() && !has_limits {
            return;
        }
        let staged = || {
            let mut stage = Stage::new(knowledge);
            stage.make(&case.sample.before);
            stage
        };
        let mut own = case.writes().then(staged);
        let stage = own.as_mut().unwrap_or(&mut shared);
        let before = stage.asked;
        let body = case.body(&stage.names);
        let path = case.path(&stage.names, &[]);
        let tried = |it: &probe::Probe| {
            let mut skip = case.sample.skip.iter().chain(&case.sample.unread);
            !skip.any(|begin| it.what.starts_with(begin))
        };
        let bodies = taken(probe::body(case.entry, &rows, &body));
        for it in bodies.into_iter().filter(tried) {
            if case.sample.fresh {
                asked += stage.asked;
                *stage = staged();
            }
            let told = stage.tell(method, &path, &it.value.to_string(), &[]);
            judge(case, &it.what, &it.expect, &told, found);
        }
        for (name, probes) in queries {
            for it in probes.into_iter().filter(tried) {
                if case.sample.fresh {
                    asked += stage.asked;
                    *stage = staged();
                }
                let path = case.path(&stage.names, &[(name, it.value.as_str())]);
                let told = stage.tell(method, &path, &text(&body), &[]);
                judge(case, &it.what, &it.expect, &told, found);
            }
        }
        asked += stage.asked - before;
    });
    println!("{asked} requests at limits");
}

#[test]
fn an_answer_has_its_fields_and_a_token_repeats_it() {
    let shared = RefCell::new(Stage::new(&data::knowledge()));
    let asked = Cell::new(0);
    let seen = RefCell::new(Seen::default());
    walk(|knowledge, case, found| {
        // What changes nothing needs no world of its own.
        let mut own = case.writes().then(|| Stage::new(knowledge));
        let mut shared = shared.borrow_mut();
        let stage = own.as_mut().unwrap_or(&mut shared);
        stage.make(&case.sample.before);
        let name = case.id();
        let (method, body) = (case.operation.method, text(&case.body(&stage.names)));
        let token = "t".repeat(64);
        let token = case.writes().then_some(token.as_str());
        let path = case.path(&stage.names, &[(TOKEN, token)]);
        let told = stage.tell(method, &path, &body, &[]);
        if told.status != case.operation.status {
            found.push(format!(
                "{name}: {} {} {}",
                told.status, told.row, told.body
            ));
            return;
        }
        let shown = Some(&told.body).filter(|it| !it.is_null());
        seen.borrow_mut().judge(case.entry, told.status, shown);
        let shows = method == "GET" && case.operation.path.ends_with('}');
        if shows && !told.headers.iter().any(|(name, _)| *name == "ETag") {
            found.push(format!("{name} has no ETag"));
        }
        asked.set(asked.get() + if case.writes() { 4 } else { 1 });
        if !case.writes() {
            return;
        }
        stage.world.settle();
        let again = stage.tell(method, &path, &body, &[]);
        if (again.status, &again.body) != (told.status, &told.body) {
            found.push(format!(
                "{name} again: {} {} {}",
                again.status, again.row, again.body
            ));
        }
        let mismatch = Expect::Row("global/IdempotentParameterMismatch".to_owned());
        let other = stage.tell(method, &format!("{path}&x=1"), &body, &[]);
        judge(case, "a token with another query", &mismatch, &other, found);
        let other = stage.tell(method, &path, &format!("{body} "), &[]);
        judge(case, "a token with another body", &mismatch, &other, found);
    });
    let seen = seen.into_inner();
    println!(
        "{} requests: {} values of answers judged",
        asked.get(),
        seen.judged
    );
    let flaws: Vec<&str> = seen.wrong.iter().map(String::as_str).collect();
    assert!(flaws.is_empty(), "{}", flaws.join("\n"));
}

#[test]
fn a_token_and_a_version_are_judged() {
    let stage = RefCell::new(Stage::new(&data::knowledge()));
    walk(|_, case, found| {
        let stage = &mut *stage.borrow_mut();
        if !case.writes() {
            return;
        }
        let (method, body) = (case.operation.method, text(&case.body(&stage.names)));
        let wrong = Expect::Row(case.rows().wrong);
        for token in ["t".repeat(65), "é".to_owned()] {
            let path = case.path(&stage.names, &[(TOKEN, Some(&token))]);
            let told = stage.tell(method, &path, &body, &[]);
            judge(case, &token, &wrong, &told, found);
        }
        let names_one = method != "POST" && case.operation.path.contains('{');
        if names_one {
            let path = case.path(&stage.names, &[]);
            let stale = ("If-Match".to_owned(), "\"999999\"".to_owned());
            let told = stage.tell(method, &path, &body, &[stale]);
            let row = Expect::Row("global/PreconditionFailed".to_owned());
            judge(case, "another version", &row, &told, found);
        }
    });
    println!(
        "{} requests: a token and a version are judged",
        stage.borrow().asked
    );
}

#[test]
fn a_flag_may_be_spelt_as_clients_do() {
    let stage = RefCell::new(Stage::new(&data::knowledge()));
    walk(|_, case, found| {
        let stage = &mut *stage.borrow_mut();
        let Some(flag) = case.operation.flag.filter(|flag| !flag.contains('=')) else {
            return;
        };
        let path = case.path(&stage.names, &[]);
        let bare = path.split('?').next().unwrap_or_default();
        for spelling in ["", "=", "=true", "=%20", "=&clientToken=t", "&x="] {
            stage.asked += 1;
            let answer = stage.answer(
                case.operation.method,
                &format!("{bare}?{flag}{spelling}"),
                "{",
                &[],
            );
            if answer.operation != case.operation.name {
                found.push(format!(
                    "{}: ?{flag}{spelling} is {}",
                    case.id(),
                    answer.operation
                ));
            }
        }
    });
    println!(
        "{} requests: a flag may be spelt as clients do",
        stage.borrow().asked
    );
}

/// The items of a list, and what they are called.
fn items<'a>(exchange: &Exchange, body: &'a Value) -> (&'a [Value], String) {
    let mut fields = exchange.response.iter();
    let list = fields.find(|(_, field)| field.item().1);
    let name = list.map(|(name, _)| name.clone()).unwrap_or_default();
    let items = body[&name].as_array().map(Vec::as_slice);
    (items.unwrap_or_default(), name)
}

#[test]
fn pages_join() {
    let stage = RefCell::new(Stage::new(&data::knowledge()));
    walk(|_, case, found| {
        let stage = &mut *stage.borrow_mut();
        if !case.entry.exchange.query.contains_key(PAGE[0]) {
            return;
        }
        let whole = stage.tell("GET", &case.path(&stage.names, &[]), "", &[]);
        let (all, _) = items(case.entry.exchange, &whole.body);
        if all.len() < 2 {
            found.push(format!("{}: {} items are too few", case.id(), all.len()));
        }
        let (mut seen, mut marker) = (Vec::new(), None::<String>);
        while seen.len() <= all.len() {
            let path = case.path(
                &stage.names,
                &[(PAGE[0], marker.as_deref()), (PAGE[1], Some("1"))],
            );
            let page = stage.tell("GET", &path, "", &[]);
            let (part, _) = items(case.entry.exchange, &page.body);
            seen.extend(part.to_vec());
            let next = page.body["nextMarker"].as_str().map(str::to_owned);
            if part.len() > 1
                || page.body["isTruncated"] != json!(next.is_some())
                || page.body["maxKeys"] != 1
            {
                found.push(format!("{}: a page of one is {}", case.id(), page.body));
            }
            marker = next;
            if marker.is_none() {
                break;
            }
        }
        if seen != all {
            found.push(format!(
                "{}: pages make {} of {}",
                case.id(),
                json!(seen),
                json!(all)
            ));
        }
        let wrong = Expect::Row(case.rows().wrong);
        for marker in [
            "{unknown}",
            "vpc-000000000000",
            "stale",
            "{eniId}",
            "{haVipId}",
            "{securityGroupId}",
            "{enterpriseSecurityGroupId}",
            "{ipSetId}",
            "{ipGroupId}",
            "{snatRuleId}",
            "{dnatRuleId}",
            "{vpcTwo}",
            "{subnetTwo}",
            "{eipNat}",
        ] {
            let marker = fill(marker, &stage.names);
            if all.iter().any(|it| it.to_string().contains(&marker)) {
                continue;
            }
            let told = stage.tell(
                "GET",
                &case.path(&stage.names, &[(PAGE[0], Some(&marker))]),
                "",
                &[],
            );
            judge(case, &format!("marker {marker}"), &wrong, &told, found);
        }
    });
    println!("{} requests: pages join", stage.borrow().asked);
}

fn left(case: &Case<'_>, filter: &Filter, told: &Told, names: &Names) -> Result<(), String> {
    if let Some(row) = &filter.row {
        return match told.row == *row {
            true => Ok(()),
            false => Err(format!("{} {}, not {row}", told.status, told.row)),
        };
    }
    let (mut all, name) = items(case.entry.exchange, &told.body);
    // What is no list is its own item.
    if name.is_empty()
        || ["isTruncated", "totalCount"]
            .iter()
            .all(|it| !case.entry.exchange.response.contains_key(*it) && filter.count.is_none())
    {
        all = std::slice::from_ref(&told.body);
    }
    let fits = |item: &Value| {
        filter.items.iter().all(|(key, value)| {
            let value: Value = serde_json::from_str(&fill(&value.to_string(), names)).unwrap();
            item[key] == value
        })
    };
    let enough = match filter.count {
        Some(count) => all.len() == count,
        None => !all.is_empty(),
    };
    match told.status < 300 && enough && all.iter().all(fits) {
        true => Ok(()),
        false => Err(format!("{} {name}: {}", told.status, told.body)),
    }
}

#[test]
fn lists_are_narrowed() {
    let stage = RefCell::new(Stage::new(&data::knowledge()));
    walk(|knowledge, case, found| {
        let stage = &mut *stage.borrow_mut();
        if case.operation.method != "GET" {
            return;
        }
        let none = Vec::new();
        let filters = knowledge.filters.get(case.id()).unwrap_or(&none);
        let parameters = case.entry.exchange.query.keys();
        for name in parameters.filter(|it| !PAGE.contains(&it.as_str())) {
            let named = |filter: &Filter| {
                filter
                    .query
                    .split('&')
                    .any(|pair| pair.split('=').next() == Some(name))
            };
            if !filters.iter().any(named) {
                found.push(format!("{}: no filter tries {name}", case.id()));
            }
        }
        let path = case.path(&stage.names, &[]);
        let bare = path.split('?').next().unwrap_or_default().to_owned();
        for filter in filters {
            let query = fill(&filter.query, &stage.names);
            let told = stage.tell("GET", &format!("{bare}?{query}"), "", &[]);
            if let Err(flaw) = left(case, filter, &told, &stage.names) {
                found.push(format!("{}: ?{query}: {flaw}", case.id()));
            }
        }
    });
    println!("{} requests: lists are narrowed", stage.borrow().asked);
}
