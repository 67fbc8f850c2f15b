//! `vpcd vpn`: a doctor for connections.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::call::object;
use super::{Failure, Options, pretty, read, table};

/// What can be done with VPNs.
#[derive(Debug, clap::Args)]
pub struct Vpn {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// What keeps the two ends of a connection from agreeing, and which field on which side to change; ends with 4 when
    /// it finds an error, with 0 when there is none or only warnings
    Diagnose {
        /// The connection's id
        connection: String,
        /// A file that tells the far end, in the words of connections: JSON, or TOML when its name ends in .toml; `-` is
        /// JSON on the standard input. Without it the far end is looked for among the gateways of this server
        #[arg(long, value_name = "FILE")]
        peer: Option<PathBuf>,
    },
}

impl Vpn {
    /// Asks the server and tells what it found.
    pub(super) fn run(self, options: &Options) -> Result<String, Failure> {
        let Verb::Diagnose { connection, peer } = self.verb;
        let peer = peer.map(|path| side(&path)).transpose()?;
        let body = object([("connection", json!(connection)), ("peer", json!(peer))]);
        let body = body.map(|body| body.to_string().into_bytes());
        let answer = options.exchange("POST", "vpn/diagnose", body.as_deref())?;
        let report = match options.json {
            true => pretty(&answer),
            false => story(&answer),
        };
        let findings = answer["findings"].as_array().into_iter().flatten();
        match findings.into_iter().any(|it| it["severity"] == "error") {
            true => Err(Failure::Found(report)),
            false => Ok(report),
        }
    }
}

/// What a file tells of an end. What is wrong with it is told by its place alone: it may hold a key.
fn side(path: &Path) -> Result<Value, Failure> {
    let unreadable = |what: String| Failure::File(format!("{}: {what}", path.display()));
    let bytes = read(path)?;
    if path.extension().is_none_or(|it| it != "toml") {
        return serde_json::from_slice(&bytes).map_err(|error| unreadable(error.to_string()));
    }
    let text = String::from_utf8(bytes).map_err(|_| unreadable("not UTF-8".to_owned()))?;
    toml::from_str(&text).map_err(|error| {
        let line = error
            .span()
            .map_or(0, |it| text[..it.start].lines().count().max(1));
        unreadable(format!("not TOML: {}, line {line}", error.message()))
    })
}

fn story(answer: &Value) -> String {
    const COLUMNS: &[(&str, &str)] = &[
        ("SEVERITY", "severity"),
        ("FIELD", "field"),
        ("HERE", "here"),
        ("THERE", "there"),
        ("CHANGE", "side"),
        ("ADVICE", "advice"),
    ];
    let findings = answer["findings"].as_array().map_or(&[][..], Vec::as_slice);
    let peer = match (&answer["peer"]["connection"], answer["peer"].as_str()) {
        (Value::String(id), _) => format!("the far end is connection {id}"),
        (_, Some("told")) => "the far end is as it was told".to_owned(),
        _ => "nothing is known of the far end: tell it with --peer FILE".to_owned(),
    };
    let up = match answer["up"].as_bool() {
        Some(true) => "it answers",
        _ => "it does not answer",
    };
    let mut summary = table::clean(&format!("{peer}; {up}; {} findings", findings.len()));
    let strange = answer["passed_over"].as_array().into_iter().flatten();
    let strange: Vec<&str> = strange.filter_map(Value::as_str).collect();
    if !strange.is_empty() {
        summary += "\n";
        summary += &table::clean(&format!(
            "passed over, since nothing is compared by it: {}",
            strange.join(", ")
        ));
    }
    match findings.is_empty() {
        true => summary + "\n",
        false => summary + "\n" + &table::rows(COLUMNS, findings),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_far_end_is_told_in_json_or_toml() {
        let folder = tempfile::tempdir().unwrap();
        let told = json!({"address": "198.51.100.7", "ikepolicy": {"ike_version": "v2"}});
        for (name, text) in [
            ("far.json", told.to_string()),
            (
                "far.toml",
                "address = \"198.51.100.7\"\n[ikepolicy]\nike_version = \"v2\"\n".to_owned(),
            ),
        ] {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            assert_eq!(side(&path), Ok(told.clone()), "{name}");
        }
    }

    #[test]
    fn a_broken_file_does_not_show_its_key() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["far.json", "far.toml"] {
            let path = folder.path().join(name);
            fs::write(&path, "psk = Secret-Key-1\n").unwrap();
            let Err(Failure::File(told)) = side(&path) else {
                panic!("{name} is read");
            };
            assert!(
                told.contains("line 1") && !told.contains("Secret"),
                "{told}"
            );
        }
    }

    #[test]
    fn words_that_nothing_is_compared_by_are_told() {
        let told = json!({"peer": "told", "findings": [], "passed_over": ["adress", "psks"]});
        assert!(
            story(&told).contains("compared by it: adress, psks\n"),
            "{}",
            story(&told)
        );
    }
}
