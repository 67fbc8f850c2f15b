//! Destination rules of NAT gateways.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use vpcd_dialect::{Call, Refusal, Reply, Row};
use vpcd_domain::nat::dnat::{self, DnatInput, DnatRule, Protocol, Span};
use vpcd_domain::{Fault, Tx};

use super::wire as words;
use super::{change, named, rule_of};
use crate::faults::nat::{invalid, refuse};
use crate::generated::errors as row;
use crate::wire;

/// A rule on the wire. Ports come as numbers and as texts.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RuleWire {
    rule_name: Option<String>,
    public_ip_address: Option<String>,
    private_ip_address: Option<String>,
    protocol: Option<String>,
    public_port: Option<Value>,
    private_port: Option<Value>,
    public_port_range: Option<String>,
    private_port_range: Option<String>,
}

#[derive(Deserialize)]
struct BatchWire {
    rules: Vec<RuleWire>,
}

/// `POST /v1/nat/{natId}/dnatRule`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = named(call)?;
    let new = wire::body::<RuleWire>(call)?.whole()?;
    change(call, id, move |tx, cx, it| {
        let rule = dnat::create(tx, cx, &it.head.id, new.clone())?;
        Ok(json!({"ruleId": rule.head.alias}))
    })
}

/// `POST /v1/nat/{natId}/dnatRule/batchCreate`
pub fn create_many(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = named(call)?;
    let rules = wire::body::<BatchWire>(call)?.rules;
    let new: Vec<DnatInput> = rules
        .iter()
        .map(RuleWire::whole)
        .collect::<Result<_, _>>()?;
    if new.is_empty() {
        return Err(invalid("rules"));
    }
    change(call, id, move |tx, cx, it| {
        let mut made = Vec::new();
        for rule in &new {
            made.push(dnat::create(tx, cx, &it.head.id, rule.clone())?.head.alias);
        }
        Ok(json!({"ruleIds": made}))
    })
}

/// `PUT /v1/nat/{natId}/dnatRule/{dnatRuleId}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (id, rule) = (named(call)?, call.param("dnatRuleId").to_owned());
    let input = wire::body::<RuleWire>(call)?.part()?;
    change(call, id, move |tx, cx, it| {
        let rule: DnatRule = rule_of(tx, cx, it, &rule)?;
        dnat::update(tx, cx, rule, input.clone())?;
        Ok(Value::Null)
    })
}

/// `DELETE /v1/nat/{natId}/dnatRule/{dnatRuleId}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (id, rule) = (named(call)?, call.param("dnatRuleId").to_owned());
    change(call, id, move |tx, cx, it| {
        let rule: DnatRule = rule_of(tx, cx, it, &rule)?;
        dnat::delete(tx, cx, &rule)?;
        Ok(Value::Null)
    })
}

/// `GET /v1/nat/{natId}/dnatRule`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    super::list(call, render)
}

impl RuleWire {
    /// The rule of a create: what is missing first, then what is wrong.
    fn whole(&self) -> Result<DnatInput, Refusal> {
        let empty = |text: &Option<String>| text.as_deref().is_none_or(|it| it.trim().is_empty());
        if empty(&self.public_ip_address) {
            return Err(row::NAT_DNAT_RULE_EIP_NOT_ALLOW_EMPTY.into());
        }
        if empty(&self.private_ip_address) {
            return Err(row::NAT_DNAT_RULE_INTERNAL_IP_INVALID.into());
        }
        if empty(&self.protocol) {
            return Err(row::NAT_DNAT_RULE_PROTOCOL_INVALID.into());
        }
        let input = self.part()?;
        dnat::must_map(&input).map_err(refuse)?;
        Ok(input)
    }

    /// The rule of an update: what is absent stays.
    fn part(&self) -> Result<DnatInput, Refusal> {
        let filled = |text: &'_ Option<String>| {
            let text = text.as_deref().map(str::trim).map(str::to_owned);
            text.filter(|text| !text.is_empty())
        };
        let name = filled(&self.rule_name).map(|name| words::name("ruleName", name));
        let address = |text: Option<String>, wrong: &'static Row| match text {
            None => Ok(None),
            Some(text) => text.parse().map(Some).map_err(|_| Refusal::new(wrong)),
        };
        let private = row::NAT_DNAT_RULE_INTERNAL_IP_INVALID;
        let public = row::NAT_DNAT_RULE_EIP_INVALID;
        Ok(DnatInput {
            name: name.transpose()?,
            private: address(filled(&self.private_ip_address), private)?,
            protocol: filled(&self.protocol)
                .map(|text| protocol(&text))
                .transpose()?,
            public_ports: ports(
                self.public_port.as_ref(),
                filled(&self.public_port_range),
                row::NAT_DNAT_RULE_PUBLIC_PORT_INVALID,
            )?,
            private_ports: ports(
                self.private_port.as_ref(),
                filled(&self.private_port_range),
                row::NAT_DNAT_RULE_INTERNAL_PORT_INVALID,
            )?,
            address: address(filled(&self.public_ip_address), public)?,
        })
    }
}

