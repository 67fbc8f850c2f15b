//! The clouds' promises as values: error rows and operations, as the generated tables hold them.

/// One row of a cloud's error catalogue: every refusal that leaves the server is rendered from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Path-like name of the row, unique over both clouds: `huawei/vpc/create_vpc/VPC.0101`.
    pub id: &'static str,
    /// Service that answers it: `vpc`, `vpn`, `iam`, `gateway`.
    pub service: &'static str,
    /// Group of operations that share the row.
    pub group: &'static str,
    /// HTTP statuses that the row may carry, the usual one first.
    pub status: &'static [u16],
    /// Code on the wire.
    pub code: &'static str,
    /// Message with the places `{0}`, `{1}`, … for arguments.
    pub template: &'static str,
    /// Message as the vendor documents it, placeholders included.
    pub message: &'static str,
    /// What raises it, one sentence.
    pub when: &'static str,
    /// What to do about it, one sentence.
    pub fix: &'static str,
    /// Whether the row lies outside the documented tables that the ledger counts.
    pub extra: bool,
}

impl Row {
    /// The message with `{0}`, `{1}`, … replaced by `args`; a missing argument leaves nothing.
    ///
    /// Arguments are never scanned for places, so a caller's text cannot be expanded twice.
    #[must_use]
    pub fn render(&self, args: &[String]) -> String {
        let mut out = String::with_capacity(self.template.len() + 16);
        let mut rest = self.template;
        while let Some(open) = rest.find('{') {
            let (before, tail) = rest.split_at(open);
            out.push_str(before);
            match place(tail) {
                Some((index, after)) => {
                    out.push_str(args.get(index).map_or("", String::as_str));
                    rest = after;
                }
                None => {
                    out.push('{');
                    rest = &tail[1..];
                }
            }
        }
        out.push_str(rest);
        out
    }
}

/// Splits a text that starts with a place such as `{12}` into its index and what follows.
fn place(text: &str) -> Option<(usize, &str)> {
    let (digits, after) = text.strip_prefix('{')?.split_once('}')?;
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some((digits.parse().ok()?, after))
}

/// Shape of an error body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `{"code","message"}` of the wrapped v1 and v2 APIs.
    V1,
    /// `{"NeutronError":{"type","message","detail"}}` of the native v2.0 API.
    Neutron,
    /// `{"request_id","error_code","error_msg"}` of the v3 API.
    V3,
    /// Both key pairs and `request_id`: the VPN API documents both, and clients read either.
    Vpn,
    /// `{"error":{"code","message","title"}}` of Keystone.
    Iam,
    /// `{"code","message","requestId"}` of Baidu.
    Bce,
}

/// What a caller needs to be allowed to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// A read-only role suffices.
    Read,
    /// A role that may change things.
    Write,
}

/// One operation of a cloud's API that this server answers.
#[derive(Clone, Copy, Debug)]
pub struct Operation<H: 'static> {
    /// Id in the vendor's contract, unique in its cloud.
    pub id: &'static str,
    /// Short name, unique in its cloud; metrics, the audit and the fault plan use it.
    pub name: &'static str,
    /// Service it belongs to: `vpc`, `eip`, `vpn`, `iam`.
    pub service: &'static str,
    /// HTTP method in capitals.
    pub method: &'static str,
    /// Path template with `{parameter}` segments.
    pub path: &'static str,
    /// Query key that selects the operation where several share method and path: bare, or with the one value (`key=value`)
    /// that it takes.
    pub flag: Option<&'static str>,
    /// HTTP status of success.
    pub status: u16,
    /// Group of its error rows.
    pub group: &'static str,
    /// Shape of its error bodies.
    pub style: Style,
    /// What the caller needs to be allowed to do.
    pub access: Access,
    /// Name of the permission, as the vendor's policies spell it.
    pub action: &'static str,
    /// What answers it.
    pub handler: H,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(template: &'static str) -> Row {
        Row {
            id: "t/1",
            service: "t",
            group: "t",
            status: &[400],
            code: "1",
            template,
            message: template,
            when: "",
            fix: "",
            extra: true,
        }
    }

    fn args(list: &[&str]) -> Vec<String> {
        list.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn fills_places_in_any_order_and_more_than_once() {
        assert_eq!(
            row("{1} in {0}, {1}").render(&args(&["a", "b"])),
            "b in a, b"
        );
    }

    #[test]
    fn a_missing_argument_leaves_nothing() {
        assert_eq!(row("invalid request:{0}").render(&[]), "invalid request:");
    }

    #[test]
    fn arguments_are_not_expanded_again() {
        assert_eq!(row("{0} {1}").render(&args(&["{1}", "x"])), "{1} x");
    }

    #[test]
    fn other_braces_stay() {
        assert_eq!(row("a {b} {} {0} {").render(&args(&["ü"])), "a {b} {} ü {");
    }
}
