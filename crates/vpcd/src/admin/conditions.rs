//! External conditions: what the operator says about the world outside.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::Reply;
use vpcd_domain::condition::{self, CATALOGUE, Condition};
use vpcd_domain::identity::{Account, Project};
use vpcd_domain::store::{Error, resource, setting};
use vpcd_domain::{Fault, Kind, Tx, operator};

use super::ask::{Ask, audited, note, shown};
use super::refused::Refused;
use super::{gone, list, ok, switches};

/// The condition that cannot be kept in the database, since it is the database's own.
const READ_ONLY: Condition = Condition {
    name: "store.read_only",
    scope: "*",
    values: "true | false",
    about: "Whether the database refuses writes, as on a disk that went read only; forgotten when the server ends.",
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Setting {
    #[serde(default)]
    scope: Option<String>,
    value: Value,
}

/// The catalogue, with what is set of it.
pub(super) fn conditions(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let stored = ask.read(|tx, _| Ok(setting::list(tx.rows(), "condition/")?))?;
    let mut rows = Vec::new();
    for known in catalogue() {
        let prefix = format!("condition/{}/", known.name);
        let mut set: Vec<Value> = stored
            .iter()
            .filter_map(|(key, text)| Some((key.strip_prefix(&prefix)?, text)))
            .map(|(scope, text)| json!({"scope": scope, "value": shown(text.clone())}))
            .collect();
        if known.name == READ_ONLY.name && read_only(ask) {
            set.push(json!({"scope": "*", "value": true}));
        }
        rows.push(json!({
            "name": known.name,
            "scope": known.scope,
            "values": known.values,
            "about": known.about,
            "set": set,
        }));
    }
    list("conditions", rows)
}

/// Sets a condition in a scope.
pub(super) fn set(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let known = find(ask.param(0))?;
    let new: Setting = ask.body()?;
    if !fits(known, &new.value) {
        return Err(Refused::bad(format!(
            "value: {} takes {}",
            known.name, known.values
        )));
    }
    let scope = scope(known, new.scope.as_deref())?;
    let running = switches::lock();
    if known.name == READ_ONLY.name {
        switch_read_only(ask, new.value == Value::Bool(true))?;
    } else {
        store(ask, known, scope.clone(), Some(new.value.clone()))?;
        if known.name == "rate.limit" {
            switches::limit(ask.cloud, Some(&new.value));
        }
    }
    drop(running);
    ask.cloud.app.wake();
    ok(json!({"name": known.name, "scope": scope, "value": new.value}))
}

/// Removes a condition from a scope.
pub(super) fn delete(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let known = find(ask.param(0))?;
    let scope = scope(known, ask.query.get("scope"))?;
    let running = switches::lock();
    if known.name == READ_ONLY.name {
        switch_read_only(ask, false)?;
    } else {
        if !store(ask, known, scope.clone(), None)? {
            return Err(Refused::new(
                404,
                format!("{} is not set for {scope}", known.name),
            ));
        }
        if known.name == "rate.limit" {
            switches::limit(ask.cloud, None);
        }
    }
    drop(running);
    ask.cloud.app.wake();
    gone()
}

/// Stores or removes the condition with what follows from it; false when there was nothing to remove.
fn store(
    ask: &Ask<'_>,
    known: &'static Condition,
    scope: String,
    value: Option<Value>,
) -> Result<bool, Fault> {
    ask.write(move |tx, cx| {
        let key = format!("condition/{}/{scope}", known.name);
        if value.is_none() && setting::get(tx.rows(), &key)?.is_none() {
            return Ok(false);
        }
        if value.is_some() {
            exists(tx, known, &scope)?;
        }
        audited(tx, &key, |tx| {
            match operator::set_condition(tx, cx, known.name, &scope, value.as_ref()) {
                // What the condition was about has gone since; the condition may go too.
                Err(Fault::NotFound { .. }) if value.is_none() => {
                    condition::set(tx, known.name, &scope, None)
                }
                outcome => outcome,
            }
        })?;
        Ok(true)
    })
}

/// Audits the switch while the database still takes it, or takes it again.
fn switch_read_only(ask: &Ask<'_>, on: bool) -> Result<(), Fault> {
    let before = read_only(ask);
    let audit = || {
        ask.write(move |tx, _| {
            let state = |on: bool| Some(Value::Bool(on));
            note(tx, "condition/store.read_only/*", state(before), state(on));
            Ok(())
        })
    };
    if on {
        if !before {
            audit()?;
        }
        ask.cloud.app.store().set_read_only(true);
        return Ok(());
    }
    ask.cloud.app.store().set_read_only(false);
    if before { audit() } else { Ok(()) }
}

/// Whether the database refuses writes at present: it is asked to delete what is not there.
fn read_only(ask: &Ask<'_>) -> bool {
    let tried = ask
        .cloud
        .app
        .store()
        .write("admin.probe", |tx| setting::delete(tx, "condition"));
    tried == Err(Error::ReadOnly)
}

fn catalogue() -> impl Iterator<Item = &'static Condition> {
    CATALOGUE.iter().chain([&READ_ONLY])
}

