//! Random operations on a small reference model and on the server: the same answers, and invariants after each step.
//!
//! `VPCD_MODEL_STEPS` (default 2500) and `VPCD_MODEL_SEED` choose a longer or another run.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use vpcd::cloud::Cloud;
use vpcd_domain::store::tally;
use vpcd_domain::{Caller, Fault, quota};
use vpcd_huawei::POLICY;
use vpcd_tests::world::{Ask, Side, World};

/// What the server should hold, told in a few lines.
#[derive(Default)]
struct Model {
    /// Networks by id: their name.
    vpcs: BTreeMap<String, String>,
    /// Subnets by id: network and third octet of 10.0.x.0/28.
    subnets: BTreeMap<String, (String, u8)>,
    /// Ports by id: subnet, last octet, public address.
    ports: BTreeMap<String, (String, u8, Option<String>)>,
    /// Public addresses by id: port.
    eips: BTreeMap<String, Option<String>>,
}

/// A /28 with the network, the gateway and three at the top kept back: .2 to .12.
const USABLE: std::ops::RangeInclusive<u8> = 2..=12;
const VPC_QUOTA: usize = 4;
const EIP_QUOTA: usize = 6;

struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }

    fn pick<'a, T>(&mut self, map: &'a BTreeMap<String, T>) -> Option<(&'a String, &'a T)> {
        if map.is_empty() {
            None
        } else {
            map.iter().nth(self.below(map.len()))
        }
    }
}

/// An answer in short: the code of a refusal, or nothing.
type Code = Option<String>;

struct Player {
    world: World,
    model: Model,
    random: Random,
}

impl Player {
    fn call(&mut self, method: &str, path: &str, body: Value) -> (Code, Value) {
        let me = self.world.me.clone();
        let path = path.replace("{p}", &me.project);
        let text = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let ask = Ask {
            method: method.into(),
            path,
            body: text,
            ..Ask::default()
        };
        let reply = self.world.send(Side::Huawei, Some(&me), &ask);
        let body = reply.body.unwrap_or(Value::Null);
        (
            (reply.status >= 300).then(|| body["code"].as_str().unwrap_or("?").to_owned()),
            body,
        )
    }

    fn step(&mut self) {
        match self.random.below(10) {
            0 => self.create_vpc(),
            1 => self.delete_vpc(),
            2 | 3 => self.create_subnet(),
            4 => self.delete_subnet(),
            5 | 6 => self.create_port(),
            7 => self.delete_port(),
            8 => self.create_or_delete_eip(),
            _ => self.bind_or_unbind(),
        }
    }

    fn create_vpc(&mut self) {
        let name = format!("v{}", self.random.below(6));
        let want = if self.model.vpcs.len() >= VPC_QUOTA {
            Some("VPC.0114")
        } else {
            self.model
                .vpcs
                .values()
                .any(|known| *known == name)
                .then_some("VPC.0115")
        };
        let (code, body) = self.call(
            "POST",
            "/v1/{p}/vpcs",
            json!({"vpc": {"name": name, "cidr": "10.0.0.0/16"}}),
        );
        assert_eq!(code.as_deref(), want, "create VPC {name}");
        if code.is_none() {
            self.model.vpcs.insert(id(&body["vpc"]), name);
        }
    }

    fn delete_vpc(&mut self) {
        let Some((vpc, _)) = self.random.pick(&self.model.vpcs) else {
            return;
        };
        let vpc = vpc.clone();
        let want = if self.model.subnets.values().any(|(of, _)| *of == vpc) {
            Some("VPC.0104")
        } else {
            (self.model.vpcs.len() == 1 && !self.model.eips.is_empty()).then_some("VPC.0108")
        };
        let (code, _) = self.call("DELETE", &format!("/v1/{{p}}/vpcs/{vpc}"), Value::Null);
        assert_eq!(code.as_deref(), want, "delete VPC");
        if code.is_none() {
            self.model.vpcs.remove(&vpc);
        }
    }

