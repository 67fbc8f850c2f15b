//! Tables and cards for people: aligned columns, no colours, nothing that a terminal would obey.

use serde_json::Value;

/// Rows under their headings; a column is as wide as its widest cell.
pub(super) fn rows(columns: &[(&str, &str)], rows: &[Value]) -> String {
    let mut lines = vec![
        columns
            .iter()
            .map(|(heading, _)| (*heading).to_owned())
            .collect::<Vec<String>>(),
    ];
    lines.extend(rows.iter().map(|row| {
        columns
            .iter()
            .map(|(_, field)| cell(&row[*field]))
            .collect()
    }));
    aligned(&lines)
}

/// The fields of an object, one a line.
pub(super) fn card(value: &Value) -> String {
    let fields = value.as_object().into_iter().flatten();
    aligned(
        &fields
            .map(|(name, value)| vec![name.clone(), cell(value)])
            .collect::<Vec<Vec<String>>>(),
    )
}

/// The text without what a terminal takes for a command.
pub(super) fn clean(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_control() && c != '\n' {
                '\u{FFFD}'
            } else {
                c
            }
        })
        .collect()
}

fn aligned(lines: &[Vec<String>]) -> String {
    let columns = lines.first().map_or(0, Vec::len);
    let width = |at: usize| {
        lines
            .iter()
            .map(|line| line[at].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for line in lines {
        let padded: Vec<String> = line
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:width$}"))
            .collect();
        out.push_str(padded.join("  ").trim_end());
        out.push('\n');
    }
    out
}

/// A value on one line.
pub(super) fn cell(value: &Value) -> String {
    let text = match value {
        Value::Null => "-".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) if text.is_empty() => "-".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(list) if list.is_empty() => "-".to_owned(),
        Value::Array(list) => list.iter().map(cell).collect::<Vec<String>>().join(", "),
        Value::Object(fields) => {
            let pairs = fields
                .iter()
                .map(|(name, value)| format!("{name}={}", cell(value)));
            pairs.collect::<Vec<String>>().join(" ")
        }
        Value::Number(number) => number.to_string(),
    };
    clean(&text).replace('\n', " ")
}
