//! Cisco routers with IOS XE.

use super::{Facts, KEY, bits, combined, group, hash, lines, masked, pfs, wild};

/// The configuration of a router.
pub fn router(it: &Facts) -> String {
    let phase1 = if it.is_v1() { isakmp(it) } else { ikev2(it) };
    let profile = match it.is_v1() {
        true => String::new(),
        false => format!(" set ikev2-profile {}\n", it.name),
    };
    let pfs = pfs(&it.ipsec).map_or(String::new(), |group| format!(" set pfs group{group}\n"));
    let settings = format!(
        " set security-association lifetime seconds {}\n set transform-set {}\n{pfs}{profile}",
        it.ipsec.lifetime, it.name
    );
    let transform = format!(
        "crypto ipsec transform-set {} {}\n mode tunnel\n!\n",
        it.name,
        esp(it)
    );
    let rest = match it.by_policy {
        true => by_policy(it, &settings),
        false => by_routes(it, &settings),
    };
    format!("! {} to {}\n{phase1}{transform}{rest}", it.name, it.gateway)
}

fn ikev2(it: &Facts) -> String {
    let Facts {
        name,
        own,
        gateway,
        ike,
        ..
    } = it;
    let id = |kind: &str, text: &str| match kind {
        "fqdn" => format!("fqdn {text}"),
        _ => format!("address {text}"),
    };
    let own_id = id(
        &it.own_id.kind,
        if it.own_id.kind == "fqdn" {
            Facts::id(&it.own_id)
        } else {
            own
        },
    );
    let remote = match it.gateway_id.kind.as_str() {
        "fqdn" => format!("fqdn {}", Facts::id(&it.gateway_id)),
        _ => format!("address {} 255.255.255.255", Facts::id(&it.gateway_id)),
    };
    let integrity = match combined(&ike.encryption) {
        true => format!(" prf {}\n", sha(&ike.authentication)),
        false => format!(" integrity {}\n", sha(&ike.authentication)),
    };
    format!(
        "crypto ikev2 proposal {name}\n encryption {}\n{integrity} group {}\n!\n\
         crypto ikev2 policy {name}\n match address local {own}\n proposal {name}\n!\n\
         crypto ikev2 keyring {name}\n peer vpn\n  address {gateway}\n  pre-shared-key {KEY}\n!\n\
         crypto ikev2 profile {name}\n match identity remote {remote}\n identity local {own_id}\n \
         authentication remote pre-share\n authentication local pre-share\n keyring local {name}\n lifetime {}\n \
         dpd {} {} on-demand\n!\n",
        cipher(&ike.encryption),
        group(&ike.dh_group),
        ike.lifetime,
        ike.dpd.interval,
        ike.dpd.timeout,
    )
}

fn isakmp(it: &Facts) -> String {
    let Facts { gateway, ike, .. } = it;
    let cipher = match ike.encryption.as_str() {
        "3des" => "3des".to_owned(),
        word => format!("aes {}", bits(word)),
    };
    let hash = match ike.authentication.as_str() {
        "sha1" => "sha".to_owned(),
        word => sha(word),
    };
    format!(
        "crypto isakmp policy 10\n encryption {cipher}\n hash {hash}\n authentication pre-share\n group {}\n lifetime {}\n!\n\
         crypto isakmp key {KEY} address {gateway}\ncrypto isakmp keepalive {} {}\n!\n",
        group(&ike.dh_group),
        ike.lifetime,
        ike.dpd.interval,
        ike.dpd.timeout,
    )
}

fn by_routes(it: &Facts, settings: &str) -> String {
    let Facts {
        name,
        own,
        gateway,
        tunnel,
        ..
    } = it;
    let routes = match it.asns {
        Some((mine, theirs)) => format!(
            "router bgp {mine}\n neighbor {} remote-as {theirs}\n address-family ipv4\n  neighbor {} activate\n!\n",
            tunnel.1, tunnel.1
        ),
        None => lines(&it.remote, |block| {
            let (network, mask) = masked(*block);
            format!("ip route {network} {mask} Tunnel1")
        }),
    };
    format!(
        "crypto ipsec profile {name}\n{settings}!\ninterface Tunnel1\n ip address {} 255.255.255.252\n \
         tunnel source {own}\n tunnel mode ipsec ipv4\n tunnel destination {gateway}\n \
         tunnel protection ipsec profile {name}\n!\n{routes}",
        tunnel.0
    )
}

fn by_policy(it: &Facts, settings: &str) -> String {
    let Facts { name, gateway, .. } = it;
    let permits = lines(&it.selectors, |(from, to)| {
        let ((from, from_mask), (to, to_mask)) = (wild(*from), wild(*to));
        format!(" permit ip {from} {from_mask} {to} {to_mask}")
    });
    format!(
        "ip access-list extended {name}\n{permits}!\ncrypto map {name} 10 ipsec-isakmp\n set peer {gateway}\n{settings} \
         match address {name}\n!\n! on the interface towards the Internet:\ninterface <INTERFACE>\n crypto map {name}\n"
    )
}

fn esp(it: &Facts) -> String {
    let ipsec = &it.ipsec;
    match ipsec.encryption.as_str() {
        word if combined(word) => format!("esp-gcm {}", bits(word)),
        "3des" => format!("esp-3des {}", hmac(&ipsec.authentication)),
        word => format!("esp-aes {} {}", bits(word), hmac(&ipsec.authentication)),
    }
}

fn hmac(word: &str) -> String {
    match word {
        "sha1" => "esp-sha-hmac".to_owned(),
        "md5" => "esp-md5-hmac".to_owned(),
        word => format!("esp-sha{}-hmac", hash(word)),
    }
}

fn cipher(word: &str) -> String {
    match word {
        "3des" => "3des".to_owned(),
        word if combined(word) => format!("aes-gcm-{}", bits(word)),
        word => format!("aes-cbc-{}", bits(word)),
    }
}

fn sha(word: &str) -> String {
    match word {
        "sha1" | "md5" => word.to_owned(),
        word => format!("sha{}", hash(word)),
    }
}
