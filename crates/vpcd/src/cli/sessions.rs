//! `vpcd certificates`, `vpcd vpn-sessions`: what clients of VPN gateways meet.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::Failure;
use super::call::{Call, Verb, object, path};

/// What can be done with certificates that servers of gateways show.
#[derive(Debug, Default, clap::Subcommand)]
pub enum Certificates {
    /// List them
    #[default]
    List,
    /// Register one
    Create {
        /// Owning project
        #[arg(long)]
        project: String,
        /// Name
        #[arg(long)]
        name: Option<String>,
        /// File of the certificate, in PEM
        certificate: PathBuf,
        /// File of its private key, in PEM: without it no server can show the certificate
        #[arg(long, value_name = "FILE")]
        key: Option<PathBuf>,
        /// File of the authorities above it, in PEM, the nearest first
        #[arg(long, value_name = "FILE")]
        chain: Option<PathBuf>,
        /// Whether it can be used
        #[arg(long, value_parser = ["normal", "revoked", "uploading"])]
        standing: Option<String>,
    },
    /// Take one out of the store; a server that shows it goes on doing so
    Delete {
        /// Its id
        id: String,
    },
}

/// What can be done with clients that are connected to gateways.
#[derive(Debug, Default, clap::Subcommand)]
pub enum VpnSessions {
    /// List them
    #[default]
    List,
    /// Connect a client, where no fabric brings any
    Open {
        /// The gateway
        gateway: String,
        /// Who connects
        user: String,
        /// Where from
        client_ip: String,
        /// The address that it gets; the first free one otherwise
        #[arg(long)]
        virtual_ip: Option<String>,
    },
    /// Cut one off
    Close {
        /// Its id
        id: String,
    },
}

impl Verb for Certificates {
    fn call(self) -> Result<Call, Failure> {
        Ok(match self {
            Certificates::List => Call::list(
                "certificates",
                &[
                    ("ID", "id"),
                    ("NAME", "name"),
                    ("STANDING", "standing"),
                    ("SUBJECT", "subject"),
                    ("UNTIL", "until"),
                    ("KEY", "has_key"),
                    ("PROJECT", "project"),
                ],
            ),
            Certificates::Create {
                project,
                name,
                certificate,
                key,
                chain,
                standing,
            } => {
                let certificate = text(&certificate)?;
                let [key, chain] = [key, chain].map(|file| file.map(|it| text(&it)).transpose());
                let body = object([
                    ("project", json!(project)),
                    ("name", json!(name)),
                    ("certificate", certificate),
                    ("private_key", json!(key?)),
                    ("chain", json!(chain?)),
                    ("standing", json!(standing)),
                ]);
                Call::card("POST", "certificates".to_owned(), body)
            }
            Certificates::Delete { id } => Call::done(
                "DELETE",
                path(&["certificates", &id]),
                None,
                format!("certificate {id} is deleted"),
            ),
        })
    }
}

impl Verb for VpnSessions {
    fn call(self) -> Result<Call, Failure> {
        Ok(match self {
            VpnSessions::List => Call::list(
                "vpn-sessions",
                &[
                    ("ID", "id"),
                    ("GATEWAY", "gateway"),
                    ("USER", "user"),
                    ("CLIENT", "client_ip"),
                    ("ADDRESS", "virtual_ip"),
                    ("SINCE", "since"),
                ],
            ),
            VpnSessions::Open {
                gateway,
                user,
                client_ip,
                virtual_ip,
            } => {
                let body = object([
                    ("gateway", json!(gateway)),
                    ("user", json!(user)),
                    ("client_ip", json!(client_ip)),
                    ("virtual_ip", json!(virtual_ip)),
                ]);
                Call::card("POST", "vpn-sessions".to_owned(), body)
            }
            VpnSessions::Close { id } => Call::done(
                "DELETE",
                path(&["vpn-sessions", &id]),
                None,
                format!("session {id} is closed"),
            ),
        })
    }
}

fn text(file: &Path) -> Result<Value, Failure> {
    let read = fs::read_to_string(file);
    read.map(Value::from)
        .map_err(|error| Failure::File(format!("{}: {error}", file.display())))
}
