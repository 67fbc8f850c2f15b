//! One domain, two clouds: what is made through one is the same thing through the other.

#[path = "both/address.rs"]
mod address;
#[path = "both/binding.rs"]
mod binding;
#[path = "both/group.rs"]
mod group;
#[path = "both/interface.rs"]
mod interface;
#[path = "both/network.rs"]
mod network;
#[path = "both/routes.rs"]
mod routes;
#[path = "both/routes6.rs"]
mod routes6;

use serde_json::Value;
use vpcd_tests::world::{Ask, Side, World};

fn call(world: &mut World, side: Side, method: &str, path: &str, body: Value) -> (u16, Value) {
    let me = world.me.clone();
    let path = path.replace("{p}", &me.project);
    let text = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let reply = world.send(
        side,
        Some(&me),
        &Ask {
            method: method.into(),
            path,
            body: text,
            ..Ask::default()
        },
    );
    (reply.status, reply.body.unwrap_or(Value::Null))
}

/// A call through either cloud that must succeed.
fn must(world: &mut World, side: Side, method: &str, path: &str, body: Value) -> Value {
    let (status, answer) = call(world, side, method, path, body);
    assert!(status < 300, "{method} {path}: {status} {answer}");
    answer
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value}"))
        .to_owned()
}
