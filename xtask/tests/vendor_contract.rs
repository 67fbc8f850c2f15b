//! The committed contract data against the vendors' contract that it was made from, where that is at hand.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use serde::Deserialize;
use xtask::Outcome;
use xtask::contract::{self, CLOUDS, Contract};

/// One row as `error-rows.json` has it.
#[derive(Deserialize)]
struct VendorRow {
    id: String,
    cloud: String,
    service: String,
    group: String,
    status: Vec<u16>,
    code: String,
    message: String,
}

/// What can be read of an operation without a YAML parser.
#[derive(Clone, Debug, Default, PartialEq)]
struct VendorOperation {
    method: String,
    path: String,
    status: String,
    flags: Vec<String>,
    /// The parameters that its query must have. One of them may tell it from a neighbour on its route.
    demanded: Vec<String>,
    duplicate: bool,
}

fn vendor(path: &str) -> Option<String> {
    let file: PathBuf = xtask::root().join("../shared/contracts").join(path);
    let text = fs::read_to_string(&file).ok();
    if text.is_none() {
        eprintln!(
            "SKIPPED: {} is not there, nothing was compared",
            file.display()
        );
    }
    text
}

fn load(cloud: &'static str) -> Outcome<Contract> {
    contract::load(&xtask::root(), cloud)
}

#[test]
fn every_documented_row_is_there_verbatim() {
    let Some(text) = vendor("error-rows.json") else {
        return;
    };
    let vendor: Vec<VendorRow> = serde_json::from_str(&text).expect("rows");
    assert_eq!(vendor.len(), 360);
    for cloud in CLOUDS {
        let ours: Vec<_> = load(cloud)
            .expect("valid data")
            .rows
            .into_iter()
            .filter(|row| !row.extra)
            .collect();
        let theirs: Vec<_> = vendor.iter().filter(|row| row.cloud == cloud).collect();
        assert_eq!(ours.len(), theirs.len(), "{cloud}");
        for (our, their) in ours.iter().zip(theirs) {
            assert_eq!(our.id, their.id);
            assert_eq!(
                (
                    &our.service,
                    &our.group,
                    &our.status,
                    &our.code,
                    &our.message
                ),
                (
                    &their.service,
                    &their.group,
                    &their.status,
                    &their.code,
                    &their.message
                ),
                "{}",
                our.id
            );
        }
    }
}

#[test]
fn every_documented_operation_is_there_with_its_route_and_status() {
    let files = [
        ("huawei", "huawei/vpc.yaml"),
        ("huawei", "huawei/eip.yaml"),
        ("huawei", "huawei/vpn.yaml"),
        ("baidu", "baidu/vpc.yaml"),
    ];
    let mut theirs: BTreeMap<&str, BTreeMap<String, VendorOperation>> = BTreeMap::new();
    for (cloud, path) in files {
        let Some(text) = vendor(path) else { return };
        theirs.entry(cloud).or_default().extend(scan(&text));
    }
    for cloud in CLOUDS {
        let ours = load(cloud).expect("valid data").operations;
        let ours: Vec<_> = ours.iter().filter(|op| op.service != "iam").collect();
        let theirs = &theirs[cloud];
        for (id, their) in theirs {
            assert!(
                ours.iter().any(|op| op.id == *id),
                "{cloud}: {id} is missing"
            );
            for flag in &their.flags {
                let known = |op: &&&contract::Operation| {
                    op.id.split('#').next() == Some(id) && op.flag.as_ref() == Some(flag)
                };
                assert!(
                    ours.iter().any(|op| known(&op)),
                    "{cloud}: {id}?{flag} is missing"
                );
            }
        }
        // What begins with our own name is an extension that no page of the vendor's knows.
        for our in ours.into_iter().filter(|op| !op.id.starts_with("vpcd.")) {
            let id = our.id.split('#').next().unwrap_or(&our.id);
            let their = theirs
                .get(id)
                .unwrap_or_else(|| panic!("{cloud}: {id} is not documented"));
            assert_eq!(our.method, their.method, "{id}");
            assert_eq!(our.path, their.path, "{id}");
            assert_eq!(our.status.to_string(), their.status, "{id}");
            // The value that a key takes is ours to say.
            let keys = our.flag.iter().filter_map(|flag| flag.split('=').next());
            let known = |key: &str| {
                let mut theirs = their.flags.iter().chain(&their.demanded);
                theirs.any(|flag| flag == key)
            };
            assert!(keys.into_iter().all(known), "{id}");
        }
    }
}

/// Reads the operations by their lines: `- id:` begins one, two spaces further in stand its keys.
///
/// Pages without a method and operations that another page repeats are left out.
fn scan(text: &str) -> BTreeMap<String, VendorOperation> {
    let mut out: BTreeMap<String, VendorOperation> = BTreeMap::new();
    let mut id = None;
    let mut under = "";
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("- id: ") {
            id = Some(plain(name));
            continue;
        }
        if let Some(parameter) = line.strip_prefix("    - {n: ") {
            let name = parameter.split([',', '}']).next().map(plain);
            if let (Some(id), Some(name), "query", true) =
                (&id, name, under, parameter.contains(" req: true"))
            {
                out.entry(id.clone()).or_default().demanded.push(name);
            }
            continue;
        }
        let word = line
            .strip_prefix("  ")
            .and_then(|rest| rest.split_once(':'));
        if let Some((word, _)) = word.filter(|(word, _)| !word.starts_with([' ', '-'])) {
            under = word;
        }
        let keyed = line
            .strip_prefix("  ")
            .filter(|rest| !rest.starts_with([' ', '-']));
        let (Some(id), Some((key, value))) = (&id, keyed.and_then(|rest| rest.split_once(": ")))
        else {
            continue;
        };
        let op = out.entry(id.clone()).or_default();
        match key {
            "method" => op.method = plain(value),
            "path" => op.path = plain(value),
            "ok" | "status" => op.status = plain(value),
            "action" => op.flags = list(value),
            "duplicate_of" => op.duplicate = true,
            _ => {}
        }
    }
    out.retain(|_, op| !op.method.is_empty() && !op.duplicate);
    out
}

fn plain(value: &str) -> String {
    value.trim().trim_matches(['\'', '"']).to_owned()
}

fn list(value: &str) -> Vec<String> {
    value
        .trim()
        .trim_matches(['[', ']'])
        .split(',')
        .map(plain)
        .collect()
}

#[test]
fn the_scan_reads_what_it_needs_of_the_yaml() {
    let text = "operations:\n- id: vpc.A\n  method: PUT\n  path: \"/v1/{id}\"\n  action: [accept, reject]\n\
                \x20 query:\n    - {n: marker}\n    - {n: mode, t: string, req: true}\n  body:\n\
                \x20   - {n: size, t: integer, req: true}\n    status: {type: string}\n  status: 200\n\
                - id: vpc.A#2\n  method: PUT\n  path: /v1/{id}\n  duplicate_of: vpc.A\n- id: page.B\n  kind: page\n";
    let wanted = VendorOperation {
        method: "PUT".to_owned(),
        path: "/v1/{id}".to_owned(),
        status: "200".to_owned(),
        flags: vec!["accept".to_owned(), "reject".to_owned()],
        demanded: vec!["mode".to_owned()],
        duplicate: false,
    };
    assert_eq!(scan(text), BTreeMap::from([("vpc.A".to_owned(), wanted)]));
}
