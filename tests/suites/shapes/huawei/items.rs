//! Lists of a wanted length in which no item is like another one.

use serde_json::{Value, json};
use vpcd_tests::shapes::Entry;
use vpcd_tests::shapes::request::Place;

/// A list of that many different items.
pub fn list(entry: Entry<'_>, place: &Place<'_>, count: usize) -> Option<Value> {
    let field = place.field;
    let (item, _) = field.item();
    let known = entry.shape(item);
    let present = place.present.and_then(|it| it.get(0));
    let six = place.name.contains("_v6");
    let one = |n: usize| match (field.format.as_deref(), known) {
        (Some("cidr"), _) if six => json!(format!("2001:db8:{:x}::/48", n + 1)),
        (Some("cidr"), _) => json!(format!("10.{}.{}.0/24", 200 + n / 100, n % 100)),
        (Some("ipv4"), _) => json!(format!("10.200.0.{}", n + 1)),
        (_, Some(shape)) if shape.contains_key("key") && shape.contains_key("values") => {
            json!({"key": format!("key{n}"), "values": []})
        }
        (_, Some(shape)) if shape.contains_key("key") => {
            json!({"key": format!("key{n}"), "value": "v"})
        }
        (_, Some(shape)) if shape.contains_key("rule_index") && six => json!({
            "source": format!("2001:db8:{:x}::/48", n + 1), "destination": ["2001:db8:ffff::/48"],
        }),
        (_, Some(shape)) if shape.contains_key("rule_index") => json!({
            "rule_index": n, "source": format!("10.{}.{}.0/24", 200 + n / 100, n % 100),
            "destination": ["10.199.0.0/24"],
        }),
        (None, None) if item == "str" => json!(format!("v{n}")),
        _ => present.cloned().unwrap_or(Value::Null),
    };
    Some((0..count).map(one).collect())
}
