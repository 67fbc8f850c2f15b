//! Words of NAT gateways: sizes, names, terms, states.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use vpcd_dialect::Refusal;
use vpcd_domain::nat::{NatGateway, Side, Size, Timeouts, address};
use vpcd_domain::order::{Term, Terms};
use vpcd_domain::vpc::Vpc;
use vpcd_domain::{Context, Fault, State, Tx};

use crate::billing::{self, BillingWire, Flaw};
use crate::faults::nat::invalid;
use crate::generated::{errors as row, limits};
use crate::input::integer;
use crate::wire;

/// How long connections are remembered.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionWire {
    #[serde(default, deserialize_with = "integer")]
    icmp_timeout: Option<i64>,
    #[serde(default, deserialize_with = "integer")]
    udp_timeout: Option<i64>,
    #[serde(default, deserialize_with = "integer")]
    tcp_timeout: Option<i64>,
}

impl SessionWire {
    /// The time-outs that are meant.
    pub fn timeouts(&self) -> Result<Timeouts, Refusal> {
        let seconds = |field, value: Option<i64>| match value {
            None => Ok(None),
            Some(value) => match u32::try_from(value) {
                Ok(seconds) if seconds > 0 => Ok(Some(seconds)),
                _ => Err(invalid(field)),
            },
        };
        Ok(Timeouts {
            icmp: seconds("icmpTimeout", self.icmp_timeout)?,
            udp: seconds("udpTimeout", self.udp_timeout)?,
            tcp: seconds("tcpTimeout", self.tcp_timeout)?,
        })
    }
}

/// A text that has to be there.
pub fn filled(text: Option<&String>, empty: &'static vpcd_dialect::Row) -> Result<String, Refusal> {
    match text.filter(|text| !text.trim().is_empty()) {
        Some(text) => Ok(text.clone()),
        None => Err(empty.into()),
    }
}

/// A name of a gateway or a rule: a letter, then letters, digits and `-_ /.`.
pub fn name(field: &'static str, text: String) -> Result<String, Refusal> {
    let legal = |c: char| c.is_ascii_alphanumeric() || "-_ /.".contains(c);
    let fits = text.len() as u64 <= limits::NAME_MAX;
    match fits && text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(legal) {
        true => Ok(text),
        false => Err(invalid(field)),
    }
}

/// The size that is meant: a word of the first generation, or units of the second; empty ones are absent.
pub fn size(spec: Option<&str>, units: Option<&Value>) -> Result<Size, Refusal> {
    let blank = |value: &&Value| value.is_null() || value.as_str().is_some_and(str::is_empty);
    let wrong = || Refusal::new(row::NAT_SPEC_INVALID);
    match (
        spec.filter(|spec| !spec.is_empty()),
        units.filter(|it| !blank(it)),
    ) {
        (None, None) => Err(row::NAT_REQUEST_SPEC_EMPTY.into()),
        (Some(_), Some(_)) => Err(wrong()),
        (Some("small"), None) => Ok(Size::Small),
        (Some("medium"), None) => Ok(Size::Medium),
        (Some("large"), None) => Ok(Size::Large),
        (Some(_), None) => Err(wrong()),
        (None, Some(units)) => {
            let number = match units {
                Value::Number(number) => number.as_u64(),
                Value::String(text) => text.trim().parse().ok(),
                Value::Bool(_) | Value::Array(_) | Value::Object(_) | Value::Null => {
                    return Err(Refusal::new(row::GLOBAL_INAPPROPRIATE_JSON).because("cuNum"));
                }
            };
            number
                .filter(|units| (1..=limits::NAT_CU_MAX).contains(units))
                .and_then(|units| u32::try_from(units).ok())
                .map(Size::Units)
                .ok_or_else(wrong)
        }
    }
}

/// When a gateway is paid.
pub fn terms(billing: Option<&BillingWire>) -> Result<Terms, Refusal> {
    billed(billing)?.terms().map_err(flawed)
}

/// For how long a gateway is paid in advance.
pub fn term(billing: Option<&BillingWire>) -> Result<Term, Refusal> {
    billed(billing)?.term().map_err(flawed)
}

fn billed(billing: Option<&BillingWire>) -> Result<&BillingWire, Refusal> {
    billing.ok_or_else(|| row::NAT_REQUEST_BILLING_EMPTY.into())
}

fn flawed(flaw: Flaw) -> Refusal {
    let row = match flaw {
        Flaw::TimingEmpty => row::NAT_PAYMENT_TIMING_EMPTY,
        Flaw::Timing => row::NAT_PAYMENT_TIMING_INVALID,
        Flaw::Method => row::NAT_BAD_REQUEST,
        Flaw::ReservationEmpty => row::NAT_RESERVATION_EMPTY,
        Flaw::Length => row::NAT_RESERVATION_LENGTH_INVALID,
        Flaw::TimeUnit => row::NAT_RESERVATION_TIME_UNIT_INVALID,
    };
    row.into()
}

