//! The file that an OpenVPN client needs.

use std::fmt::Write;
use std::net::Ipv4Addr;

use serde::Deserialize;
use serde_json::json;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::vpn::p2c::server::{self, Auth, Server};

use super::super::parse::{self, word};
use super::faults::refuse;

const SYSTEMS: &[&str] = &["Windows", "Linux", "MacOS", "Android", "iOS"];

#[derive(Deserialize)]
struct Body {
    os_type: Option<String>,
}

/// `POST /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/client-config/export`
pub fn export(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("vpn_server_id").to_owned();
    let system = word("os_type", parse::body::<Body>(call)?.os_type, SYSTEMS)?;
    let (server, address) = call
        .read(move |tx, cx| server::export(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    let text = file(&server, address, system.as_deref().unwrap_or("Windows"));
    Ok(Reply::json(call.success, json!({"client_config": text})))
}

/// Everything but what only the client has: its password, or its certificate and key.
fn file(server: &Server, address: Ipv4Addr, system: &str) -> String {
    let mut text = String::from("client\ndev tun\nproto tcp\n");
    let tunnel = &server.tunnel;
    // Writing to a text cannot fail.
    let _ = writeln!(text, "remote {address} {}", tunnel.port);
    text.push_str(
        "resolv-retry infinite\nnobind\npersist-key\npersist-tun\nremote-cert-tls server\n",
    );
    let _ = writeln!(text, "data-ciphers {}", tunnel.cipher);
    text.push_str("auth SHA256\nverb 3\n");
    if tunnel.compressed {
        text.push_str("comp-lzo\n");
    }
    let with_password = server.auth != Auth::Certificate;
    if with_password {
        text.push_str("auth-user-pass\n");
    }
    let _ = writeln!(text, "<ca>\n{}\n</ca>", server.certificate.authority.trim());
    if !with_password {
        text.push_str(
            "# Put the client's certificate and its private key here, in PEM.\n\
             <cert>\n</cert>\n<key>\n</key>\n",
        );
    }
    text.push_str("reneg-sec 0\n");
    if system == "Windows" || system == "Linux" {
        text.push_str("# The server speaks the tunnel in user space.\ndisable-dco\n");
    }
    text
}
