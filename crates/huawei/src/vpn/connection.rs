//! VPN connections.

mod render;

use std::net::Ipv4Addr;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::vpn::connection::{
    self, Connection, ConnectionChange, NewConnection, Role, Rule, Style,
};
use vpcd_domain::vpn::tunnel::Wanted;
use vpcd_net::{Cidr, Cidr6, Prefix};

use render::{changed, created, full};

use super::faults::refuse;
use super::page;
use super::parse::{self, Block, blocks, invalid, needed, needed_uuid, reply, word};
use super::proposal::{self, IkeWire, IpsecWire};
use crate::generated::limits;
use crate::wire::TagWire;

#[derive(Deserialize)]
struct Body<T> {
    vpn_connection: T,
}

#[derive(Deserialize)]
struct BatchBody {
    vpn_connections: Vec<CreateWire>,
}

#[derive(Deserialize)]
struct CreateWire {
    name: Option<String>,
    vgw_id: Option<String>,
    vgw_ip: Option<String>,
    style: Option<String>,
    cgw_id: Option<String>,
    peer_subnets: Option<Vec<String>>,
    peer_subnets_v6: Option<Vec<String>>,
    tunnel_local_address: Option<String>,
    tunnel_peer_address: Option<String>,
    enable_nqa: Option<bool>,
    enable_hub: Option<bool>,
    enable_health_check: Option<bool>,
    psk: Option<String>,
    policy_rules: Option<Vec<RuleWire>>,
    policy_rules_v6: Option<Vec<RuleWire>>,
    ikepolicy: Option<IkeWire>,
    ipsecpolicy: Option<IpsecWire>,
    ha_role: Option<String>,
    tags: Option<Vec<TagWire>>,
}

/// `enable_nqa`, which some clients send, cannot be changed and is ignored.
#[derive(Deserialize)]
struct UpdateWire {
    name: Option<String>,
    cgw_id: Option<String>,
    peer_subnets: Option<Vec<String>>,
    peer_subnets_v6: Option<Vec<String>>,
    tunnel_local_address: Option<String>,
    tunnel_peer_address: Option<String>,
    enable_hub: Option<bool>,
    psk: Option<String>,
    policy_rules: Option<Vec<RuleWire>>,
    policy_rules_v6: Option<Vec<RuleWire>>,
    ikepolicy: Option<IkeWire>,
    ipsecpolicy: Option<IpsecWire>,
}

/// Highest index of a policy rule.
const INDEX_MAX: u64 = 50;

/// The index, which some clients send, is the server's to give, but it is judged.
#[derive(Deserialize)]
struct RuleWire {
    #[serde(default, deserialize_with = "parse::integer")]
    rule_index: Option<i64>,
    source: Option<String>,
    destination: Option<Vec<String>>,
}

/// `POST /v5/{project_id}/vpn-connection`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let Body {
        vpn_connection: wire,
    } = parse::body::<Body<CreateWire>>(call)?;
    let shown = add(call, vec![parse(wire)?])?;
    Ok(reply(call, json!({"vpn_connection": shown.first()})))
}

/// `POST /v5/{project_id}/vpn-connections/batch-create`: one or two connections of one gateway, all or none.
pub fn batch_create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let BatchBody {
        vpn_connections: wires,
    } = parse::body(call)?;
    let most = limits::VPN_CONNECTION_BATCH_MAX;
    if !(1..=most).contains(&u64::try_from(wires.len()).unwrap_or(u64::MAX)) {
        return Err(invalid(format!(
            "vpn_connections must have 1 to {most} items"
        )));
    }
    let new: Vec<NewConnection> = wires.into_iter().map(parse).collect::<Result<_, _>>()?;
    if new.iter().any(|other| other.gateway != new[0].gateway) {
        return Err(invalid("vpn_connections must be of one gateway"));
    }
    let shown = add(call, new)?;
    Ok(reply(call, json!({"vpn_connections": shown})))
}

/// `GET /v5/{project_id}/vpn-connection/{vpn_connection_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    let (view, now) = call
        .read(move |tx, cx| {
            let it = tx.get(&cx.caller.project, &id)?;
            Ok((connection::view(tx, it)?, cx.now))
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({"vpn_connection": full(&view, now)})))
}

