//! The public addresses of a NAT gateway: what the body names decides for which direction.

use std::net::Ipv4Addr;

use serde::Deserialize;
use serde_json::Value;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::nat::{Side, address};

use super::{addresses, change, named};
use crate::generated::errors as row;
use crate::wire;

/// Addresses by what they are for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AddressesWire {
    eips: Option<Vec<String>>,
    dnat_eips: Option<Vec<String>>,
    bind_eips: Option<Vec<String>>,
}

impl AddressesWire {
    /// The addresses that are named, for which direction; an empty list names none.
    pub fn named(&self) -> Result<Vec<(Side, Vec<Ipv4Addr>)>, Refusal> {
        let lists = [
            (Side::Source, &self.eips),
            (Side::Destination, &self.dnat_eips),
            (Side::Both, &self.bind_eips),
        ];
        let mut found = Vec::new();
        for (side, list) in lists {
            let Some(list) = list.as_ref().filter(|list| !list.is_empty()) else {
                continue;
            };
            let wrong = || Refusal::new(row::NAT_REQUEST_EIP_INVALID);
            found.push((side, addresses(list).ok_or_else(wrong)?));
        }
        Ok(found)
    }

    /// The addresses of a bind or unbind: there has to be one.
    fn required(&self) -> Result<Vec<(Side, Vec<Ipv4Addr>)>, Refusal> {
        let found = self.named()?;
        match found.is_empty() {
            true => Err(row::NAT_REQUEST_EIP_INVALID.into()),
            false => Ok(found),
        }
    }
}

/// `PUT /v1/nat/{natId}?bind`
pub fn bind(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = named(call)?;
    let wanted = wire::body::<AddressesWire>(call)?.required()?;
    change(call, id, move |tx, cx, it| {
        for (side, addresses) in &wanted {
            address::bind(tx, cx, &it.head.id, *side, addresses)?;
        }
        Ok(Value::Null)
    })
}

/// `PUT /v1/nat/{natId}?unbind`
pub fn unbind(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = named(call)?;
    let wanted = wire::body::<AddressesWire>(call)?.required()?;
    change(call, id, move |tx, cx, it| {
        for (side, addresses) in &wanted {
            address::unbind(tx, cx, &it.head.id, *side, addresses)?;
        }
        Ok(Value::Null)
    })
}
