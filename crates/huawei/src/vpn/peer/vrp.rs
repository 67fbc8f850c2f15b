//! Huawei's routers (AR) and firewalls (USG): one language, and a firewall must be told what it lets through.

use super::{Facts, KEY, combined, group, lines, masked, pfs, wild};

/// The configuration of a router.
pub fn router(it: &Facts) -> String {
    format!("# {} to {}\n{}return\n", it.name, it.gateway, body(it))
}

/// The configuration of a firewall.
pub fn firewall(it: &Facts) -> String {
    let Facts { own, gateway, .. } = it;
    let zone = match it.by_policy {
        true => "",
        false => "firewall zone untrust\n add interface Tunnel1\n#\n",
    };
    let rules = format!(
        "security-policy\n rule name ipsec-in\n  source-zone untrust\n  destination-zone local\n  \
         source-address {gateway} mask 255.255.255.255\n  action permit\n rule name ipsec-out\n  source-zone local\n  \
         destination-zone untrust\n  destination-address {gateway} mask 255.255.255.255\n  action permit\n \
         rule name vpn-traffic\n  source-zone trust untrust\n  destination-zone trust untrust\n{}  action permit\n#\n",
        lines(&it.remote, |block| {
            let (network, mask) = masked(*block);
            format!("  destination-address {network} mask {mask}")
        })
    );
    format!(
        "# {} from {own} to {gateway}\n{}{zone}{rules}return\n",
        it.name,
        body(it)
    )
}

fn body(it: &Facts) -> String {
    let rest = match it.by_policy {
        true => by_policy(it),
        false => by_routes(it),
    };
    format!("{}{}{rest}", phase1(it), phase2(it))
}

fn phase1(it: &Facts) -> String {
    let Facts {
        name,
        gateway,
        ike,
        own,
        ..
    } = it;
    let integrity = match it.is_v1() {
        true => format!(" authentication-algorithm {}\n", ike.authentication),
        false => format!(
            " integrity-algorithm hmac-{}\n prf hmac-{}\n",
            ike.authentication, ike.authentication
        ),
    };
    let (version, mode) = match it.is_v1() {
        true => (
            " undo version 2\n",
            format!(" exchange-mode {}\n", ike.mode),
        ),
        false => (" undo version 1\n", String::new()),
    };
    let id = |side: &str, kind: &str, text: &str| match kind {
        "any" => format!(" {side}-id-type any\n"),
        kind => format!(" {side}-id-type {kind}\n {side}-id {text}\n"),
    };
    let own_id = match it.own_id.kind.as_str() {
        "fqdn" => Facts::id(&it.own_id),
        _ => own,
    };
    let local = id(
        "local",
        it.own_id.kind.replace("any", "ip").as_str(),
        own_id,
    );
    let remote = id("remote", &it.gateway_id.kind, Facts::id(&it.gateway_id));
    format!(
        "ike proposal 10\n encryption-algorithm {}\n dh group{}\n authentication-method pre-share\n{integrity} sa duration {}\n#\n\
         ike peer {name}\n{version}{mode} pre-shared-key cipher {KEY}\n ike-proposal 10\n{local}{remote} dpd type on-demand\n \
         dpd idle-time {}\n dpd retransmit-interval {}\n dpd msg {}\n remote-address {gateway}\n#\n",
        cipher(&ike.encryption),
        group(&ike.dh_group),
        ike.lifetime,
        ike.dpd.interval,
        ike.dpd.timeout,
        ike.dpd.message,
    )
}

fn phase2(it: &Facts) -> String {
    let ipsec = &it.ipsec;
    let integrity = match combined(&ipsec.encryption) {
        true => String::new(),
        false => format!(" esp authentication-algorithm {}\n", ipsec.authentication),
    };
    format!(
        "ipsec proposal {}\n transform esp\n encapsulation-mode tunnel\n{integrity} esp encryption-algorithm {}\n#\n",
        it.name,
        cipher(&ipsec.encryption)
    )
}

fn settings(it: &Facts) -> String {
    let pfs = pfs(&it.ipsec).map_or(String::new(), |group| format!(" pfs dh-group{group}\n"));
    format!(
        " ike-peer {}\n proposal {}\n{pfs} sa duration time-based {}\n",
        it.name, it.name, it.ipsec.lifetime
    )
}

fn by_routes(it: &Facts) -> String {
    let Facts {
        name,
        own,
        gateway,
        tunnel,
        ..
    } = it;
    let routes = match it.asns {
        Some((mine, theirs)) => format!(
            "bgp {mine}\n peer {} as-number {theirs}\n ipv4-family unicast\n  peer {} enable\n#\n",
            tunnel.1, tunnel.1
        ),
        None => lines(&it.remote, |block| {
            let (network, mask) = masked(*block);
            format!("ip route-static {network} {mask} Tunnel1")
        }),
    };
    format!(
        "ipsec profile {name}\n{}#\ninterface Tunnel1\n ip address {} 255.255.255.252\n tunnel-protocol ipsec\n \
         source {own}\n destination {gateway}\n ipsec profile {name}\n#\n{routes}#\n",
        settings(it),
        tunnel.0
    )
}

fn by_policy(it: &Facts) -> String {
    let name = &it.name;
    let rules = lines(it.selectors.iter().zip(1..), |((from, to), at)| {
        let ((from, from_mask), (to, to_mask)) = (wild(*from), wild(*to));
        format!(
            " rule {} permit ip source {from} {from_mask} destination {to} {to_mask}",
            at * 5
        )
    });
    format!(
        "acl number 3100\n{rules}#\nipsec policy {name} 10 isakmp\n security acl 3100\n{}#\n\
         # on the interface towards the Internet:\ninterface <INTERFACE>\n ipsec policy {name}\n#\n",
        settings(it)
    )
}

fn cipher(word: &str) -> String {
    match combined(word) {
        true => word.replace("-gcm-16", "-gcm-128"),
        false => word.to_owned(),
    }
}
