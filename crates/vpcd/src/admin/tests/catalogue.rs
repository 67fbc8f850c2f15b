//! Faults.

use serde_json::{Value, json};

use super::*;

#[test]
fn faults_name_an_operation_and_a_row_of_its_cloud() {
    let cloud = cloud();
    let row = "huawei/vpn/VPN.0001";
    let plan = |operation: &str, row: &str, count: Value| {
        ask(
            &cloud,
            "POST",
            "faults",
            json!({"operation": operation, "row": row, "count": count}),
        )
        .0
    };
    assert_eq!(plan("huawei.create_vpc", row, json!(2)), 201);
    assert_eq!(plan("huawei.create_moon", row, json!(1)), 404);
    assert_eq!(plan("baidu.create_subnet", row, json!(1)), 404);
    assert_eq!(plan("huawei.create_vpc", "huawei/none", json!(1)), 404);
    assert_eq!(plan("huawei.create_vpc", row, json!(0)), 400);
    assert_eq!(cloud.faults.take("huawei.create_vpc").as_deref(), Some(row));
    assert_eq!(
        done(&cloud, "GET", "faults", Value::Null)["faults"][0]["count"],
        1
    );
    assert_eq!(ask(&cloud, "DELETE", "faults", Value::Null).0, 204);
    assert_eq!(
        done(&cloud, "GET", "faults", Value::Null),
        json!({"faults": []})
    );
    let operations = done(&cloud, "GET", "operations", Value::Null).to_string();
    assert!(operations.contains("huawei.create_vpc") && operations.contains("baidu."));
    assert_eq!(
        done(&cloud, "GET", "errors/vpn.0001", Value::Null)["errors"][0]["id"],
        row
    );
    assert_eq!(refused(&cloud, "GET", "errors/NOPE.1", Value::Null), 404);
}
