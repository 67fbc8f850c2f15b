//! A cloud in process and the callers that talk to it.

use jiff::Timestamp;
use serde_json::{Value, json};
use vpcd::cloud::Cloud;
use vpcd_auth::{Signed, baidu, huawei};
use vpcd_dialect::{Reply, Request};

use crate::pattern::Names;

/// Which front a request goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Huawei dialect.
    Huawei,
    /// Baidu dialect.
    Baidu,
    /// The operator.
    Admin,
}

/// A caller with a key pair per cloud.
#[derive(Clone, Debug, Default)]
pub struct Actor {
    /// Project.
    pub project: String,
    /// Account.
    pub account: String,
    /// Huawei access key and secret.
    pub huawei: (String, String),
    /// Baidu access key and secret.
    pub baidu: (String, String),
}

/// A cloud and three callers: the first account, another account, and a reader of the first.
pub struct World {
    /// The cloud.
    pub cloud: Cloud,
    /// The first account.
    pub me: Actor,
    /// Another account.
    pub other: Actor,
    /// A read-only user of the first account.
    pub reader: Actor,
    /// What cases may name.
    pub names: Names,
    /// What the clouds were asked and answered, where somebody wants to know.
    pub heard: Option<Vec<Heard>>,
    count: u64,
}

/// One request before it is signed.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// Method.
    pub method: String,
    /// Path with query.
    pub path: String,
    /// Headers.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: String,
}

/// One request of a client with its answer.
#[derive(Clone, Debug)]
pub struct Heard {
    /// The request.
    pub ask: Ask,
    /// Status of the answer.
    pub status: u16,
    /// Body of the answer.
    pub body: Option<Value>,
}

impl World {
    /// A fresh world over a cloud.
    pub fn new(cloud: Cloud) -> World {
        World::with(cloud, Some("Passw0rd!golden"))
    }

    /// A fresh world in which nobody can log in: a password is hashed slowly, and most of a suite's time where each of
    /// hundreds of worlds has one.
    pub fn without_password(cloud: Cloud) -> World {
        World::with(cloud, None)
    }

    fn with(cloud: Cloud, password: Option<&str>) -> World {
        let first = &cloud.bootstrap;
        let me = Actor {
            project: first.project.clone(),
            account: first.account.clone(),
            huawei: (
                first.huawei_access_key.clone(),
                first.huawei_secret_key.clone(),
            ),
            baidu: (
                first.baidu_access_key.clone(),
                first.baidu_secret_key.clone(),
            ),
        };
        let mut world = World {
            cloud,
            other: Actor::default(),
            reader: Actor::default(),
            me,
            names: Names::new(),
            heard: None,
            count: 0,
        };
        world.populate(password);
        world
    }

    /// Sends a request as an actor.
    pub fn send(&mut self, side: Side, actor: Option<&Actor>, ask: &Ask) -> Reply {
        let request = self.request(side, actor, ask);
        let reply = match side {
            Side::Huawei => self.cloud.huawei.serve(&request).reply,
            Side::Baidu => self.cloud.baidu.serve(&request).reply,
            Side::Admin => return vpcd::admin::serve(&self.cloud, &request).reply,
        };
        if let Some(heard) = &mut self.heard {
            heard.push(Heard {
                ask: ask.clone(),
                status: reply.status,
                body: reply.body.clone(),
            });
        }
        reply
    }

    /// Calls the operator; panics when it refuses, since every world needs what it asks for.
    pub fn admin(&mut self, method: &str, path: &str, body: Value) -> Value {
        let ask = Ask {
            method: method.into(),
            path: path.into(),
            body: body.to_string(),
            ..Ask::default()
        };
        let reply = self.send(Side::Admin, None, &ask);
        assert!(reply.status < 300, "{method} {path}: {reply:?}");
        reply.body.unwrap_or(Value::Null)
    }

