//! The comparison of two ends.

use std::fmt::{Debug, Display};

use vpcd_net::Prefix;

use super::{Finding, Severity, Side, Where};

/// Ports that IKE needs: its own, and that of encapsulated packets.
pub(super) const PORTS: [u16; 2] = [500, 4500];

/// What keeps the two ends from agreeing, errors first.
pub fn compare(here: &Side, there: &Side) -> Vec<Finding> {
    let mut found = Vec::new();
    ike(&mut found, here, there);
    ipsec(&mut found, here, there);
    identities(&mut found, here, there);
    addresses(&mut found, here, there);
    selectors(&mut found, here, there);
    routing(&mut found, here, there);
    for (side, it) in [(Where::Here, here), (Where::There, there)] {
        alone(&mut found, side, it);
    }
    found.sort_by_key(|it| it.severity == Severity::Warning);
    found
}

/// Both must say the same.
fn same<T: PartialEq + Display>(
    found: &mut Vec<Finding>,
    severity: Severity,
    field: &'static str,
    here: Option<&T>,
    there: Option<&T>,
) {
    let (Some(here), Some(there)) = (here, there) else {
        return;
    };
    if here != there {
        found.push(Finding {
            severity,
            field,
            here: here.to_string(),
            there: there.to_string(),
            side: Where::Either,
            advice: format!("set {field} to {there} here, or to {here} there"),
        });
    }
}