fn protocol(text: &str) -> Result<Protocol, Refusal> {
    match text {
        "TCP" => Ok(Protocol::Tcp),
        "UDP" => Ok(Protocol::Udp),
        "all" => Ok(Protocol::All),
        _ => Err(row::NAT_DNAT_RULE_PROTOCOL_INVALID.into()),
    }
}

/// A port, or a range of them; not both.
fn ports(
    one: Option<&Value>,
    range: Option<String>,
    wrong: &'static Row,
) -> Result<Option<Span>, Refusal> {
    let refused = || Refusal::new(wrong);
    let port = |text: &str| {
        let digits = Some(text.trim()).filter(|text| text.chars().all(|c| c.is_ascii_digit()));
        let port = digits.and_then(|text| text.parse::<u16>().ok());
        port.filter(|port| *port > 0)
    };
    let one = match one {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) if text.is_empty() => None,
        Some(Value::String(text)) => Some(port(text)),
        Some(Value::Number(number)) => Some(port(&number.to_string())),
        Some(Value::Bool(_) | Value::Array(_) | Value::Object(_)) => {
            return Err(row::GLOBAL_INAPPROPRIATE_JSON.into());
        }
    };
    match (one, range) {
        (None, None) => Ok(None),
        (Some(_), Some(_)) => Err(refused()),
        (Some(port), None) => {
            let port = port.ok_or_else(refused)?;
            Ok(Some(((port, port), false)))
        }
        (None, Some(range)) => {
            let ends = range.split_once('-');
            let ends = ends.and_then(|(first, last)| Some((port(first)?, port(last)?)));
            let ends = ends.filter(|(first, last)| first <= last);
            Ok(Some((ends.ok_or_else(refused)?, true)))
        }
    }
}

fn render(tx: &mut Tx<'_>, it: &DnatRule) -> Result<Value, Fault> {
    let protocol = match it.protocol {
        Protocol::Tcp => "TCP",
        Protocol::Udp => "UDP",
        Protocol::All => "all",
    };
    let mut shown = Map::new();
    let fields = [
        ("ruleId", json!(it.head.alias)),
        ("ruleName", json!(it.name)),
        ("publicIpAddress", json!(dnat::address(tx, it)?)),
        ("privateIpAddress", json!(it.private)),
        ("protocol", json!(protocol)),
        ("status", json!(words::rule_status(it.head.state()))),
    ];
    for (key, value) in fields {
        shown.insert(key.to_owned(), value);
    }
    if let Some(ports) = it.ports {
        for (side, ((first, last), range)) in [("public", ports.public), ("private", ports.private)]
        {
            match range {
                true => shown.insert(format!("{side}PortRange"), json!(format!("{first}-{last}"))),
                false => shown.insert(format!("{side}Port"), json!(first)),
            };
        }
    }
    Ok(Value::Object(shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_come_as_numbers_texts_and_ranges() {
        let row = row::NAT_DNAT_RULE_PUBLIC_PORT_INVALID;
        let read = |one: Value, range: Option<&str>| {
            ports(Some(&one), range.map(str::to_owned), row).map_err(|refusal| refusal.row.code)
        };
        assert_eq!(read(json!(80), None), Ok(Some(((80, 80), false))));
        assert_eq!(read(json!("80"), None), Ok(Some(((80, 80), false))));
        let range = Ok(Some(((80, 90), true)));
        assert_eq!(read(Value::Null, Some("80-90")), range);
        assert_eq!(read(json!(""), None), Ok(None));
        for (one, range) in [
            (json!(0), None),
            (json!(65536), None),
            (json!(1.5), None),
            (json!("x"), None),
            (Value::Null, Some("9-8")),
            (Value::Null, Some("80")),
            (json!(80), Some("80-90")),
        ] {
            assert_eq!(read(one.clone(), range), Err(row.code), "{one} {range:?}");
        }
    }
}