    /// The request on the wire, signed.
    pub fn request(&mut self, side: Side, actor: Option<&Actor>, ask: &Ask) -> Request {
        self.count += 1;
        let (path, query) = ask.path.split_once('?').unwrap_or((&ask.path, ""));
        let mut request = Request {
            id: format!("00000000-0000-4000-8000-{:012}", self.count),
            method: ask.method.clone(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers: ask.headers.clone(),
            body: ask.body.clone().into_bytes(),
            peer: String::new(),
        };
        if request.header("host").is_none() {
            request
                .headers
                .push(("Host".into(), "127.0.0.1:8080".into()));
        }
        let now = self.cloud.app.now();
        match (side, actor) {
            (Side::Admin, _) => {
                let token = format!("Bearer {}", self.cloud.admin_token);
                request.headers.push(("Authorization".into(), token));
            }
            (_, None) => {}
            (Side::Huawei, Some(actor)) => sign_huawei(&mut request, actor, now),
            (Side::Baidu, Some(actor)) => sign_baidu(&mut request, actor, now),
        }
        request
    }

    /// Runs the reconciler until nothing is due.
    pub fn settle(&self) {
        if let Err(error) = self.cloud.reconciler.run() {
            panic!("reconciler: {error}");
        }
    }

    fn populate(&mut self, password: Option<&str>) {
        let other = self.admin("POST", "/admin/v1/accounts", json!({"name": "other"}));
        let account = other["id"].as_str().unwrap_or_default().to_owned();
        self.other = Actor {
            project: other["project"]["id"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            huawei: self.key(json!({"account": account, "cloud": "huawei"})),
            baidu: self.key(json!({"account": account, "cloud": "baidu"})),
            account,
        };
        let mine = self.me.account.clone();
        self.admin(
            "POST",
            "/admin/v1/users",
            json!({"account": mine, "name": "golden", "password": password, "roles": ["te_admin"]}),
        );
        let reader = self.admin(
            "POST",
            "/admin/v1/users",
            json!({"account": mine, "name": "reader", "roles": ["VPC ReadOnlyAccess"]}),
        );
        self.reader = Actor {
            huawei: self.key(json!({"user": reader["id"], "cloud": "huawei"})),
            baidu: self.key(json!({"user": reader["id"], "cloud": "baidu"})),
            ..self.me.clone()
        };
        let names = [
            ("project", self.me.project.clone()),
            ("other_project", self.other.project.clone()),
            ("domain", self.me.account.clone()),
            ("account", self.me.account.clone()),
            ("other_domain", self.other.account.clone()),
            ("domain_name", self.cloud.bootstrap.account_name.clone()),
            ("region", self.cloud.region.clone()),
            ("user", "root".to_owned()),
            ("user_name", "golden".to_owned()),
            ("password", password.unwrap_or_default().to_owned()),
            ("unknown", "11111111-2222-4333-8444-555555555555".to_owned()),
            ("access_key", self.me.huawei.0.clone()),
            ("secret_key", self.me.huawei.1.clone()),
            ("baidu_access_key", self.me.baidu.0.clone()),
            ("now", "2026-01-01T00:00:00Z".to_owned()),
        ];
        self.names = names
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
    }

    fn key(&mut self, body: Value) -> (String, String) {
        let pair = self.admin("POST", "/admin/v1/keys", body);
        let part = |name: &str| pair[name].as_str().unwrap_or_default().to_owned();
        (part("access_key"), part("secret_key"))
    }
}

fn sign_huawei(request: &mut Request, actor: &Actor, now: Timestamp) {
    request.headers.push((
        "X-Sdk-Date".into(),
        now.strftime("%Y%m%dT%H%M%SZ").to_string(),
    ));
    if request.header("x-project-id").is_none() {
        request
            .headers
            .push(("X-Project-Id".into(), actor.project.clone()));
    }
    let line = huawei::sign(
        &signed(request),
        &actor.huawei.0,
        &actor.huawei.1,
        &["host", "x-sdk-date"],
    );
    request.headers.push(("Authorization".into(), line));
}

fn sign_baidu(request: &mut Request, actor: &Actor, now: Timestamp) {
    if request.header("x-bce-date").is_none() {
        request.headers.push((
            "x-bce-date".into(),
            now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        ));
    }
    let line = baidu::sign(
        &signed(request),
        &actor.baidu.0,
        &actor.baidu.1,
        now,
        1800,
        &["host", "x-bce-date"],
    );
    request.headers.push(("Authorization".into(), line));
}

fn signed(request: &Request) -> Signed<'_> {
    request.signed()
}