/// `GET /v5/{project_id}/vpn-connection`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = page::page(call, limits::VPN_CONNECTION_PAGE_LIMIT_MAX)?;
    let asked = |name: &str| call.query.get(name).map(str::to_owned);
    let (id, gateway) = (asked("vpn_id"), asked("vgw_id"));
    let addresses = [asked("vgw_ip"), asked("eip_id")];
    let projects = parse::enterprise_projects(call);
    let narrowed = [&id, &gateway, &addresses[0], &addresses[1]]
        .into_iter()
        .any(Option::is_some);
    let (views, total, now) = call
        .read(move |tx, cx| {
            let wanted = |it: &Connection| {
                id.as_ref().is_none_or(|id| it.head.id == *id)
                    && gateway.as_ref().is_none_or(|id| it.gateway() == id)
                    && addresses
                        .iter()
                        .flatten()
                        .all(|address| it.gateway_ip == *address)
                    && (projects.is_empty() || projects.contains(&it.enterprise_project))
            };
            let filter = (narrowed || !projects.is_empty()).then_some(wanted);
            let listed = page::list(tx, &cx.caller.project, page, filter)?;
            let views = listed.items.into_iter().map(|it| connection::view(tx, it));
            Ok((views.collect::<Result<Vec<_>, _>>()?, listed.total, cx.now))
        })
        .map_err(|fault| refuse(call, fault))?;
    let shown: Vec<Value> = views.iter().map(|view| full(view, now)).collect();
    let info = page::info(
        shown.len(),
        views.last().map(|view| view.connection.head.created),
    );
    Ok(reply(
        call,
        json!({"vpn_connections": shown, "total_count": total, "page_info": info}),
    ))
}

/// `PUT /v5/{project_id}/vpn-connection/{vpn_connection_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    let Body {
        vpn_connection: wire,
    } = parse::body::<Body<UpdateWire>>(call)?;
    let change = ConnectionChange {
        name: parse::name("name", wire.name)?,
        customer_gateway: parse::uuid("cgw_id", wire.cgw_id)?,
        peer_subnets: peer_subnets(wire.peer_subnets, wire.peer_subnets_v6)?,
        tunnel: tunnel(wire.tunnel_local_address, wire.tunnel_peer_address)?,
        hub: wire.enable_hub,
        rules: rules(wire.policy_rules, wire.policy_rules_v6)?,
        ike: proposal::ike(wire.ikepolicy.map(IkeWire::of_update))?,
        ipsec: proposal::ipsec(wire.ipsecpolicy)?,
        psk: proposal::psk(wire.psk)?,
    };
    let view = call
        .write(move |tx, cx| {
            let it = connection::update(tx, cx, &id, change.clone())?;
            connection::view(tx, it)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({"vpn_connection": changed(&view)})))
}

/// `POST /v5/{project_id}/vpn-connection/{vpn_connection_id}/reset`
pub fn reset(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    call.write(move |tx, cx| connection::reset(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({})))
}

/// `DELETE /v5/{project_id}/vpn-connection/{vpn_connection_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    call.write(move |tx, cx| connection::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

fn id(call: &Call<'_>) -> String {
    call.param("vpn_connection_id").to_owned()
}

