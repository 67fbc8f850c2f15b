//! strongSwan: `swanctl.conf`.

use vpcd_net::Prefix;

use super::{Facts, KEY, bits, combined, hash, lines};

/// The number that ties packets of the tunnel to its interface.
const INTERFACE: u32 = 42;

/// The configuration file, and what else a Linux machine needs to route into the tunnel.
pub fn swanctl(it: &Facts) -> String {
    let Facts {
        name,
        own,
        gateway,
        ike,
        ipsec,
        tunnel,
        ..
    } = it;
    let version = if it.is_v1() { 1 } else { 2 };
    let aggressive = match it.is_v1() && ike.mode == "aggressive" {
        true => "    aggressive = yes\n",
        false => "",
    };
    let own_id = match it.own_id.kind.as_str() {
        "fqdn" => Facts::id(&it.own_id),
        _ => own,
    };
    let gateway_id = Facts::id(&it.gateway_id);
    let ike_proposal = proposal(
        &ike.encryption,
        &ike.authentication,
        Some(&ike.dh_group),
        true,
    );
    let pfs = (ipsec.pfs != "disable").then_some(ipsec.pfs.as_str());
    let esp_proposal = proposal(&ipsec.encryption, &ipsec.authentication, pfs, false);
    let all = Prefix::all(it.carries).to_string();
    let (children, routes) = match it.by_policy {
        true => (policies(it, &esp_proposal), String::new()),
        false => (
            child("net", &all, &all, ipsec.lifetime, &esp_proposal, true),
            routes(it),
        ),
    };
    format!(
        "# /etc/swanctl/conf.d/{name}.conf, then: swanctl --load-all\nconnections {{\n  {name} {{\n    version = {version}\n{aggressive}    \
         local_addrs = {own}\n    remote_addrs = {gateway}\n    proposals = {ike_proposal}\n    rekey_time = {}s\n    \
         dpd_delay = {}s\n    dpd_timeout = {}s\n    local {{\n      auth = psk\n      id = {own_id}\n    }}\n    remote {{\n      \
         auth = psk\n      id = {gateway_id}\n    }}\n    children {{\n{children}    }}\n  }}\n}}\nsecrets {{\n  ike-{name} {{\n    \
         id-1 = {own_id}\n    id-2 = {gateway_id}\n    secret = \"{KEY}\"\n  }}\n}}\n{routes}{}",
        ike.lifetime,
        ike.dpd.interval,
        ike.dpd.timeout,
        bgp(it, tunnel.1),
    )
}

fn policies(it: &Facts, proposal: &str) -> String {
    let pairs = it.selectors.iter().zip(1..);
    pairs
        .map(|((from, to), at)| {
            let (name, from, to) = (format!("net{at}"), from.to_string(), to.to_string());
            child(&name, &from, &to, it.ipsec.lifetime, proposal, false)
        })
        .collect()
}

fn child(name: &str, from: &str, to: &str, lifetime: u32, proposal: &str, routed: bool) -> String {
    let tie = match routed {
        true => format!("        if_id_in = {INTERFACE}\n        if_id_out = {INTERFACE}\n"),
        false => String::new(),
    };
    format!(
        "      {name} {{\n        local_ts = {from}\n        remote_ts = {to}\n        esp_proposals = {proposal}\n        \
         rekey_time = {lifetime}s\n        mode = tunnel\n        start_action = trap\n        dpd_action = restart\n{tie}      }}\n"
    )
}

fn routes(it: &Facts) -> String {
    format!(
        "# ip link add ipsec{INTERFACE} type xfrm dev <INTERFACE> if_id {INTERFACE}\n\
         # ip address add {}/30 dev ipsec{INTERFACE}\n# ip link set ipsec{INTERFACE} up\n{}",
        it.tunnel.0,
        lines(&it.remote, |block| format!(
            "# ip route add {block} dev ipsec{INTERFACE}"
        ))
    )
}

fn bgp(it: &Facts, neighbour: std::net::Ipv4Addr) -> String {
    it.asns.map_or(String::new(), |(mine, theirs)| {
        format!("# FRR: router bgp {mine}\n# FRR:  neighbor {neighbour} remote-as {theirs}\n")
    })
}

fn proposal(encryption: &str, authentication: &str, group: Option<&str>, ike: bool) -> String {
    let sha = match authentication {
        "sha1" | "md5" => authentication.to_owned(),
        word => format!("sha{}", hash(word)),
    };
    let mut parts = match encryption {
        "3des" => vec!["3des".to_owned(), sha],
        word if combined(word) => {
            let cipher = format!("aes{}gcm16", bits(word));
            // What makes keys is told apart only where no integrity algorithm tells it.
            match ike {
                true => vec![cipher, format!("prf{sha}")],
                false => vec![cipher],
            }
        }
        word => vec![format!("aes{}", bits(word)), sha],
    };
    parts.extend(group.map(|word| modulus(word).to_owned()));
    parts.join("-")
}

fn modulus(group: &str) -> &'static str {
    match group {
        "group1" => "modp768",
        "group2" => "modp1024",
        "group5" => "modp1536",
        "group14" => "modp2048",
        "group16" => "modp4096",
        "group19" => "ecp256",
        "group20" => "ecp384",
        "group21" => "ecp521",
        _ => "modp3072",
    }
}
