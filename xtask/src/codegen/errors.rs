//! `errors.rs`: the table of error rows and one constant per row.

use std::fmt::Write as _;

use super::{head, literal};
use crate::contract::{Contract, Row};

pub(super) fn render(contract: &Contract) -> String {
    let mut out = head(contract, "Every error row", "errors.toml");
    out.push_str("use vpcd_dialect::Row;\n\n");
    let _ = writeln!(
        out,
        "/// Every row in the order of the vendor's tables.\npub static ROWS: [Row; {}] = [",
        contract.rows.len()
    );
    for row in &contract.rows {
        entry(&mut out, row);
    }
    out.push_str("];\n");
    for (index, row) in contract.rows.iter().enumerate() {
        let _ = writeln!(
            out,
            "\n/// `{}`: {}\npub const {}: &Row = &ROWS[{index}];",
            row.id,
            row.when,
            row.constant()
        );
    }
    out
}

fn entry(out: &mut String, row: &Row) {
    let status: Vec<String> = row.status.iter().map(u16::to_string).collect();
    let _ = writeln!(
        out,
        "    Row {{\n        id: {},\n        service: {},\n        group: {},\n        status: &[{}],\n        \
         code: {},\n        template: {},\n        message: {},\n        when: {},\n        fix: {},\n        \
         extra: {},\n    }},",
        literal(&row.id),
        literal(&row.service),
        literal(&row.group),
        status.join(", "),
        literal(&row.code),
        literal(&row.template()),
        literal(&row.message),
        literal(&row.when),
        literal(&row.fix),
        row.extra,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_becomes_an_entry_and_a_constant() {
        let row = Row {
            id: "huawei/vpc/delete_vpc/VPC.0101".to_owned(),
            service: "vpc".to_owned(),
            group: "delete_vpc".to_owned(),
            status: vec![400, 404],
            code: "VPC.0101".to_owned(),
            message: "Delete router error xx is invalid.".to_owned(),
            template: Some("Delete router error {0} is invalid.".to_owned()),
            when: "The id is not a UUID.".to_owned(),
            fix: "Send a UUID.".to_owned(),
            extra: false,
        };
        let contract = Contract {
            cloud: "huawei",
            rows: vec![row],
            operations: vec![],
            limits: vec![],
            shapes: std::collections::BTreeMap::new(),
        };
        let text = render(&contract);
        assert!(text.starts_with("//! "));
        assert!(text.contains("pub static ROWS: [Row; 1] = ["));
        assert!(text.contains("status: &[400, 404],"));
        assert!(text.contains("template: \"Delete router error {0} is invalid.\","));
        assert!(text.contains("pub const DELETE_VPC_0101: &Row = &ROWS[0];"));
    }
}
