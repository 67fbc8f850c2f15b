//! `operations.rs`: the table of the operations that have a handler.

use std::fmt::Write as _;

use super::{head, literal};
use crate::Outcome;
use crate::contract::{Contract, Operation};

pub(super) fn render(contract: &Contract) -> Outcome<String> {
    let served: Vec<(&Operation, &str)> = contract
        .operations
        .iter()
        .filter_map(|op| Some((op, op.handler.as_deref()?)))
        .collect();
    let mut out = head(
        contract,
        "Every operation that is served",
        "operations.toml",
    );
    out.push_str("use vpcd_dialect::{Access, Operation, Style};\n\nuse crate::Handler;\n\n");
    let _ = writeln!(
        out,
        "/// The served operations in the order of the contract.\n\
         pub static OPERATIONS: [Operation<Handler>; {}] = [",
        served.len()
    );
    for (op, handler) in served {
        entry(&mut out, contract.cloud, op, handler)?;
    }
    out.push_str("];\n");
    Ok(out)
}

fn entry(out: &mut String, cloud: &str, op: &Operation, handler: &str) -> Outcome<()> {
    let flag = op
        .flag
        .as_deref()
        .map_or("None".to_owned(), |key| format!("Some({})", literal(key)));
    let _ = writeln!(
        out,
        "    Operation {{\n        id: {},\n        name: {},\n        service: {},\n        method: {},\n        \
         path: {},\n        flag: {flag},\n        status: {},\n        group: {},\n        style: Style::{},\n        \
         access: Access::{},\n        action: {},\n        handler: crate::{handler},\n    }},",
        literal(&op.id),
        literal(&format!("{cloud}.{}", op.name)),
        literal(&op.service),
        literal(&op.method),
        literal(&op.path),
        op.status,
        literal(&op.group),
        style(op)?,
        access(op)?,
        literal(&op.action),
    );
    Ok(())
}

fn style(op: &Operation) -> Outcome<&'static str> {
    Ok(match op.style.as_deref() {
        Some("v1") => "V1",
        Some("neutron") => "Neutron",
        Some("v3") => "V3",
        Some("vpn") => "Vpn",
        Some("iam") => "Iam",
        None => "Bce",
        Some(other) => return Err(format!("{}: no style {other}", op.id).into()),
    })
}

fn access(op: &Operation) -> Outcome<&'static str> {
    Ok(match op.access.as_str() {
        "read" => "Read",
        "write" => "Write",
        other => return Err(format!("{}: no access {other}", op.id).into()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn op(handler: Option<&str>, style: Option<&str>) -> Operation {
        Operation {
            id: "vpc.UpdateVPC".to_owned(),
            name: "update_vpc".to_owned(),
            service: "vpc".to_owned(),
            method: "PUT".to_owned(),
            path: "/v1/vpc/{vpcId}".to_owned(),
            flag: Some("modifyAttribute".to_owned()),
            status: 200,
            group: "vpc".to_owned(),
            style: style.map(str::to_owned),
            access: "write".to_owned(),
            action: "vpc:vpc:OPERATE".to_owned(),
            handler: handler.map(str::to_owned),
        }
    }

    fn contract(operations: Vec<Operation>) -> Contract {
        Contract {
            cloud: "baidu",
            rows: vec![],
            operations,
            limits: vec![],
            shapes: std::collections::BTreeMap::new(),
        }
    }

    #[test]
    fn only_operations_with_a_handler_are_served() {
        let text = render(&contract(vec![
            op(None, None),
            op(Some("vpc::vpc::update"), None),
        ]))
        .expect("a table");
        assert!(text.contains("[Operation<Handler>; 1]"));
        assert!(text.contains("flag: Some(\"modifyAttribute\"),"));
        assert!(text.contains("style: Style::Bce,"));
        assert!(text.contains("handler: crate::vpc::vpc::update,"));
    }

    #[test]
    fn an_unknown_style_is_refused() {
        assert!(render(&contract(vec![op(Some("vpc::vpc::update"), Some("v9"))])).is_err());
    }
}
