//! What the operator is told about packets.

use serde_json::{Value, json};

use super::network::network;
use super::*;

/// Two servers of the first project in one subnet: its network and the ports' ids.
fn servers(cloud: &Cloud) -> (String, [(String, String); 2]) {
    let (vpc, subnet) = network(cloud);
    let project = &cloud.bootstrap.project;
    let server = || {
        let body =
            json!({"service": "instance", "project": project, "subnet": subnet, "zone": "az1"});
        let made = done(cloud, "POST", "registrations", body);
        (text(&made["port"]), text(&made["address"]))
    };
    (vpc, [server(), server()])
}

#[test]
fn a_trace_tells_what_decides_and_what_becomes_of_the_answer() {
    let cloud = cloud();
    let (vpc, [(a, near), (b, far)]) = servers(&cloud);
    let ask_for = |from: Value, to: Value| {
        let body = json!({"from": from, "to": to, "protocol": "tcp", "port": 22});
        done(&cloud, "POST", "trace", body)
    };
    let told = ask_for(json!({"port": a}), json!({"port": b}));
    assert_eq!(
        (&told["passes"], &told["reply"]["passes"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(told["end"], json!({"kind": "port", "port": b}));
    assert_eq!(told["decided_by"]["kind"], "security_rule");
    assert_eq!(
        told["path"][0],
        json!({"kind": "leaves", "port": a, "address": near})
    );
    assert_eq!(told["seen"].as_array().map(Vec::len), Some(2));
    let by_address = ask_for(
        json!({"network": vpc, "address": near}),
        json!({"network": vpc, "address": far}),
    );
    assert_eq!(by_address, told);
    assert_eq!(ask_for(json!({"port": a}), json!({"address": far})), told);
    let lost = ask_for(json!({"port": a}), json!({"address": "203.0.113.9"}));
    assert_eq!(lost["passes"], false);
    assert_eq!(lost["decided_by"]["kind"], "no_route");
    assert_eq!(
        (&lost["end"]["kind"], &lost["reply"]),
        (&json!("lost"), &Value::Null)
    );
    let spoofed = ask_for(
        json!({"port": a, "address": "10.0.0.200"}),
        json!({"port": b}),
    );
    assert_eq!(spoofed["decided_by"]["kind"], "source_check");
}

#[test]
fn questions_that_make_no_sense_are_refused_in_words() {
    let cloud = cloud();
    let (_, [(a, _), (b, far)]) = servers(&cloud);
    let (from, to) = (json!({"port": a}), json!({"port": b}));
    let gone = json!({"port": "11111111-1111-4111-8111-111111111111"});
    for (body, status) in [
        (json!({}), 400),
        (json!({"from": from, "to": to}), 400),
        (json!({"from": from, "to": to, "port": 0}), 400),
        (json!({"from": from, "to": to, "port": 70000}), 400),
        (json!({"from": from, "to": to, "port": 1, "more": 1}), 400),
        (
            json!({"from": from, "to": to, "port": 1, "protocol": "carrier-pigeon"}),
            400,
        ),
        (
            json!({"from": from, "to": to, "port": 1, "protocol": 256}),
            400,
        ),
        (
            json!({"from": from, "to": to, "port": 1, "protocol": "icmp"}),
            400,
        ),
        (json!({"from": {}, "to": to, "port": 1}), 400),
        (json!({"from": from, "to": {}, "port": 1}), 400),
        (
            json!({"from": from, "to": {"address": "10.0.0.256"}, "port": 1}),
            400,
        ),
        (
            json!({"from": from, "to": {"port": b, "address": far}, "port": 1}),
            400,
        ),
        (json!({"from": gone, "to": to, "port": 1}), 404),
        (json!({"from": from, "to": gone, "port": 1}), 404),
        (
            json!({"from": from, "to": {"address": far, "network": "x"}, "port": 1}),
            404,
        ),
        (
            json!({"from": from, "to": to, "port": 1, "project": "another"}),
            404,
        ),
    ] {
        assert_eq!(
            refused(&cloud, "POST", "trace", body.clone()),
            status,
            "{body}"
        );
    }
    for body in [
        json!({"from": from, "to": to, "protocol": "icmp"}),
        json!({"from": from, "to": to, "protocol": "ICMP", "icmp_type": 0, "icmp_code": 0}),
        json!({"from": from, "to": to, "protocol": 47}),
        json!({"from": from, "to": to, "protocol": "udp", "port": 53, "source_port": 53}),
    ] {
        let known = body["protocol"] != "ICMP";
        let (status, told) = ask(&cloud, "POST", "trace", body);
        assert_eq!(status, if known { 200 } else { 400 }, "{told}");
    }
}