    fn create_subnet(&mut self) {
        let Some((vpc, _)) = self.random.pick(&self.model.vpcs) else {
            return;
        };
        let (vpc, third) = (vpc.clone(), u8::try_from(self.random.below(5)).unwrap());
        let taken = self
            .model
            .subnets
            .values()
            .any(|(of, known)| *of == vpc && *known == third);
        let body = json!({"subnet": {"name": "s", "vpc_id": vpc, "cidr": format!("10.0.{third}.0/28"),
            "gateway_ip": format!("10.0.{third}.1")}});
        let (code, body) = self.call("POST", "/v1/{p}/subnets", body);
        assert_eq!(
            code.as_deref(),
            taken.then_some("VPC.0204"),
            "create subnet"
        );
        if code.is_none() {
            self.model.subnets.insert(id(&body["subnet"]), (vpc, third));
        }
    }

    fn delete_subnet(&mut self) {
        let Some((subnet, (vpc, _))) = self.random.pick(&self.model.subnets) else {
            return;
        };
        let (subnet, vpc) = (subnet.clone(), vpc.clone());
        let used = self.model.ports.values().any(|(of, ..)| *of == subnet);
        let (code, _) = self.call(
            "DELETE",
            &format!("/v1/{{p}}/vpcs/{vpc}/subnets/{subnet}"),
            Value::Null,
        );
        assert_eq!(code.as_deref(), used.then_some("VPC.0208"), "delete subnet");
        if code.is_none() {
            self.model.subnets.remove(&subnet);
        }
    }

    fn create_port(&mut self) {
        let Some((subnet, (_, third))) = self.random.pick(&self.model.subnets) else {
            return;
        };
        let (subnet, third) = (subnet.clone(), *third);
        let held: BTreeSet<u8> = self
            .model
            .ports
            .values()
            .filter(|(of, ..)| *of == subnet)
            .map(|(_, last, _)| *last)
            .collect();
        let wanted =
            (self.random.below(2) == 0).then(|| u8::try_from(self.random.below(18)).unwrap());
        let (want, last) = match wanted {
            Some(last) if last >= 16 || !USABLE.contains(&last) => (Some("VPC.0705"), last),
            Some(last) => (held.contains(&last).then_some("VPC.0701"), last),
            None => match USABLE.clone().find(|last| !held.contains(last)) {
                Some(last) => (None, last),
                None => (Some("VPC.0703"), 0),
            },
        };
        let fixed: Vec<Value> = wanted
            .map(|last| json!({"ip_address": format!("10.0.{third}.{last}")}))
            .into_iter()
            .collect();
        let body = json!({"port": {"network_id": subnet, "fixed_ips": fixed}});
        let (code, body) = self.call("POST", "/v1/{p}/ports", body);
        assert_eq!(code.as_deref(), want, "create port .{last} beside {held:?}");
        if code.is_none() {
            let address = format!("10.0.{third}.{last}");
            assert_eq!(
                body["port"]["fixed_ips"][0]["ip_address"],
                address.as_str(),
                "the lowest free address"
            );
            self.model
                .ports
                .insert(id(&body["port"]), (subnet, last, None));
        }
    }

    fn delete_port(&mut self) {
        let Some((port, (.., eip))) = self.random.pick(&self.model.ports) else {
            return;
        };
        let (port, bound) = (port.clone(), eip.is_some());
        let (code, _) = self.call("DELETE", &format!("/v1/{{p}}/ports/{port}"), Value::Null);
        assert_eq!(code.as_deref(), bound.then_some("VPC.0707"), "delete port");
        if code.is_none() {
            self.model.ports.remove(&port);
        }
    }

    fn create_or_delete_eip(&mut self) {
        if self.random.below(2) == 0 {
            let full = self.model.eips.len() >= EIP_QUOTA;
            let body = json!({"publicip": {"type": "5_bgp"},
                "bandwidth": {"name": "b", "size": 5, "share_type": "PER"}});
            let (code, body) = self.call("POST", "/v1/{p}/publicips", body);
            assert_eq!(code.as_deref(), full.then_some("VPC.0521"), "create EIP");
            if code.is_none() {
                self.model.eips.insert(id(&body["publicip"]), None);
            }
            return;
        }
        let Some((eip, port)) = self.random.pick(&self.model.eips) else {
            return;
        };
        let (eip, bound) = (eip.clone(), port.is_some());
        let (code, _) = self.call("DELETE", &format!("/v1/{{p}}/publicips/{eip}"), Value::Null);
        assert_eq!(code.as_deref(), bound.then_some("VPC.0517"), "delete EIP");
        if code.is_none() {
            self.model.eips.remove(&eip);
        }
    }

