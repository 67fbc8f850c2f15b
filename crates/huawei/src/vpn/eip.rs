//! Public addresses of gateways of both families: as they are asked for, and as they are shown.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_domain::bandwidth::Bandwidth;
use vpcd_domain::publicip::PublicIp;

use crate::eip::bandwidth::{billing, share_type};
use crate::eip::publicip_wire::order;

/// An existing address, or what a new one is made of.
#[derive(Deserialize)]
pub struct EipWire {
    pub id: Option<String>,
    #[serde(rename = "type")]
    pub pool: Option<String>,
    pub charge_mode: Option<String>,
    #[serde(default, deserialize_with = "super::parse::integer")]
    pub bandwidth_size: Option<i64>,
    pub bandwidth_name: Option<String>,
    pub bandwidth_id: Option<String>,
}

/// An address with its bandwidth; who pays in advance also sees the orders.
pub fn info(region: &str, (it, bandwidth): &(PublicIp, Bandwidth)) -> Value {
    let paid = bandwidth.charge.as_ref();
    json!({
        "id": it.head.id,
        "ip_version": 4,
        "ip_billing_info": order(region, it),
        "type": it.pool,
        "ip_address": it.address,
        "charge_mode": bandwidth.charge_mode,
        "bandwidth_id": bandwidth.head.id,
        "bandwidth_size": bandwidth.size,
        "bandwidth_name": bandwidth.name,
        "bandwidth_billing_info": paid.map(|_| billing(region, bandwidth)),
        "share_type": share_type(bandwidth),
    })
}