/// What one side has for the other must be what the other is.
fn mirrors<T: PartialEq + Display>(
    found: &mut Vec<Finding>,
    (field, severity): (&'static str, Severity),
    side: Where,
    says: Option<&T>,
    is: Option<&T>,
) {
    let (Some(says), Some(is)) = (says, is) else {
        return;
    };
    if says == is {
        return;
    }
    let (here, there) = match side {
        Where::There => (is, says),
        Where::Here | Where::Either => (says, is),
    };
    let place = match side {
        Where::There => "there",
        Where::Here | Where::Either => "here",
    };
    found.push(Finding {
        severity,
        field,
        here: here.to_string(),
        there: there.to_string(),
        side,
        advice: format!("set {field} to {is} {place}"),
    });
}

fn ike(found: &mut Vec<Finding>, here: &Side, there: &Side) {
    let (a, b) = (&here.ikepolicy, &there.ikepolicy);
    let mut words = vec![
        ("ikepolicy.ike_version", &a.ike_version, &b.ike_version),
        (
            "ikepolicy.encryption_algorithm",
            &a.encryption_algorithm,
            &b.encryption_algorithm,
        ),
        (
            "ikepolicy.authentication_algorithm",
            &a.authentication_algorithm,
            &b.authentication_algorithm,
        ),
        ("ikepolicy.dh_group", &a.dh_group, &b.dh_group),
        (
            "ikepolicy.authentication_method",
            &a.authentication_method,
            &b.authentication_method,
        ),
    ];
    let v1 = a.ike_version.as_deref() == Some("v1");
    if v1 {
        words.push((
            "ikepolicy.phase1_negotiation_mode",
            &a.phase1_negotiation_mode,
            &b.phase1_negotiation_mode,
        ));
    }
    for (field, here, there) in words {
        same(found, Severity::Error, field, here.as_ref(), there.as_ref());
    }
    // Version 2 has no lifetimes that the ends agree on: each renews by its own.
    let severity = if v1 {
        Severity::Error
    } else {
        Severity::Warning
    };
    let field = "ikepolicy.lifetime_seconds";
    same(
        found,
        severity,
        field,
        a.lifetime_seconds.as_ref(),
        b.lifetime_seconds.as_ref(),
    );
    if let (Some(mine), Some(theirs)) = (&here.psk, &there.psk)
        && mine != theirs
    {
        found.push(Finding {
            severity: Severity::Error,
            field: "psk",
            here: "(secret)".to_owned(),
            there: "(another secret)".to_owned(),
            side: Where::Either,
            advice: "set the same psk on both sides".to_owned(),
        });
    }
}

fn ipsec(found: &mut Vec<Finding>, here: &Side, there: &Side) {
    let (a, b) = (&here.ipsecpolicy, &there.ipsecpolicy);
    let combined = |word: &Option<String>| word.as_ref().is_some_and(|word| word.contains("-gcm-"));
    let mut words = vec![
        (
            "ipsecpolicy.encryption_algorithm",
            &a.encryption_algorithm,
            &b.encryption_algorithm,
        ),
        ("ipsecpolicy.pfs", &a.pfs, &b.pfs),
        (
            "ipsecpolicy.transform_protocol",
            &a.transform_protocol,
            &b.transform_protocol,
        ),
        (
            "ipsecpolicy.encapsulation_mode",
            &a.encapsulation_mode,
            &b.encapsulation_mode,
        ),
    ];
    // Where both encrypt and authenticate at once, the other algorithm says nothing.
    if !(combined(&a.encryption_algorithm) && combined(&b.encryption_algorithm)) {
        words.push((
            "ipsecpolicy.authentication_algorithm",
            &a.authentication_algorithm,
            &b.authentication_algorithm,
        ));
    }
    for (field, here, there) in words {
        same(found, Severity::Error, field, here.as_ref(), there.as_ref());
    }
    let field = "ipsecpolicy.lifetime_seconds";
    let lifetimes = (a.lifetime_seconds.as_ref(), b.lifetime_seconds.as_ref());
    same(found, Severity::Warning, field, lifetimes.0, lifetimes.1);
}

fn identities(found: &mut Vec<Finding>, here: &Side, there: &Side) {
    let rule = ("ikepolicy.peer_id", Severity::Error);
    for (side, expects, is) in [(Where::Here, here, there), (Where::There, there, here)] {
        if expects.ikepolicy.peer_id_type.as_deref() == Some("any") {
            continue;
        }
        let shown = is
            .ikepolicy
            .local_id
            .clone()
            .or(is.address.map(|it| it.to_string()));
        mirrors(
            found,
            rule,
            side,
            expects.ikepolicy.peer_id.as_ref(),
            shown.as_ref(),
        );
    }
}

fn addresses(found: &mut Vec<Finding>, here: &Side, there: &Side) {
    for (side, says, is) in [(Where::Here, here, there), (Where::There, there, here)] {
        let rule = ("peer_address", Severity::Error);
        mirrors(
            found,
            rule,
            side,
            says.peer_address.as_ref(),
            is.address.as_ref(),
        );
    }
}

fn selectors(found: &mut Vec<Finding>, here: &Side, there: &Side) {
    let by_policy = |it: &Side| {
        it.style
            .as_ref()
            .map(|word| word.eq_ignore_ascii_case("policy"))
    };
    if let (Some(mine), Some(theirs)) = (by_policy(here), by_policy(there))
        && mine != theirs
    {
        same(
            found,
            Severity::Error,
            "style",
            here.style.as_ref(),
            there.style.as_ref(),
        );
        return;
    }
    let exactly = by_policy(here).or(by_policy(there)) == Some(true);
    for (side, says, is) in [(Where::Here, here, there), (Where::There, there, here)] {
        let (Some(wanted), Some(behind)) = (&says.peer_subnets, &is.local_subnets) else {
            continue;
        };
        let covered = |block: &Prefix, by: &[Prefix]| match exactly {
            true => by.contains(block),
            false => by.iter().any(|other| other.holds(*block)),
        };
        let strays: Vec<&Prefix> = wanted.iter().filter(|it| !covered(it, behind)).collect();
        let missing: Vec<&Prefix> = behind.iter().filter(|it| !covered(it, wanted)).collect();
        if strays.is_empty() && missing.is_empty() {
            continue;
        }
        let (here, there, place) = match side {
            Where::There => (behind, wanted, "there"),
            Where::Here | Where::Either => (wanted, behind, "here"),
        };
        found.push(Finding {
            severity: match exactly || !missing.is_empty() {
                true => Severity::Error,
                false => Severity::Warning,
            },
            field: "peer_subnets",
            here: joined(here),
            there: joined(there),
            side,
            advice: advice(&missing, &strays, place),
        });
    }
}

fn advice(missing: &[&Prefix], strays: &[&Prefix], place: &str) -> String {
    let mut parts = Vec::new();
    if !missing.is_empty() {
        parts.push(format!("add {} to peer_subnets {place}", joined(missing)));
    }
    if !strays.is_empty() {
        parts.push(format!(
            "nothing like {} is at the other end",
            joined(strays)
        ));
    }
    parts.join("; ")
}

fn routing(found: &mut Vec<Finding>, here: &Side, there: &Side) {
    let told = |it: &Side| {
        it.style
            .as_ref()
            .is_some_and(|word| word.eq_ignore_ascii_case("bgp"))
    };
    if !(told(here) || told(there)) {
        return;
    }
    same(
        found,
        Severity::Error,
        "style",
        here.style.as_ref(),
        there.style.as_ref(),
    );
    let bare = |text: &Option<String>| {
        text.as_ref()
            .map(|text| text.trim_end_matches("/30").to_owned())
    };
    for (side, says, is) in [(Where::Here, here, there), (Where::There, there, here)] {
        let rule = ("peer_asn", Severity::Error);
        mirrors(found, rule, side, says.peer_asn.as_ref(), is.asn.as_ref());
        let rule = ("tunnel_peer_address", Severity::Error);
        let (wanted, shown) = (
            bare(&says.tunnel_peer_address),
            bare(&is.tunnel_local_address),
        );
        mirrors(found, rule, side, wanted.as_ref(), shown.as_ref());
    }
}

/// What is wrong with a side whatever the other says.
fn alone(found: &mut Vec<Finding>, side: Where, it: &Side) {
    let mut wrong = |field, value: String, advice: String| {
        let (here, there) = match side {
            Where::There => (String::new(), value),
            Where::Here | Where::Either => (value, String::new()),
        };
        found.push(Finding {
            severity: Severity::Error,
            field,
            here,
            there,
            side,
            advice,
        });
    };
    if it.frozen {
        let advice =
            "the public address or the gateway is frozen: pay what is owed, or end the abuse";
        wrong(
            "address",
            format!("{:?} frozen", it.address),
            advice.to_owned(),
        );
    }
    for trouble in &it.troubles {
        wrong(trouble.field, trouble.found.clone(), trouble.advice.clone());
    }
    if let Some(open) = &it.open_ports {
        for port in PORTS.iter().filter(|port| !open.contains(port)) {
            wrong(
                "open_ports",
                listed(open),
                format!("let UDP port {port} in"),
            );
        }
    }
    if let (Some(local), Some(peer)) = (&it.local_subnets, &it.peer_subnets)
        && let Some((mine, theirs)) = local
            .iter()
            .flat_map(|mine| peer.iter().map(move |theirs| (mine, theirs)))
            .find(|(mine, theirs)| mine.holds(**theirs) || *mine == *theirs)
    {
        let advice = format!(
            "{theirs} is behind this end itself: its route never leads into the tunnel ({mine})"
        );
        wrong("peer_subnets", joined(peer), advice);
    }
}

fn joined<T: Display>(items: &[T]) -> String {
    let texts: Vec<String> = items.iter().map(T::to_string).collect();
    texts.join(", ")
}

fn listed<T: Debug>(items: &[T]) -> String {
    format!("{items:?}")
}
