//! Juniper's SRX: `set` commands.

use super::{Facts, KEY, bits, combined, group, hash, lines, pfs};

/// The configuration of a firewall.
pub fn firewall(it: &Facts) -> String {
    let Facts { name, tunnel, .. } = it;
    let routes = match it.asns {
        Some((mine, theirs)) => format!(
            "set routing-options autonomous-system {mine}\nset protocols bgp group {name} type external\n\
             set protocols bgp group {name} peer-as {theirs}\nset protocols bgp group {name} neighbor {}\n",
            tunnel.1
        ),
        None => lines(&it.remote, |block| {
            format!("set routing-options static route {block} next-hop st0.1")
        }),
    };
    format!(
        "# {name} to {}\n{}{}set interfaces st0 unit 1 family inet address {}/30\n\
         set security zones security-zone vpn interfaces st0.1\n\
         set security zones security-zone untrust host-inbound-traffic system-services ike\n\
         set security policies from-zone trust to-zone vpn policy {name}-out match source-address any destination-address any application any\n\
         set security policies from-zone trust to-zone vpn policy {name}-out then permit\n\
         set security policies from-zone vpn to-zone trust policy {name}-in match source-address any destination-address any application any\n\
         set security policies from-zone vpn to-zone trust policy {name}-in then permit\n{routes}",
        it.gateway,
        phase1(it),
        phase2(it),
        tunnel.0,
    )
}

fn phase1(it: &Facts) -> String {
    let Facts {
        name, gateway, ike, ..
    } = it;
    let proposal = format!("set security ike proposal {name}");
    let policy = format!("set security ike policy {name}");
    let peer = format!("set security ike gateway {name}");
    let integrity = match combined(&ike.encryption) {
        true => String::new(),
        false => format!(
            "{proposal} authentication-algorithm {}\n",
            digest(&ike.authentication)
        ),
    };
    let mode = match it.is_v1() {
        true => format!("{policy} mode {}\n", ike.mode),
        false => String::new(),
    };
    let version = if it.is_v1() { "v1-only" } else { "v2-only" };
    let id = |side: &str, kind: &str, text: &str| match kind {
        "fqdn" => format!("{peer} {side}-identity hostname {text}\n"),
        _ => String::new(),
    };
    format!(
        "{proposal} authentication-method pre-shared-keys\n{proposal} dh-group group{}\n{integrity}{proposal} encryption-algorithm {}\n\
         {proposal} lifetime-seconds {}\n{policy} proposals {name}\n{mode}{policy} pre-shared-key ascii-text \"{KEY}\"\n\
         {peer} ike-policy {name}\n{peer} address {gateway}\n{peer} external-interface <INTERFACE>\n{peer} version {version}\n\
         {peer} dead-peer-detection interval {}\n{peer} dead-peer-detection threshold 5\n{}{}",
        group(&ike.dh_group),
        cipher(&ike.encryption),
        ike.lifetime,
        ike.dpd.interval.min(60),
        id("local", &it.own_id.kind, Facts::id(&it.own_id)),
        id("remote", &it.gateway_id.kind, Facts::id(&it.gateway_id)),
    )
}

fn phase2(it: &Facts) -> String {
    let Facts { name, ipsec, .. } = it;
    let proposal = format!("set security ipsec proposal {name}");
    let vpn = format!("set security ipsec vpn {name}");
    let integrity = match combined(&ipsec.encryption) {
        true => String::new(),
        false => {
            let bits = match ipsec.authentication.as_str() {
                "sha2-256" => "hmac-sha-256-128",
                "sha2-384" => "hmac-sha-384",
                "sha2-512" => "hmac-sha-512",
                "md5" => "hmac-md5-96",
                _ => "hmac-sha1-96",
            };
            format!("{proposal} authentication-algorithm {bits}\n")
        }
    };
    let pfs = pfs(ipsec).map_or(String::new(), |group| {
        format!("set security ipsec policy {name} perfect-forward-secrecy keys group{group}\n")
    });
    let selectors = lines(it.selectors.iter().zip(1..), |((from, to), at)| {
        format!("{vpn} traffic-selector ts{at} local-ip {from} remote-ip {to}")
    });
    format!(
        "{proposal} protocol esp\n{integrity}{proposal} encryption-algorithm {}\n{proposal} lifetime-seconds {}\n\
         set security ipsec policy {name} proposals {name}\n{pfs}{vpn} ike gateway {name}\n{vpn} ike ipsec-policy {name}\n\
         {vpn} bind-interface st0.1\n{vpn} establish-tunnels immediately\n{selectors}",
        cipher(&ipsec.encryption),
        ipsec.lifetime,
    )
}

fn cipher(word: &str) -> String {
    match word {
        "3des" => "3des-cbc".to_owned(),
        word if combined(word) => format!("aes-{}-gcm", bits(word)),
        word => format!("aes-{}-cbc", bits(word)),
    }
}

fn digest(word: &str) -> String {
    match word {
        "sha1" | "md5" => word.to_owned(),
        word => format!("sha-{}", hash(word)),
    }
}
