//! Huawei: the requests of golden cases that succeed are varied, and all answers to golden cases are held against their
//! shapes.

#[path = "huawei/items.rs"]
mod items;
#[path = "huawei/lists.rs"]
mod lists;
#[path = "huawei/right.rs"]
mod right;
#[path = "huawei/steps.rs"]
mod steps;
#[path = "huawei/tokens.rs"]
mod tokens;
#[path = "huawei/wrong.rs"]
mod wrong;

use std::path::Path;

use serde_json::{Value, json};
use vpcd_tests::case::{Case, files};
use vpcd_tests::shapes::{Book, answer};
use vpcd_tests::world::{Ask, Side, World};

/// Collections below a project, with the name that one of their items has in a request.
const COLLECTIONS: [(&str, &str); 7] = [
    ("vpn-gateways", "vpn_gateway"),
    ("customer-gateways", "customer_gateway"),
    ("vpn-connection", "vpn_connection"),
    ("connection-monitors", ""),
    ("p2c-vpn-gateways", "p2c_vpn_gateway"),
    ("vpn-servers", ""),
    ("vpn-gateway-certificates", ""),
];

/// Fields that no answer has: no upgrade here fails, and a certificate comes after its gateway.
const NEVER: [&str; 3] = [
    "Job.error_message",
    "SubJob.error_message",
    "CreateResponseVpnGateway.certificate_id",
];

/// Words that a case teaches its world: a flavor and a sort of address of the operator's.
const TAUGHT: [&str; 2] = ["\"Tiny\"", "\"5_tiny\""];

/// Values that are taken though the vendor's contract has them refused, because clients send them.
const TAKEN: [&str; 3] = [
    // The number of a customer gateway that is known by name means nothing, and is sent as 0.
    "CreateCgw.customer_gateway.bgp_asn below",
    // A flag of a filter is read from a text too.
    ".without_any_tag is \"true\"",
    // Some clients leave out values that are empty.
    ".tags.value lacks",
];

/// Values that the contract names but that no request alone can bring, or that are shown as another, and why.
const SPECIAL: [(&str, &str); 15] = [
    (
        "BatchCreateVpnConnection.",
        "two must differ; one of them is as in CreateVpnConnection",
    ),
    ("flavor is \"Professional3", "no default region has it"),
    ("flavor is \"V300\"", "shown as Professional1"),
    ("flavor is \"V1G\"", "shown as Professional2"),
    ("policy_rules most items", "the server gives the index"),
    ("policy_rules_v6 most items", "the server gives the index"),
    ("rule_index", "the server gives it"),
    (
        "client_ca_certificates most items",
        "needs ten certificates",
    ),
    (
        "UpdatePostpaidVgwSpecification.vpn_gateway.flavor",
        "rows of its own",
    ),
    (
        "UpdateVpnConnection.vpn_connection.ikepolicy.local_id_type",
        "needs an id",
    ),
    (
        "UpdateVpnConnection.vpn_connection.ikepolicy.peer_id_type",
        "needs an id",
    ),
    (
        "UpdateVpnConnection.vpn_connection.policy_rules",
        "needs a policy",
    ),
    ("UpgradeVpnGateway", "one action after the other"),
    ("UpgradeP2cVpnGateway", "one action after the other"),
    ("UpdateVpnUserPassword", "changes what it must know"),
];

fn special(what: &str) -> bool {
    SPECIAL.iter().any(|(known, _)| what.contains(known))
}

/// Every case of the services whose shapes are told.
fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/huawei/vpn");
    let all = files(&root);
    all.iter()
        .filter_map(|path| Case::read(path).ok())
        .collect()
}

fn none(of: impl IntoIterator<Item = String>) {
    let all: Vec<String> = of.into_iter().collect();
    assert!(all.is_empty(), "{}:\n{}", all.len(), all.join("\n"));
}

/// Lists, shows and changes whatever is there.
fn read_all(world: &mut World) {
    let me = world.me.clone();
    for (path, wrapper) in COLLECTIONS {
        let path = format!("/v5/{}/{path}", me.project);
        let (_, body) = steps::get(world, Some(&me), &path);
        let lists = body.as_object().into_iter().flat_map(|it| it.values());
        let items: Vec<Value> = lists
            .filter_map(Value::as_array)
            .flatten()
            .cloned()
            .collect();
        for item in items {
            let path = format!("{path}/{}", item["id"].as_str().unwrap_or_default());
            steps::get(world, Some(&me), &path);
            let ask = Ask {
                method: "PUT".into(),
                path,
                ..Ask::default()
            };
            if !wrapper.is_empty() {
                steps::send(world, Some(&me), &ask, &json!({wrapper: {"name": "again"}}));
                world.settle();
            }
        }
    }
}

#[test]
fn answers_have_the_fields_that_are_told() {
    let book = Book::read("huawei").unwrap();
    let mut seen = answer::Seen::default();
    for (at, case) in cases().iter().enumerate() {
        let mut world = steps::world(at as u64);
        world.heard = Some(Vec::new());
        let _ = case.play(&mut world, Side::Huawei);
        read_all(&mut world);
        for heard in world.heard.unwrap_or_default() {
            if let Some(entry) = book.entry(&heard.ask).filter(|_| heard.status < 300) {
                seen.judge(entry, heard.status, heard.body.as_ref());
            }
        }
    }
    println!("{} values of answers judged", seen.judged);
    let missed = seen.missed(book.entries());
    let missed = missed
        .into_iter()
        .filter(|it| !NEVER.contains(&it.as_str()));
    let taught = |it: &&String| TAUGHT.iter().any(|word| it.ends_with(word));
    let wrong = seen.wrong.iter().filter(|it| !taught(it)).cloned();
    none(wrong.chain(missed.map(|it| format!("{it}: never there"))));
}

#[test]
fn what_a_field_must_not_be_is_refused() {
    let book = Book::read("huawei").unwrap();
    let taken = wrong::walk(&book, &cases());
    let known = |it: &String| TAKEN.iter().any(|known| it.contains(known));
    none(taken.into_iter().filter(|it| !known(it)));
}

#[test]
fn what_a_field_may_be_is_taken_and_shown() {
    let book = Book::read("huawei").unwrap();
    let outcome = right::walk(&book, &cases());
    let refused = outcome
        .refused
        .iter()
        .map(|(what, why)| format!("{what}: {why}"));
    let all = refused.chain(outcome.changed.iter().cloned());
    none(all.filter(|it| !special(it)));
}

#[test]
fn queries_are_judged_and_pages_add_up() {
    let book = Book::read("huawei").unwrap();
    none(lists::walk(&book, &cases()));
}

#[test]
fn a_request_with_a_token_counts_once() {
    let book = Book::read("huawei").unwrap();
    none(tokens::walk(&book, &cases()));
}