    fn bind_or_unbind(&mut self) {
        let Some((eip, bound)) = self.random.pick(&self.model.eips) else {
            return;
        };
        let (eip, bound) = (eip.clone(), bound.clone());
        let path = format!("/v1/{{p}}/publicips/{eip}");
        if self.random.below(2) == 0 {
            let (code, _) = self.call("PUT", &path, json!({"publicip": {}}));
            assert_eq!(code, None, "unbinding always works");
            if let Some(port) = bound {
                self.model.ports.get_mut(&port).unwrap().2 = None;
            }
            self.model.eips.insert(eip, None);
            return;
        }
        let Some((port, (.., holder))) = self.random.pick(&self.model.ports) else {
            return;
        };
        let (port, holder) = (port.clone(), holder.clone());
        let want = match (&bound, &holder) {
            (Some(mine), _) if *mine == port => None,
            (Some(_), Some(_)) => Some("VPC.0509"),
            (Some(_), None) => Some("VPC.0510"),
            (None, Some(_)) => Some("VPC.0511"),
            (None, None) => None,
        };
        let (code, _) = self.call("PUT", &path, json!({"publicip": {"port_id": port}}));
        assert_eq!(code.as_deref(), want, "bind");
        if code.is_none() {
            self.model.ports.get_mut(&port).unwrap().2 = Some(eip.clone());
            self.model.eips.insert(eip, Some(port));
        }
    }

    /// What is listed is what the model holds, and every address is accounted for.
    fn invariants(&mut self) {
        for (path, list, want) in [
            ("/v1/{p}/vpcs", "vpcs", self.model.vpcs.len()),
            ("/v1/{p}/subnets", "subnets", self.model.subnets.len()),
            ("/v1/{p}/publicips", "publicips", self.model.eips.len()),
            ("/v1/{p}/bandwidths", "bandwidths", self.model.eips.len()),
        ] {
            let (_, body) = self.call("GET", path, Value::Null);
            assert_eq!(body[list].as_array().unwrap().len(), want, "{list}");
        }
        let (_, body) = self.call("GET", "/v1/{p}/subnets", Value::Null);
        for subnet in body["subnets"].as_array().unwrap() {
            let held = self
                .model
                .ports
                .values()
                .filter(|(of, ..)| *of == id(subnet))
                .count();
            let free =
                usize::try_from(subnet["available_ip_address_count"].as_u64().unwrap()).unwrap();
            assert_eq!(
                free + held,
                USABLE.count(),
                "an address is held by nobody or by two"
            );
        }
        self.tallies_hold();
        for (eip, port) in self.model.eips.clone() {
            let (_, body) = self.call("GET", &format!("/v1/{{p}}/publicips/{eip}"), Value::Null);
            assert_eq!(
                body["publicip"]["port_id"].as_str().map(str::to_owned),
                port
            );
        }
    }
}

impl Player {
    /// Counting everything anew changes no tally.
    fn tallies_hold(&mut self) {
        let caller = Caller::nobody("test");
        let app = &self.world.cloud.app;
        let counted: Result<_, Fault> = app.write("test", &caller, &POLICY, |tx, _| {
            let before = tally::every(tx.rows())?;
            quota::recount(tx)?;
            Ok((before, tally::every(tx.rows())?))
        });
        let (before, after) = counted.unwrap();
        assert_eq!(before, after);
    }
}

fn id(it: &Value) -> String {
    it["id"].as_str().unwrap().to_owned()
}

#[test]
fn the_server_does_as_the_model() {
    let number = |name: &str, default| {
        std::env::var(name)
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or(default)
    };
    let (steps, seed) = (
        number("VPCD_MODEL_STEPS", 2500),
        number("VPCD_MODEL_SEED", 11),
    );
    let mut world = World::new(Cloud::ephemeral_for_tests(seed).unwrap());
    for (name, limit) in [("vpc", VPC_QUOTA), ("publicIp", EIP_QUOTA)] {
        world.admin(
            "PUT",
            &format!("/admin/v1/quotas/*/{name}"),
            json!({"limit": limit}),
        );
    }
    let mut player = Player {
        world,
        model: Model::default(),
        random: Random(seed),
    };
    for step in 0..steps {
        player.step();
        if step % 50 == 0 {
            player.invariants();
        }
    }
    player.invariants();
}
