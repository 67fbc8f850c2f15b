//! Public addresses of interfaces.

use std::net::{IpAddr, Ipv4Addr};

use serde::Deserialize;
use serde_json::Value;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::{interface, publicip};

use super::{address, change, id_of};
use crate::generated::errors as row;
use crate::wire;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct BindWire {
    private_ip_address: Option<String>,
    public_ip_address: Option<String>,
}

/// `PUT /v1/eni/{eniId}?bind`
pub fn bind(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id_of(call)?;
    let wire: BindWire = wire::body(call)?;
    let private = address::named(wire.private_ip_address.as_deref(), false)?;
    let IpAddr::V4(private) = private else {
        return Err(row::ENI_PRIVATE_IP_FORMAT_INVALID_EXCEPTION.into());
    };
    let public = public(wire.public_ip_address.as_deref())?;
    change(call, id, move |tx, cx, port| {
        let it = publicip::at(tx, cx, public)?;
        interface::bind(tx, cx, &port.head.id, Some(private), &it.head.id)?;
        Ok(Value::Null)
    })
}

/// `PUT /v1/eni/{eniId}?unBind`
pub fn unbind(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id_of(call)?;
    let wire: BindWire = wire::body(call)?;
    let public = public(wire.public_ip_address.as_deref())?;
    change(call, id, move |tx, cx, port| {
        let it = publicip::at(tx, cx, public)?;
        interface::unbind(tx, cx, &port.head.id, &it.head.id)?;
        Ok(Value::Null)
    })
}

fn public(text: Option<&str>) -> Result<Ipv4Addr, Refusal> {
    address::public(text)?.ok_or_else(|| row::ENI_EIP_BLANK_EXCEPTION.into())
}
