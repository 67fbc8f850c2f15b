//! What the operator is told about VPN connections.

use serde_json::json;

use super::*;

#[test]
fn a_connection_that_is_not_there_has_no_diagnosis() {
    let cloud = cloud();
    let body = json!({"connection": "none"});
    let (status, _) = ask(&cloud, "POST", "vpn/diagnose", body);
    assert_eq!(status, 404);
    let (status, _) = ask(&cloud, "POST", "vpn/diagnose", json!({"peer": {}}));
    assert_eq!(status, 400);
    let told = done(&cloud, "GET", "vpn/classic-gateways", json!(null));
    assert_eq!(told["classic_gateways"], json!([]));
}
