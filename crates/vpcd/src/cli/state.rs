//! `vpcd export`, `import`, `snapshots`, `events`, `targets`.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::call::{Call, Verb, path};
use super::{Failure, Options, pretty, read, table};

/// Where an export goes.
#[derive(Debug, clap::Args)]
pub struct Export {
    /// A file that does not exist yet; the standard output when absent
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

/// Where an import comes from.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// A file that `vpcd export` wrote, or - for the standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// What can be done with snapshots.
#[derive(Debug, Default, clap::Subcommand)]
pub enum Snapshots {
    /// List them
    #[default]
    List,
    /// Keep the present state under a name
    Create {
        /// The name
        name: String,
    },
    /// Return to one
    Restore {
        /// Its name
        name: String,
    },
    /// Delete one
    Delete {
        /// Its name
        name: String,
    },
}

/// What can be done with the audit trail.
#[derive(Debug, clap::Subcommand)]
pub enum Events {
    /// List them
    List {
        /// Those after this number
        #[arg(long, default_value_t = 0)]
        after: u64,
        /// At most so many
        #[arg(long, default_value_t = 100)]
        limit: u32,
    },
}

/// What can be done with targets.
#[derive(Debug, Default, clap::Subcommand)]
pub enum Targets {
    /// List those that are not as asked yet
    #[default]
    List,
}

impl Default for Events {
    fn default() -> Events {
        Events::List {
            after: 0,
            limit: 100,
        }
    }
}

impl Export {
    /// Fetches the state; a file is for its owner only, since it holds sealed secrets and password hashes.
    pub(super) fn run(self, options: &Options) -> Result<String, Failure> {
        let answer = options.exchange("GET", "export", None)?;
        let resources = answer["resource"].as_array().map_or(0, Vec::len);
        let text = format!("{answer}\n");
        let Some(file) = self.file else {
            return Ok(text);
        };
        write(&file, &text)
            .map_err(|error| Failure::File(format!("{}: {error}", file.display())))?;
        Ok(format!(
            "{resources} resources are in {}\n",
            table::clean(&file.display().to_string())
        ))
    }
}

impl Import {
    /// Sends the file as it is: the server is the one to judge it.
    pub(super) fn run(self, options: &Options) -> Result<String, Failure> {
        let answer = options.exchange("POST", "import", Some(&read(&self.file)?))?;
        if options.json {
            return Ok(pretty(&answer));
        }
        let mut text = format!("{} resources are taken over\n", answer["resources"]);
        if let Some(lost @ 1..) = answer["unreadable_keys"].as_u64() {
            text += &format!("{lost} keys were sealed with another server's key: make new ones\n");
        }
        Ok(text)
    }
}

fn write(file: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

impl Verb for Snapshots {
    fn call(self) -> Result<Call, Failure> {
        const COLUMNS: &[(&str, &str)] = &[
            ("NAME", "name"),
            ("TAKEN", "taken"),
            ("RESOURCES", "resources"),
            ("BYTES", "bytes"),
        ];
        let body = None::<Value>;
        Ok(match self {
            Snapshots::List => Call::list("snapshots", COLUMNS),
            Snapshots::Create { name } => Call::card("PUT", path(&["snapshots", &name]), body),
            Snapshots::Restore { name } => {
                let done = format!("the state is that of snapshot {name}");
                Call::done("POST", path(&["snapshots", &name, "restore"]), body, done)
            }
            Snapshots::Delete { name } => {
                let done = format!("snapshot {name} is deleted");
                Call::done("DELETE", path(&["snapshots", &name]), body, done)
            }
        })
    }
}

impl Verb for Events {
    fn call(self) -> Result<Call, Failure> {
        const COLUMNS: &[(&str, &str)] = &[
            ("NUMBER", "seq"),
            ("TIME", "at"),
            ("USER", "user"),
            ("OPERATION", "operation"),
            ("CHANGE", "change"),
            ("TARGET", "target"),
        ];
        let Events::List { after, limit } = self;
        Ok(Call::list(
            &format!("events?after={after}&limit={limit}"),
            COLUMNS,
        ))
    }
}

impl Verb for Targets {
    fn call(self) -> Result<Call, Failure> {
        const COLUMNS: &[(&str, &str)] = &[
            ("TARGET", "target"),
            ("STATE", "state"),
            ("SINCE", "since"),
            ("DUE", "due"),
            ("PENDING", "pending"),
        ];
        Ok(Call::list("targets", COLUMNS))
    }
}