/// A gateway as lists and details show it.
pub fn render(tx: &mut Tx<'_>, cx: &Context<'_>, it: &NatGateway) -> Result<Value, Fault> {
    let held = address::of(tx, &it.head.id)?;
    let of = |side: Side| {
        let all = held.iter().filter(|(_, other)| *other == side);
        all.map(|(it, _)| it.address.to_string())
            .collect::<Vec<_>>()
    };
    let vpc = tx.any::<Vpc>(it.vpc())?.and_then(|vpc| vpc.head.alias);
    let mut shown = json!({
        "id": it.head.alias,
        "name": it.name,
        "vpcId": vpc.unwrap_or_default(),
        "status": status(it, !held.is_empty()),
        "eips": of(Side::Source),
        "dnatEips": of(Side::Destination),
        "bindEips": of(Side::Both),
        "paymentTiming": billing::timing(it.charge.as_ref()),
        "expiredTime": billing::expiry(it.charge.as_ref(), cx.now),
        "tags": wire::rendered_tags(&it.tags),
        "deleteProtect": it.protected,
        "ipVersion": "v4",
        "createTime": wire::time(it.head.created),
    });
    let (kind, key, value) = match it.size {
        Size::Small => ("standard", "spec", json!("small")),
        Size::Medium => ("standard", "spec", json!("medium")),
        Size::Large => ("standard", "spec", json!("large")),
        Size::Units(units) => ("enhanced", "cuNum", json!(units)),
    };
    shown["natType"] = json!(kind);
    shown[key] = value;
    if let Some(session) = session(it.timeouts) {
        shown["sessionConfig"] = session;
    }
    Ok(shown)
}

/// The time-outs that were asked for; nothing when none was.
fn session(timeouts: Timeouts) -> Option<Value> {
    let all = [
        ("icmpTimeout", timeouts.icmp),
        ("udpTimeout", timeouts.udp),
        ("tcpTimeout", timeouts.tcp),
    ];
    let set = all.into_iter();
    let set: Map<String, Value> = set
        .filter_map(|(key, seconds)| Some((key.to_owned(), json!(seconds?))))
        .collect();
    (!set.is_empty()).then_some(Value::Object(set))
}

/// The state of a gateway, which is not in use before it has a public address.
fn status(it: &NatGateway, configured: bool) -> &'static str {
    match it.head.state() {
        State::Creating => "building",
        State::Updating if it.head.is_stopped() => "stopping",
        State::Updating if it.head.is_resuming() => "starting",
        State::Updating => "configuring",
        State::Active if configured => "active",
        State::Active => "unconfigured",
        State::Deleting => "deleting",
        State::Failed => "error",
        State::Frozen => "down",
    }
}

/// The state of a rule.
pub fn rule_status(state: State) -> &'static str {
    match state {
        State::Creating => "building",
        State::Updating => "configuring",
        State::Active => "active",
        State::Deleting => "deleting",
        State::Failed => "error",
        State::Frozen => "down",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_either_generation() {
        let code = |spec: Option<&str>, units: Value| {
            size(spec, Some(&units)).map_err(|refusal| refusal.row.code)
        };
        assert_eq!(code(Some("large"), Value::Null), Ok(Size::Large));
        assert_eq!(code(Some(""), json!("10")), Ok(Size::Units(10)));
        assert_eq!(code(None, json!(100)), Ok(Size::Units(100)));
        assert_eq!(code(None, json!("")), Err("RequestSpecEmpty"));
        for wrong in [json!(0), json!(101), json!(-1), json!(1.5), json!("x")] {
            assert_eq!(code(None, wrong.clone()), Err("SpecInvalid"), "{wrong}");
        }
        assert_eq!(code(Some("huge"), Value::Null), Err("SpecInvalid"));
        assert_eq!(code(Some("small"), json!(1)), Err("SpecInvalid"));
        assert_eq!(code(None, json!([])), Err("InappropriateJSON"));
    }

    #[test]
    fn names_begin_with_a_letter() {
        for legal in ["a", "nat/1.2 -_", &"n".repeat(65)] {
            assert!(name("name", legal.to_owned()).is_ok(), "{legal}");
        }
        for illegal in ["1a", "-a", "a*", "网", &"n".repeat(66)] {
            assert!(name("name", illegal.to_owned()).is_err(), "{illegal}");
        }
    }
}
