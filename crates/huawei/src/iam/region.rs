//! The one region that this server answers for.

use serde_json::json;
use vpcd_dialect::{Call, Refusal, Reply};

/// `GET /v3/regions`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    super::admit(call)?;
    let region = json!({
        "id": call.region,
        "type": "public",
        "description": "",
        "parent_region_id": null,
        "locales": {"en-us": call.region, "zh-cn": call.region},
        "links": {"self": format!("{}/v3/regions/{}", call.request.endpoint(), call.region)},
    });
    Ok(Reply::json(
        call.success,
        json!({"regions": [region], "links": super::links(call)}),
    ))
}
