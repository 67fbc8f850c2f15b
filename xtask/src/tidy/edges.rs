//! Which crate may depend on which: the walls of the design, as a list.

use super::Findings;
use crate::tree::File;

/// Every crate with the crates that it may depend on; `*` stands for any.
const ALLOWED: [(&str, &[&str]); 13] = [
    ("vpcd-net", &[]),
    ("vpcd-store", &[]),
    ("vpcd-auth", &[]),
    ("vpcd-domain", &["vpcd-net", "vpcd-store"]),
    ("vpcd-dialect", &["vpcd-auth", "vpcd-domain"]),
    (
        "vpcd-huawei",
        &["vpcd-dialect", "vpcd-domain", "vpcd-net", "vpcd-auth"],
    ),
    (
        "vpcd-baidu",
        &["vpcd-dialect", "vpcd-domain", "vpcd-net", "vpcd-auth"],
    ),
    ("vpcd-fabric", &["vpcd-domain", "vpcd-net"]),
    ("vpcd-reconcile", &["vpcd-domain", "vpcd-fabric"]),
    ("vpcd", &["*"]),
    ("vpcd-tests", &["*"]),
    ("vpcd-fuzz", &["*"]),
    ("xtask", &["*"]),
];

/// Reports each dependency between the workspace's crates that the list does not name.
///
/// Test-only dependencies are free: they are not in what is shipped.
pub(super) fn check(files: &[File], found: &mut Findings) {
    for file in files
        .iter()
        .filter(|file| file.path.ends_with("/Cargo.toml"))
    {
        match manifest(&file.text) {
            Some((name, dependencies)) => judge(&file.path, &name, &dependencies, found),
            None => found
                .failures
                .push(format!("{}: not a readable manifest", file.path)),
        }
    }
}

fn judge(path: &str, name: &str, dependencies: &[String], found: &mut Findings) {
    let Some((_, allowed)) = ALLOWED.iter().find(|(known, _)| *known == name) else {
        found.failures.push(format!(
            "{path}: {name} is not in the list of allowed edges"
        ));
        return;
    };
    for dependency in dependencies {
        let ours = ALLOWED.iter().any(|(known, _)| known == dependency);
        if ours && !allowed.contains(&"*") && !allowed.contains(&dependency.as_str()) {
            found
                .failures
                .push(format!("{path}: {name} must not depend on {dependency}"));
        }
    }
}

/// The package's name and the names of the packages it depends on.
fn manifest(text: &str) -> Option<(String, Vec<String>)> {
    let table: toml::Table = text.parse().ok()?;
    let name = table.get("package")?.get("name")?.as_str()?.to_owned();
    let mut out = Vec::new();
    collect(&table, &mut out);
    for target in table
        .get("target")
        .and_then(toml::Value::as_table)
        .into_iter()
        .flatten()
    {
        collect(target.1.as_table()?, &mut out);
    }
    Some((name, out))
}

fn collect(table: &toml::Table, out: &mut Vec<String>) {
    for section in ["dependencies", "build-dependencies"] {
        let entries = table.get(section).and_then(toml::Value::as_table);
        for (key, value) in entries.into_iter().flatten() {
            let package = value.get("package").and_then(toml::Value::as_str);
            out.push(package.unwrap_or(key).to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failures(text: &str) -> Vec<String> {
        let file = File {
            path: "crates/x/Cargo.toml".to_owned(),
            text: text.to_owned(),
        };
        let mut found = Findings::default();
        check(&[file], &mut found);
        found.failures
    }

    #[test]
    fn the_clouds_never_see_each_other() {
        let text = "[package]\nname = \"vpcd-huawei\"\n[dependencies]\nserde = \"1\"\n\
                    vpcd-net.workspace = true\nvpcd-baidu.workspace = true\n";
        assert_eq!(
            failures(text),
            ["crates/x/Cargo.toml: vpcd-huawei must not depend on vpcd-baidu"]
        );
    }

    #[test]
    fn another_name_for_a_crate_does_not_hide_it() {
        let text = "[package]\nname = \"vpcd-net\"\n\
                    [target.'cfg(unix)'.dependencies]\ndb = { package = \"vpcd-store\", path = \"../store\" }\n";
        assert_eq!(failures(text).len(), 1);
    }

    #[test]
    fn tests_may_use_anything() {
        let text = "[package]\nname = \"vpcd-reconcile\"\n[dev-dependencies]\nvpcd-store.workspace = true\n";
        assert!(failures(text).is_empty());
    }

    #[test]
    fn a_new_crate_has_to_be_listed() {
        assert_eq!(failures("[package]\nname = \"vpcd-magic\"\n").len(), 1);
    }
}
