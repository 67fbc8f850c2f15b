//! Whatever comes, the answer is in words.

use serde_json::{Value, json};

use proptest::prelude::*;

use super::*;

fn words() -> impl Strategy<Value = String> {
    let known = "accounts|projects|users|keys|conditions|registrations|pools|quotas|zones|flavors|clock|profile|\
                 faults|export|import|snapshots|restore|events|targets|operations|errors|frozen|iam|\\*|%2A|%00|%|..|";
    prop_oneof![4 => known, 1 => "\\PC{0,8}"]
}

fn bodies() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        Just(json!("*")),
        Just(json!("10.0.0.0/24")),
    ];
    let keys = "name|account|user|cloud|value|scope|limit|cidrs|frozen|at|speed|step_seconds|profile|seed|count|row|\
                operation|project|service|format|resource|edge|setting|flavors";
    let value = leaf.prop_recursive(3, 16, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((keys, inner), 0..5)
                .prop_map(|pairs| pairs.into_iter().collect::<Value>()),
        ]
    });
    prop_oneof![6 => value.prop_map(|value| value.to_string()), 1 => "\\PC{0,20}"]
}

#[test]
fn rubbish_is_answered_in_words() {
    let cloud = cloud();
    let methods = prop::sample::select(vec!["GET", "POST", "PUT", "DELETE", "PATCH", "", "get"]);
    let requests = (
        methods,
        prop::collection::vec(words(), 0..4),
        "[a-z]{0,5}=?\\PC{0,5}",
        bodies(),
    );
    proptest!(ProptestConfig::with_cases(400), |((method, parts, query, body) in requests)| {
        let mut request = request(&cloud, method, &parts.join("/"), &body);
        request.query = if query.len() % 2 == 0 { String::new() } else { query };
        let answer = serve(&cloud, &request);
        let reply = answer.reply;
        prop_assert!(reply.status != 500, "{} {}: {:?}", method, request.path, reply.body);
        prop_assert!(reply.status < 400 || reply.body.is_some_and(|body| body["error"].is_string()));
    });
}
