//! Tests of the ledger on small contracts and cases.

use super::*;

const BASE: &str = "> POST /v1/{project}/vpcs\n{\"vpc\": {}}\n";

fn row(id: &str, template: &str) -> Row {
    Row {
        id: id.to_owned(),
        service: "vpc".to_owned(),
        group: "create_vpc".to_owned(),
        status: vec![400, 404],
        code: "VPC.0101".to_owned(),
        message: template.to_owned(),
        template: Some(template.to_owned()),
        when: "Always.".to_owned(),
        fix: "Nothing.".to_owned(),
        extra: false,
    }
}

fn operation(name: &str, path: &str, flag: Option<&str>) -> Operation {
    Operation {
        id: name.to_owned(),
        name: name.to_owned(),
        service: "vpc".to_owned(),
        method: "POST".to_owned(),
        path: path.to_owned(),
        flag: flag.map(str::to_owned),
        status: 200,
        group: "vpc".to_owned(),
        style: None,
        access: "write".to_owned(),
        action: "a".to_owned(),
        handler: Some("vpc::vpc::create".to_owned()),
    }
}

fn contract(rows: Vec<Row>, operations: Vec<Operation>) -> Contract {
    Contract {
        cloud: "huawei",
        rows,
        operations,
        limits: vec![],
        shapes: std::collections::BTreeMap::new(),
    }
}

fn case(head: &str, answer: &str) -> Case {
    let text = format!("{head}\n\n{BASE}< {answer}\n");
    golden::parse("tests/golden/huawei/vpc/create_vpc/a.http", &text).expect("a case")
}

fn verdict(template: &str, answer: &str) -> Result<(), String> {
    proof::judge(&case("row: huawei/x", answer), &row("huawei/x", template))
}

#[test]
fn a_case_proves_its_row_by_status_code_and_message() {
    let good = "400\n{\"code\": \"VPC.0101\", \"message\": \"Update router name is invalid.\"}";
    assert_eq!(verdict("Update router {0} is invalid.", good), Ok(()));
    for bad in [
        "409\n{\"code\": \"VPC.0101\", \"message\": \"Update router name is invalid.\"}",
        "400\n{\"code\": \"VPC.0102\", \"message\": \"Update router name is invalid.\"}",
        "400\n{\"code\": \"VPC.0101\", \"message\": \"Update router name is wrong.\"}",
        "400\n{\"code\": \"VPC.0101\", \"message\": \"*\"}",
        "400\n{\"code\": \"VPC.0101\", \"...\": \"*\"}",
        "400\n{\"message\": \"Update router name is invalid.\"}",
        "400",
    ] {
        assert!(
            verdict("Update router {0} is invalid.", bad).is_err(),
            "{bad}"
        );
    }
}

#[test]
fn every_shape_of_an_error_body_is_read() {
    for body in [
        "{\"error_code\": \"VPC.0101\", \"error_msg\": \"a b c\", \"request_id\": \"*\"}",
        "{\"error\": {\"code\": \"VPC.0101\", \"message\": \"a b c\", \"title\": \"T\"}}",
        "{\"NeutronError\": {\"type\": \"T\", \"message\": \"a b c\", \"detail\": \"\"}}",
        "{\"code\": \"VPC.0101\", \"message\": \"a {vpc} c\", \"requestId\": \"*\"}",
    ] {
        assert_eq!(
            verdict("a {0} c", &format!("404\n{body}")),
            Ok(()),
            "{body}"
        );
    }
    let both = "400\n{\"code\": \"VPC.0101\", \"error_code\": \"VPC.9\", \"message\": \"a b c\"}";
    assert!(verdict("a {0} c", both).is_err());
}

#[test]
fn places_of_a_template_hold_anything_between_its_words() {
    let answer = |text: &str| format!("400\n{{\"code\": \"VPC.0101\", \"message\": \"{text}\"}}");
    assert!(
        verdict(
            "{0} is not in subnet: {1}",
            &answer("10.0.0.1 is not in subnet: x")
        )
        .is_ok()
    );
    assert!(
        verdict(
            "{0} is not in subnet: {1}",
            &answer("10.0.0.1 in subnet: x")
        )
        .is_err()
    );
    assert!(verdict("plain", &answer("plain")).is_ok());
    assert!(verdict("plain", &answer("plainer")).is_err());
    assert!(verdict("ab{0}bc", &answer("abc")).is_err());
}