fn find(name: &str) -> Result<&'static Condition, Refused> {
    catalogue()
        .find(|known| known.name == name)
        .ok_or_else(|| Refused::missing("condition", name).hint("GET conditions lists them"))
}

/// The scope in the form that the condition takes; everything, when the request names none and that is a scope.
fn scope(known: &Condition, scope: Option<&str>) -> Result<String, Refused> {
    let scope = scope.unwrap_or("*");
    let fits = known.scope.split(" | ").any(|form| match form {
        "*" => scope == "*",
        "account/ID" => has_rest(scope, "account/"),
        "project/ID" => has_rest(scope, "project/"),
        form if form.starts_with("target") => {
            scope.split_once('/').is_some_and(|(_, id)| !id.is_empty())
        }
        _ => !scope.is_empty() && !scope.contains(['/', '*']),
    });
    match fits && scope.len() <= 256 {
        true => Ok(scope.to_owned()),
        false => Err(Refused::bad(format!(
            "scope: {} takes {}",
            known.name, known.scope
        ))),
    }
}

fn has_rest(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix)
        .is_some_and(|rest| !rest.is_empty())
}

/// Whether the value has the form that the catalogue writes out.
fn fits(known: &Condition, value: &Value) -> bool {
    let texts = |value: &Value| {
        value
            .as_array()
            .is_some_and(|list| list.iter().all(Value::is_string))
    };
    match known.values {
        "true | false" => value.is_boolean(),
        words if words.contains(" | ") => value
            .as_str()
            .is_some_and(|word| words.split(" | ").any(|w| w == word)),
        form if form.starts_with("list") => texts(value),
        form if form.starts_with('{') => {
            value.as_object().is_some_and(|map| map.values().all(texts))
        }
        _ => value
            .as_u64()
            .is_some_and(|number| u32::try_from(number).is_ok()),
    }
}

/// What may be meant where a scope says "group".
const GROUPS: [Kind; 3] = [Kind::SecurityGroup, Kind::AddressGroup, Kind::AddressBundle];
/// What a gateway may be.
const GATEWAYS: [Kind; 3] = [Kind::VpnGateway, Kind::P2cGateway, Kind::NatGateway];

/// Refuses a scope that names nothing. What `set_condition` looks for itself is left to it.
fn exists(tx: &mut Tx<'_>, known: &Condition, scope: &str) -> Result<(), Fault> {
    if scope == "*" {
        return Ok(());
    }
    if let Some(id) = scope.strip_prefix("account/") {
        return tx.get::<Account>("", id).map(drop);
    }
    if let Some(id) = scope.strip_prefix("project/") {
        return tx.get::<Project>("", id).map(drop);
    }
    let (kinds, id): (&[Kind], &str) = match scope.split_once('/') {
        Some(("network", id)) => (&[Kind::Vpc], id),
        Some(("gateway", id)) => (&GATEWAYS, id),
        Some(("address", id)) => (&[Kind::PublicIp], id),
        Some(("group", id)) => (&GROUPS, id),
        Some(_) => return Err(Fault::invalid("scope", format!("{scope} is no target"))),
        None if known.scope.contains("gateway id") => (&GATEWAYS, scope),
        None if known.scope.contains("network id") => (&[Kind::Vpc], scope),
        None if known.scope.contains("security group id") => (&[Kind::SecurityGroup], scope),
        None => return Ok(()),
    };
    for kind in kinds {
        if resource::get(tx.rows(), kind.word(), id)?.is_some() {
            return Ok(());
        }
    }
    Err(Fault::NotFound {
        kind: kinds[0],
        id: id.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A condition with a form that `fits` does not read would be refused for good.
    #[test]
    fn every_form_of_the_catalogue_has_a_value() {
        for known in catalogue() {
            let some = match known.values {
                "true | false" => json!(true),
                words if words.contains(" | ") => json!(words.split(" | ").next()),
                form if form.starts_with("list") => json!(["vpc:vpcs:create"]),
                form if form.starts_with('{') => json!({"key": ["value"]}),
                _ => json!(3),
            };
            assert!(fits(known, &some), "{}", known.name);
            assert!(
                !fits(known, &json!(null)) && !fits(known, &json!(-1)),
                "{}",
                known.name
            );
            assert!(scope(known, Some("")).is_err(), "{}", known.name);
        }
    }
}
