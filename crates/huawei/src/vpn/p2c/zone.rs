//! Availability zones for point-to-cloud gateways.

use serde_json::json;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::vpn::flavor;

use super::super::parse::{reply, word};
use super::faults::refuse;

/// `GET /v5/{project_id}/p2c-vpn-gateways/availability-zones`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let flavor = call.query.get("flavor").map(str::to_owned);
    let flavor = word("flavor", flavor, &["Professional1"])?;
    let flavor = flavor.unwrap_or_else(|| "Professional1".to_owned());
    let names = call
        .read(move |tx, _| {
            if flavor::find(tx, &flavor)?.is_none() {
                return Ok(Vec::new());
            }
            let zones = flavor::zones(tx)?.into_iter();
            let offering = zones.filter(|zone| flavor::offers(zone, &flavor));
            Ok(offering.map(|zone| zone.name).collect::<Vec<_>>())
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({"availability_zones": names})))
}