#[test]
fn a_condition_counts_before_a_fault() {
    let rows = vec![
        row("huawei/a", "m"),
        row("huawei/b", "m"),
        row("huawei/c", "m"),
    ];
    let answer = "400\n{\"code\": \"VPC.0101\", \"message\": \"m\"}";
    let cases = [
        case("row: huawei/a\nvia: fault\nwhy: none", answer),
        case("row: huawei/a", answer),
        case("row: huawei/b\nvia: fault\nwhy: none", answer),
        case("row: huawei/gone", answer),
    ];
    let contracts = [contract(rows, vec![])];
    let mut wrong = Vec::new();
    let covered = cover(&contracts, &cases, &mut wrong);
    assert_eq!(
        wrong,
        ["tests/golden/huawei/vpc/create_vpc/a.http: no row huawei/gone"]
    );
    assert_eq!(
        report(&contracts, &covered),
        "huawei/vpc 2/3 condition 1 fault 1 pending 1\n\
         huawei/vpn 0/0 condition 0 fault 0 pending 0\n\
         baidu/vpc 0/0 condition 0 fault 0 pending 0\n\
         total 2/3 condition 1 fault 1 pending 1\n"
    );
    assert_eq!(keep(&covered), "huawei/a condition\nhuawei/b fault\n");
}

#[test]
fn the_kept_ledger_may_only_grow() {
    let covered = Covered::from([
        ("a".to_owned(), Via::Condition),
        ("b".to_owned(), Via::Fault),
        ("new".to_owned(), Via::Fault),
    ]);
    assert!(lost("a condition\nb fault\n", &covered).is_empty());
    assert!(
        lost("a fault\n", &covered).is_empty(),
        "a fault may become a condition"
    );
    assert_eq!(
        lost("b condition\ngone fault\n", &covered),
        ["b condition", "gone fault"]
    );
}

#[test]
fn a_served_operation_needs_a_success_of_its_own() {
    let create = operation("create_vpc", "/v1/{project_id}/vpcs", None);
    let other = operation("create_subnet", "/v1/{project_id}/subnets", None);
    let mut unserved = operation("create_nat", "/v1/{project_id}/nats", None);
    unserved.handler = None;
    let contracts = [contract(vec![], vec![create, other, unserved])];
    let failed = [case("", "400")];
    assert_eq!(
        unproved(&contracts, &failed),
        ["huawei.create_vpc", "huawei.create_subnet"]
    );
    let shown = [case("", "200")];
    assert_eq!(unproved(&contracts, &shown), ["huawei.create_subnet"]);
}

#[test]
fn a_step_is_told_by_method_path_and_query_key() {
    let step = |target: &str| golden::Step {
        method: "POST".to_owned(),
        target: target.to_owned(),
        status: 200,
        body: None,
    };
    let op = operation("open", "/v1/vpc/{vpcId}", Some("open"));
    assert!(proof::asks(&step("/v1/vpc/{vpc}?clientToken=a&open="), &op));
    assert!(!proof::asks(&step("/v1/vpc/{vpc}?opener"), &op));
    assert!(!proof::asks(&step("/v1/vpc/{vpc}/more?open"), &op));
    assert!(!proof::asks(&step("/v1/nat/{vpc}?open"), &op));
}

#[test]
fn the_documented_rows_are_all_counted() {
    let root = crate::root();
    let contracts: Vec<Contract> = CLOUDS
        .into_iter()
        .map(|cloud| contract::load(&root, cloud).expect("valid data"))
        .collect();
    assert_eq!(
        report(&contracts, &Covered::new()),
        "huawei/vpc 0/133 condition 0 fault 0 pending 133\n\
         huawei/vpn 0/141 condition 0 fault 0 pending 141\n\
         baidu/vpc 0/86 condition 0 fault 0 pending 86\n\
         total 0/360 condition 0 fault 0 pending 360\n"
    );
}
