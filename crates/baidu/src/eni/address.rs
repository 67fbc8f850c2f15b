//! Private addresses of interfaces: one, or several at once, of one subnet or of several.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::interface::{self, NewAddress, Pick};
use vpcd_domain::port::Port;
use vpcd_domain::subnet::Subnet;
use vpcd_domain::{Context, Fault, Tx};

use super::{change, id_of};
use crate::faults::invalid;
use crate::generated::errors as row;
use crate::generated::limits::ENI_IPS_PER_CALL;
use crate::input;
use crate::wire;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AddWire {
    is_ipv6: Option<bool>,
    /// Empty where any will do.
    private_ip_address: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct BatchWire {
    is_ipv6: Option<bool>,
    private_ip_addresses: Option<Vec<String>>,
    #[serde(default, deserialize_with = "input::integer")]
    private_ip_address_count: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CrossWire {
    subnet_id: String,
    is_ipv6: Option<bool>,
    private_ips: Option<Vec<CrossAddressWire>>,
    #[serde(default, deserialize_with = "input::integer")]
    private_ip_address_count: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CrossAddressWire {
    private_ip_address: Option<String>,
    subnet_id: Option<String>,
}

/// An address that is asked for, with the short id of its subnet where that is not the interface's own.
type Asked = (Option<String>, Pick);

/// `POST /v1/eni/{eniId}/privateIp`
pub fn add(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id_of(call)?;
    let wire: AddWire = wire::body(call)?;
    let six = wire.is_ipv6.unwrap_or_default();
    let wanted = vec![(None, pick(Some(&wire.private_ip_address), six)?)];
    change(call, id, move |tx, cx, port| {
        let given = give(tx, cx, &port, &wanted)?;
        Ok(json!({"privateIpAddress": given.first()}))
    })
}

/// `POST /v1/eni/{eniId}/privateIp/batchAdd`
pub fn batch_add(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id_of(call)?;
    let wire: BatchWire = wire::body(call)?;
    let listed = wire.private_ip_addresses.unwrap_or_default();
    let six = wire.is_ipv6.unwrap_or_default();
    let listed = listed.iter().map(|text| Ok((None, pick(Some(text), six)?)));
    let listed = listed.collect::<Result<Vec<Asked>, Refusal>>()?;
    let any = (None, pick(None, six)?);
    let wanted = several(listed, wire.private_ip_address_count, any)?;
    batch(call, id, wanted)
}

/// `POST /v1/eni/{eniId}/privateIp/batchAddCrossSubnet`
pub fn batch_add_cross(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id_of(call)?;
    let wire: CrossWire = wire::body(call)?;
    let subnet = Some(wire.subnet_id).filter(|id| !id.is_empty());
    let six = wire.is_ipv6.unwrap_or_default();
    let mut listed: Vec<Asked> = Vec::new();
    for it in wire.private_ips.into_iter().flatten() {
        let of = it.subnet_id.filter(|id| !id.is_empty());
        let pick = pick(it.private_ip_address.as_deref(), six)?;
        listed.push((of.or_else(|| subnet.clone()), pick));
    }
    let any = (subnet, pick(None, six)?);
    let wanted = several(listed, wire.private_ip_address_count, any)?;
    if wanted.iter().any(|(of, _)| of.is_none()) {
        return Err(invalid("subnetId"));
    }
    batch(call, id, wanted)
}

/// `DELETE /v1/eni/{eniId}/privateIp/{privateIpAddress}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id_of(call)?;
    let text = call.param("privateIpAddress");
    let gone = named(Some(text), text.contains(':'))?;
    take(call, id, vec![gone])
}

/// `POST /v1/eni/{eniId}/privateIp/batchDel`
pub fn batch_delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id_of(call)?;
    let body: BatchWire = wire::body(call)?;
    let listed = body.private_ip_addresses;
    let listed = listed.ok_or_else(|| wire::absent("privateIpAddresses"))?;
    if listed.is_empty() || listed.len() as u64 > ENI_IPS_PER_CALL {
        return Err(invalid("privateIpAddresses"));
    }
    let six = body.is_ipv6.unwrap_or_default();
    let gone = listed.iter().map(|text| named(Some(text), six));
    let gone = gone.collect::<Result<Vec<_>, _>>()?;
    take(call, id, gone)
}

fn batch(call: &Call<'_>, id: String, wanted: Vec<Asked>) -> Result<Reply, Refusal> {
    change(call, id, move |tx, cx, port| {
        let given = give(tx, cx, &port, &wanted)?;
        Ok(json!({"privateIpAddresses": given}))
    })
}

fn give(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    port: &Port,
    wanted: &[Asked],
) -> Result<Vec<IpAddr>, Fault> {
    let mut new = Vec::with_capacity(wanted.len());
    for (subnet, pick) in wanted {
        let subnet = match subnet {
            Some(id) => Some(tx.by_alias::<Subnet>(&cx.caller.project, id)?.head.id),
            None => None,
        };
        new.push(NewAddress {
            subnet,
            pick: *pick,
        });
    }
    Ok(interface::add(tx, cx, &port.head.id, &new)?.1)
}

fn take(call: &Call<'_>, id: String, gone: Vec<IpAddr>) -> Result<Reply, Refusal> {
    change(call, id, move |tx, cx, port| {
        interface::remove(tx, cx, &port.head.id, &gone)?;
        Ok(Value::Null)
    })
}

/// The addresses of a batch: those listed, or so many of any.
fn several(listed: Vec<Asked>, count: Option<i64>, any: Asked) -> Result<Vec<Asked>, Refusal> {
    // One of the SDKs cannot leave out a count of none.
    let count = count.filter(|count| *count != 0);
    let wanted = match (listed.is_empty(), count) {
        (false, Some(_)) => return Err(row::ENI_PRIVATE_IP_CONFLICT_EXCEPTION.into()),
        (false, None) => listed,
        (true, Some(count)) => {
            let count = usize::try_from(count).map_err(|_| invalid("privateIpAddressCount"))?;
            if count as u64 > ENI_IPS_PER_CALL {
                return Err(invalid("privateIpAddressCount"));
            }
            vec![any; count]
        }
        (true, None) => return Err(invalid("privateIpAddresses")),
    };
    match wanted.len() as u64 > ENI_IPS_PER_CALL {
        true => Err(invalid("privateIpAddresses")),
        false => Ok(wanted),
    }
}

/// An address of IPv4 that may be left to the platform.
pub(super) fn private(text: Option<&str>) -> Result<Option<Ipv4Addr>, Refusal> {
    given(text).map(read).transpose()
}

/// One of either family.
pub(super) fn pick(text: Option<&str>, six: bool) -> Result<Pick, Refusal> {
    let text = given(text);
    Ok(match six {
        true => Pick::Six(text.map(read::<Ipv6Addr>).transpose()?),
        false => Pick::Four(text.map(read::<Ipv4Addr>).transpose()?),
    })
}

/// An address that has to be named.
pub(super) fn named(text: Option<&str>, six: bool) -> Result<IpAddr, Refusal> {
    let text = given(text).ok_or(row::ENI_PRIVATE_IP_BLANK_EXCEPTION)?;
    match six {
        true => read::<Ipv6Addr>(text).map(IpAddr::V6),
        false => read::<Ipv4Addr>(text).map(IpAddr::V4),
    }
}

/// A public address, if there is one.
pub(super) fn public(text: Option<&str>) -> Result<Option<Ipv4Addr>, Refusal> {
    let unknown = |text: &str| Refusal::new(row::ENI_RESOURCE_NOT_EXIST_EXCEPTION).with([text]);
    given(text)
        .map(|text| text.parse().map_err(|_| unknown(text)))
        .transpose()
}

fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

fn read<T: FromStr>(text: &str) -> Result<T, Refusal> {
    let wrong = Refusal::from(row::ENI_PRIVATE_IP_FORMAT_INVALID_EXCEPTION);
    text.parse().map_err(|_| wrong.because(text))
}
