//! Gateway flavors and the zones that have room for them, as the operator configured them.

use serde_json::Value;
use vpcd_net::Family;
use vpcd_store::setting;

pub use crate::operator::{Flavor, Zone};

use crate::fault::{Fault, FlavorRule};
use crate::operator;
use crate::tx::Tx;
use crate::vpn::gateway::{Gateway, Network};

/// A flavor as a caller chose it.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its name.
    pub name: String,
    /// Whether gateways of it have addresses of their own; the others need a prepaid gateway.
    pub fixed_addresses: bool,
}

/// The flavor of that name.
pub fn find(tx: &mut Tx<'_>, name: &str) -> Result<Option<Flavor>, Fault> {
    let text = setting::get(tx.rows(), &format!("flavor/{name}"))?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

/// All flavors, by name.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Flavor>, Fault> {
    operator::settings(tx, "flavor/")
}

/// Says of flavors from before gateways carried IPv6 whether theirs do: those do that attach to routers.
pub fn complete(tx: &mut Tx<'_>) -> Result<(), Fault> {
    for (key, text) in setting::list(tx.rows(), "flavor/")? {
        let Ok(Value::Object(mut flavor)) = serde_json::from_str(&text) else {
            continue;
        };
        if !flavor.contains_key("ipv6") {
            let router = flavor.get("router").and_then(Value::as_bool);
            flavor.insert("ipv6".to_owned(), router.unwrap_or(false).into());
            operator::set(tx, &key, &flavor)?;
        }
    }
    Ok(())
}

/// All zones, by name.
pub fn zones(tx: &mut Tx<'_>) -> Result<Vec<Zone>, Fault> {
    operator::settings(tx, "zone/")
}

/// Whether the zone has room for gateways of that flavor.
pub fn offers(zone: &Zone, flavor: &str) -> bool {
    match &zone.flavors {
        Some(flavors) => flavors.iter().any(|known| known == flavor),
        None => true,
    }
}

/// The flavor that a new gateway asks for.
pub fn choose(tx: &mut Tx<'_>, choice: &Choice, prepaid: bool) -> Result<Flavor, Fault> {
    // VPN.0516: what is paid by use has fixed addresses.
    if !choice.fixed_addresses && !prepaid {
        return Err(refusal(FlavorRule::FixedAddresses, "", &choice.name, ""));
    }
    find(tx, &choice.name)?.ok_or_else(|| {
        let detail = "this region does not have the flavor";
        refusal(FlavorRule::NotOffered, "", &choice.name, detail)
    })
}

/// The zones of a new gateway: two where at least two have room, those that were asked for, or the first ones.
pub fn place(
    tx: &mut Tx<'_>,
    flavor: &Flavor,
    wanted: &[String],
) -> Result<(Vec<String>, String), Fault> {
    let offering: Vec<Zone> = zones(tx)?
        .into_iter()
        .filter(|zone| offers(zone, &flavor.name))
        .collect();
    let need = offering.len().min(2);
    let Some(first) = offering.first() else {
        let detail = "no availability zone has room for it";
        return Err(refusal(FlavorRule::NotOffered, "", &flavor.name, detail));
    };
    if wanted.is_empty() {
        let names = offering.iter().take(need).map(|zone| zone.name.clone());
        return Ok((names.collect(), first.border_group.clone()));
    }
    let field = "availability_zone_ids";
    if wanted.len() != need || (need == 2 && wanted[0] == wanted[1]) {
        return Err(Fault::invalid(
            field,
            format!("{need} different zones must be specified"),
        ));
    }
    let mut group = None;
    for name in wanted {
        let Some(zone) = offering.iter().find(|zone| zone.name == *name) else {
            let reason = format!("zone {name} has no room for flavor {}", flavor.name);
            return Err(Fault::invalid(field, reason));
        };
        group.get_or_insert_with(|| zone.border_group.clone());
    }
    Ok((wanted.to_vec(), group.unwrap_or_default()))
}

/// The flavor that a gateway changes to, when the contract allows it (VPN.0516, 0518, 0105, 0517).
pub fn replacement(tx: &mut Tx<'_>, gateway: &Gateway, target: &Choice) -> Result<Flavor, Fault> {
    let current = &gateway.flavor;
    let refused = |rule, detail: &str| refusal(rule, current, &target.name, detail);
    if !target.fixed_addresses && !gateway.prepaid {
        return Err(refused(FlavorRule::FixedAddresses, ""));
    }
    let Some(next) = find(tx, &target.name)? else {
        let detail = "this region does not have the flavor";
        return Err(refused(FlavorRule::NotOffered, detail));
    };
    if next.name == *current {
        let detail = "the gateway has this flavor";
        return Err(refused(FlavorRule::NotOffered, detail));
    }
    let network = match gateway.network {
        Network::Public => "public",
        Network::Private => "private",
    };
    // VPN.0105: neither does a gateway lose its private network nor change whether far ends have fixed addresses.
    if (gateway.network == Network::Private && !next.private)
        || next.fixed_addresses == gateway.template.is_some()
    {
        return Err(refused(FlavorRule::NetworkType, network));
    }
    let now = find(tx, current)?;
    if now.as_ref().is_some_and(|now| now.certificates) || next.certificates {
        let detail = "gateways with certificates of their own keep their flavor";
        return Err(refused(FlavorRule::NotOffered, detail));
    }
    if gateway.router().is_some() && !next.router {
        let detail = "it cannot attach to an enterprise router";
        return Err(refused(FlavorRule::NotOffered, detail));
    }
    if gateway.carries == Family::V6 && !next.ipv6 {
        return Err(refused(FlavorRule::NotOffered, "it carries IPv4 only"));
    }
    if now.is_some_and(|now| now.connection_groups != next.connection_groups) {
        return Err(refused(FlavorRule::ConnectionGroup, ""));
    }
    let zones = zones(tx)?;
    let full = gateway.zones.iter().find(|name| {
        let zone = zones.iter().find(|zone| zone.name == **name);
        zone.is_none_or(|zone| !offers(zone, &next.name))
    });
    match full {
        Some(zone) => {
            let detail = format!("zone {zone} has no room for it");
            Err(refused(FlavorRule::NotOffered, &detail))
        }
        None => Ok(next),
    }
}

/// The names of the flavors that the gateway could change to.
pub fn replacements(tx: &mut Tx<'_>, gateway: &Gateway) -> Result<Vec<String>, Fault> {
    let mut names = Vec::new();
    for flavor in all(tx)? {
        let choice = Choice {
            fixed_addresses: flavor.fixed_addresses,
            name: flavor.name,
        };
        match replacement(tx, gateway, &choice) {
            Ok(flavor) => names.push(flavor.name),
            Err(Fault::Flavor { .. }) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(names)
}

fn refusal(rule: FlavorRule, current: &str, target: &str, detail: &str) -> Fault {
    Fault::Flavor {
        rule,
        current: current.to_owned(),
        target: target.to_owned(),
        detail: detail.to_owned(),
    }
}