fn add(call: &Call<'_>, new: Vec<NewConnection>) -> Result<Vec<Value>, Refusal> {
    let views = call
        .write(move |tx, cx| {
            let made = connection::create(tx, cx, new.clone())?;
            made.into_iter()
                .map(|it| connection::view(tx, it))
                .collect::<Result<Vec<_>, _>>()
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(views.iter().map(created).collect())
}

fn parse(wire: CreateWire) -> Result<NewConnection, Refusal> {
    let style = wire.style.map(|style| style.to_lowercase());
    let style = match word("style", style, &["policy", "static", "bgp"])?.as_deref() {
        Some("policy") => Style::Policy,
        Some("bgp") => Style::Bgp,
        _ => Style::Static,
    };
    let role = match word("ha_role", wire.ha_role, &["master", "slave"])?.as_deref() {
        Some("master") => Some(Role::Master),
        Some(_) => Some(Role::Slave),
        None => None,
    };
    Ok(NewConnection {
        gateway: needed_uuid("vgw_id", wire.vgw_id)?,
        gateway_ip: wire.vgw_ip.ok_or_else(|| needed("vgw_ip"))?,
        customer_gateway: needed_uuid("cgw_id", wire.cgw_id)?,
        name: parse::new_name(wire.name, "vpn-XXXX")?,
        style,
        peer_subnets: peer_subnets(wire.peer_subnets, wire.peer_subnets_v6)?.unwrap_or_default(),
        tunnel: tunnel(wire.tunnel_local_address, wire.tunnel_peer_address)?,
        link_detection: wire.enable_nqa.unwrap_or(false),
        hub: wire.enable_hub.unwrap_or(false),
        rules: rules(wire.policy_rules, wire.policy_rules_v6)?.unwrap_or_default(),
        ike: proposal::ike(wire.ikepolicy)?,
        ipsec: proposal::ipsec(wire.ipsecpolicy)?,
        monitored: wire.enable_health_check.unwrap_or(false),
        role,
        psk: proposal::psk(wire.psk)?,
        tags: parse::tags(wire.tags)?,
    })
}

/// Blocks at the far end, none of them where the platform's own services are.
fn peer_subnets(
    four: Option<Vec<String>>,
    six: Option<Vec<String>>,
) -> Result<Option<Vec<Prefix>>, Refusal> {
    const FIELDS: [&str; 2] = ["peer_subnets", "peer_subnets_v6"];
    const FORBIDDEN: [&str; 2] = ["100.64.0.0/10", "214.0.0.0/8"];
    let subnets = parse::either(FIELDS, four.as_deref(), six.as_deref())?;
    for subnet in subnets.iter().flatten() {
        let inside = |text: &&&str| text.parse::<Prefix>().is_ok_and(|it| it.holds(*subnet));
        if let Some(block) = FORBIDDEN.iter().find(inside) {
            return Err(invalid(format!("peer_subnets: {subnet} is inside {block}")));
        }
    }
    Ok(subnets)
}

fn tunnel(local: Option<String>, peer: Option<String>) -> Result<Wanted, Refusal> {
    let address = |field: &str, text: Option<String>| -> Result<Option<Ipv4Addr>, Refusal> {
        let Some(text) = text.filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        let address = text.strip_suffix("/30").and_then(|text| text.parse().ok());
        address
            .map(Some)
            .ok_or_else(|| invalid(format!("{field} is not an IPv4 address with /30")))
    };
    Ok(Wanted {
        local: address("tunnel_local_address", local)?,
        peer: address("tunnel_peer_address", peer)?,
    })
}

/// The rules of both families; nothing when there are no words about either. Empty ones of IPv6 are none.
fn rules(
    four: Option<Vec<RuleWire>>,
    six: Option<Vec<RuleWire>>,
) -> Result<Option<Vec<Rule>>, Refusal> {
    let six = six.filter(|wires| !wires.is_empty());
    if four.is_none() && six.is_none() {
        return Ok(None);
    }
    let mut rules = rules_of::<Cidr>("policy_rules", four.unwrap_or_default())?;
    rules.extend(rules_of::<Cidr6>(
        "policy_rules_v6",
        six.unwrap_or_default(),
    )?);
    Ok(Some(rules))
}

/// At most five rules with different sources.
fn rules_of<T: Block + Into<Prefix>>(
    field: &str,
    wires: Vec<RuleWire>,
) -> Result<Vec<Rule>, Refusal> {
    let most = limits::VPN_CONNECTION_POLICY_RULES_MAX;
    if u64::try_from(wires.len()).unwrap_or(u64::MAX) > most {
        return Err(invalid(format!("{field} has more than {most} items")));
    }
    let (from, to) = (format!("{field}.source"), format!("{field}.destination"));
    let mut rules: Vec<Rule> = Vec::with_capacity(wires.len());
    for wire in wires {
        parse::number(
            &format!("{field}.rule_index"),
            wire.rule_index,
            0,
            INDEX_MAX,
        )?;
        let source = wire.source.ok_or_else(|| needed(&from))?;
        let source = parse::block::<T>(&from, &source)?.into();
        let destinations = blocks::<T>(&to, &wire.destination.unwrap_or_default())?;
        if destinations.is_empty() {
            return Err(needed(&to));
        }
        if rules.iter().any(|rule| rule.source == source) {
            return Err(invalid(format!("{field} has the source {source} twice")));
        }
        rules.push(Rule {
            source,
            destinations: destinations.into_iter().map(Into::into).collect(),
        });
    }
    Ok(rules)
}
