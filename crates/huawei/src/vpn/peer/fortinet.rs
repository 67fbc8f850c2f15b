//! Fortinet's FortiGate.

use super::{Facts, KEY, bits, combined, group, hash, lines, masked, pfs};

/// The configuration of a firewall.
pub fn firewall(it: &Facts) -> String {
    let Facts { name, tunnel, .. } = it;
    let routes = match it.asns {
        Some((mine, theirs)) => format!(
            "config router bgp\n    set as {mine}\n    config neighbor\n        edit \"{}\"\n            \
             set remote-as {theirs}\n        next\n    end\nend\n",
            tunnel.1
        ),
        None => format!(
            "config router static\n{}end\n",
            lines(&it.remote, |block| {
                let (network, mask) = masked(*block);
                format!(
                    "    edit 0\n        set dst {network} {mask}\n        set device \"{name}\"\n    next"
                )
            })
        ),
    };
    format!(
        "# {name} to {}\n{}{}config system interface\n    edit \"{name}\"\n        set ip {} 255.255.255.255\n        \
         set remote-ip {} 255.255.255.252\n        set allowaccess ping\n    next\nend\n{}{routes}",
        it.gateway,
        phase1(it),
        phase2(it),
        tunnel.0,
        tunnel.1,
        policies(name),
    )
}

fn phase1(it: &Facts) -> String {
    let Facts {
        name, gateway, ike, ..
    } = it;
    let (version, mode) = match it.is_v1() {
        true => (1, format!("        set mode {}\n", ike.mode)),
        false => (2, String::new()),
    };
    let own = match it.own_id.kind.as_str() {
        "fqdn" => format!(
            "        set localid \"{}\"\n        set localid-type fqdn\n",
            Facts::id(&it.own_id)
        ),
        _ => String::new(),
    };
    let theirs = match it.gateway_id.kind.as_str() {
        "fqdn" => format!(
            "        set peertype one\n        set peerid \"{}\"\n",
            Facts::id(&it.gateway_id)
        ),
        _ => "        set peertype any\n".to_owned(),
    };
    format!(
        "config vpn ipsec phase1-interface\n    edit \"{name}\"\n        set interface \"<INTERFACE>\"\n        \
         set ike-version {version}\n{mode}        set keylife {}\n{own}{theirs}        set net-device disable\n        \
         set proposal {}\n        set dhgrp {}\n        set remote-gw {gateway}\n        set dpd on-idle\n        \
         set dpd-retryinterval {}\n        set psksecret {KEY}\n    next\nend\n",
        ike.lifetime,
        proposal(&ike.encryption, &ike.authentication, true),
        group(&ike.dh_group),
        ike.dpd.interval,
    )
}

fn phase2(it: &Facts) -> String {
    let Facts { name, ipsec, .. } = it;
    let pfs = match pfs(ipsec) {
        Some(group) => format!("        set pfs enable\n        set dhgrp {group}\n"),
        None => "        set pfs disable\n".to_owned(),
    };
    let common = format!(
        "        set phase1name \"{name}\"\n        set proposal {}\n{pfs}        set keylifeseconds {}\n        set auto-negotiate enable\n",
        proposal(&ipsec.encryption, &ipsec.authentication, false),
        ipsec.lifetime,
    );
    let entries = match it.by_policy {
        false => format!("    edit \"{name}\"\n{common}    next\n"),
        true => lines(it.selectors.iter().zip(1..), |((from, to), at)| {
            let ((from, from_mask), (to, to_mask)) = (masked(*from), masked(*to));
            format!(
                "    edit \"{name}-{at}\"\n{common}        set src-subnet {from} {from_mask}\n        set dst-subnet {to} {to_mask}\n    next"
            )
        }),
    };
    format!("config vpn ipsec phase2-interface\n{entries}end\n")
}

fn policies(name: &str) -> String {
    let policy = |title: &str, from: &str, to: &str| {
        format!(
            "    edit 0\n        set name \"{name}-{title}\"\n        set srcintf \"{from}\"\n        set dstintf \"{to}\"\n        \
             set srcaddr \"all\"\n        set dstaddr \"all\"\n        set action accept\n        set schedule \"always\"\n        \
             set service \"ALL\"\n    next\n"
        )
    };
    format!(
        "config firewall policy\n{}{}end\n",
        policy("out", "<LAN>", name),
        policy("in", name, "<LAN>")
    )
}

fn proposal(encryption: &str, authentication: &str, ike: bool) -> String {
    let sha = match authentication {
        "sha1" | "md5" => authentication.to_owned(),
        word => format!("sha{}", hash(word)),
    };
    match encryption {
        "3des" => format!("3des-{sha}"),
        word if combined(word) && ike => format!("aes{}gcm-prf{sha}", bits(word)),
        word if combined(word) => format!("aes{}gcm", bits(word)),
        word => format!("aes{}-{sha}", bits(word)),
    }
}
