//! Requests that are nearly right: with something replaced, taken out or added.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use vpcd_tests::world::{Ask, World};

/// Query keys of lists, and the selectors of operations.
const KEYS: [&str; 24] = [
    "marker",
    "maxKeys",
    "vpcId",
    "subnetId",
    "vpcIds",
    "subnetIds",
    "instanceId",
    "name",
    "natId",
    "role",
    "privateIpAddress",
    "privateIpAddresses",
    "privateIpRange",
    "ipVersion",
    "isDefault",
    "securityGroupIds",
    "eip",
    "sgVersion",
    "eipIds",
    "clientToken",
    "bind",
    "unbind",
    "modifyAttribute",
    "action",
];

/// Texts that are something somewhere.
const TEXTS: [&str; 46] = [
    "",
    " ",
    "0",
    "-1",
    "1",
    "65535",
    "65536",
    "99999999999999999999",
    "1.5",
    "1e9",
    "NaN",
    "true",
    "null",
    "all",
    "1-65535",
    "65535-1",
    "-",
    ",",
    "1,2,3",
    "0.0.0.0",
    "0.0.0.0/0",
    "255.255.255.255/32",
    "10.0.0.0/33",
    "10.0.0.1/8",
    "10.0.0.0/-1",
    "::",
    "::/0",
    "::/129",
    "2001:db8::/64",
    "fe80::1%eth0",
    "::ffff:10.0.0.1",
    "10.0.0.1-10.0.0.0",
    "10.0.0.1-10.0.0.9",
    "256.0.0.1",
    "11111111-2222-4333-8444-555555555555",
    "vpc-000000000000",
    "eni-000000000000",
    "zero\0byte",
    "\u{7f}\u{202e}ü語",
    "a/../b",
    "%00",
    "tcp",
    "ICMP",
    "2026-01-01T00:00:00Z",
    "9999999999999-12-31",
    "\"\\",
];

/// One run's dice.
pub struct Dice(pub u64);

impl Dice {
    /// A number below this one.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % n.max(1)
    }

    fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }
}

/// A text: rubbish, one too long, or the name of something else that is there.
fn text(dice: &mut Dice, world: &World) -> String {
    match dice.below(6) {
        0 => "x".repeat(dice.one(&[&64, &65, &129, &256, &5000]).to_owned()),
        1 | 2 => {
            let at = dice.below(world.names.len());
            world.names.values().nth(at).cloned().unwrap_or_default()
        }
        _ => dice.one(&TEXTS).to_owned(),
    }
}

fn value(dice: &mut Dice, world: &World) -> Value {
    match dice.below(12) {
        0 => Value::Null,
        1 => json!(dice.below(2) == 0),
        2 => json!(dice.one(&[
            &0_i64,
            &-1,
            &1,
            &65536,
            &i64::MAX,
            &i64::MIN,
            &4_294_967_296
        ])),
        3 => json!(dice.one(&[&u64::MAX, &9_007_199_254_740_993])),
        4 => json!(dice.one(&[&0.5_f64, &-0.0, &1e300])),
        5 => json!([]),
        6 => json!({}),
        7 => json!([null, 1, "a", {}, []]),
        8 => json!([text(dice, world)]),
        _ => json!(text(dice, world)),
    }
}

/// The places of a document, as JSON pointers.
fn places(of: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match of {
        Value::Object(fields) => {
            for (key, field) in fields {
                places(field, &format!("{at}/{key}"), found);
            }
        }
        Value::Array(items) => {
            for (n, item) in items.iter().enumerate() {
                places(item, &format!("{at}/{n}"), found);
            }
        }
        _ => {}
    }
}

/// Every key of a document.
pub fn keys(of: &Value, found: &mut BTreeSet<String>) {
    match of {
        Value::Object(fields) => {
            for (key, field) in fields {
                found.insert(key.clone());
                keys(field, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| keys(item, found)),
        _ => {}
    }
}

fn change(dice: &mut Dice, world: &World, words: &[String], body: &mut Value) {
    let mut all = Vec::new();
    places(body, "", &mut all);
    let place = all.swap_remove(dice.below(all.len()));
    let Some(at) = body.pointer_mut(&place) else {
        return;
    };
    match dice.below(8) {
        0 if at.is_array() => {
            let items = at.as_array().cloned().unwrap_or_default();
            let many = *dice.one(&[&2, &11, &101, &600]);
            *at = items
                .iter()
                .cycle()
                .take(items.len() * many)
                .cloned()
                .collect();
        }
        0 | 1 if at.is_object() && !words.is_empty() => {
            let word = words[dice.below(words.len())].clone();
            at[word] = value(dice, world);
        }
        2 => {
            let (parent, key) = place.rsplit_once('/').unwrap_or_default();
            if let Some(Value::Object(fields)) = body.pointer_mut(parent) {
                fields.remove(key);
            }
        }
        3 => *at = json!([at.clone()]),
        4 if !at.is_string() => *at = at.to_string().into(),
        _ => *at = value(dice, world),
    }
}

/// A text as it may stand in a path or a query.
fn escaped(text: &str) -> String {
    let safe = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
    text.bytes()
        .map(|byte| match safe(&byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        })
        .collect()
}

fn path(dice: &mut Dice, world: &World, whole: &str) -> String {
    let (path, query) = whole.split_once('?').unwrap_or((whole, ""));
    let mut parts: Vec<String> = path.split('/').map(str::to_owned).collect();
    let mut pairs: Vec<String> = query
        .split('&')
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
        .collect();
    match dice.below(6) {
        0 | 1 if parts.len() > 3 => {
            let at = 3 + dice.below(parts.len() - 3);
            parts[at] = escaped(&text(dice, world));
        }
        2 if !pairs.is_empty() => {
            let at = dice.below(pairs.len());
            let key = pairs[at].split('=').next().unwrap_or_default().to_owned();
            pairs[at] = format!("{key}={}", escaped(&text(dice, world)));
        }
        3 if !pairs.is_empty() => {
            let at = dice.below(pairs.len());
            let twice = pairs[at].clone();
            pairs.push(twice);
        }
        4 if !pairs.is_empty() => {
            let at = dice.below(pairs.len());
            pairs.remove(at);
        }
        _ => {
            let key = dice.one(&KEYS);
            pairs.push(format!("{key}={}", escaped(&text(dice, world))));
        }
    }
    match pairs.is_empty() {
        true => parts.join("/"),
        false => format!("{}?{}", parts.join("/"), pairs.join("&")),
    }
}

/// A request that is nearly this one.
pub fn mutant(dice: &mut Dice, world: &World, words: &[String], ask: &Ask) -> Ask {
    let mut ask = ask.clone();
    let body: Option<Value> = serde_json::from_str(&ask.body).ok();
    match (dice.below(10), body) {
        (0, Some(_)) => {
            let raw = [
                "",
                "null",
                "[]",
                "\"\"",
                "{",
                "{\"a\":1,\"a\":2}",
                "\u{feff}{}",
                "1e999",
            ];
            ask.body = match dice.below(3) {
                0 => "[".repeat(2000),
                _ => (*dice.one(&raw)).to_owned(),
            };
        }
        (1..=7, Some(mut body)) => {
            for _ in 0..=dice.below(2) {
                change(dice, world, words, &mut body);
            }
            ask.body = body.to_string();
        }
        (8, _) => {
            let header = dice.one(&[
                "If-Match",
                "if-none-match",
                "x-bce-account-id",
                "Content-Type",
            ]);
            ask.headers
                .push((header.to_owned(), escaped(&text(dice, world))));
        }
        _ => ask.path = path(dice, world, &ask.path),
    }
    ask
}
