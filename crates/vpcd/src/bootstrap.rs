//! The first run: one account with a project, a user and a key pair per cloud, and what the operator starts from.

use serde::{Deserialize, Serialize};
use vpcd_domain::identity::{self, KeyPair};
use vpcd_domain::operator::{self, Zone};
use vpcd_domain::pool::{self, Pool};
use vpcd_domain::store::{credential, setting};
use vpcd_domain::{App, Context, Fault, Role, Tx, derived};

/// The account that a new server starts with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Bootstrap {
    /// Account id (Huawei: domain id).
    pub account: String,
    /// Account name (Huawei: domain name).
    pub account_name: String,
    /// Project id.
    pub project: String,
    /// Access key for the Huawei dialect.
    pub huawei_access_key: String,
    /// Access key for the Baidu dialect.
    pub baidu_access_key: String,
    /// Secrets, opened from the store at each start; never stored here.
    #[serde(skip)]
    pub huawei_secret_key: String,
    /// As above.
    #[serde(skip)]
    pub baidu_secret_key: String,
    /// Whether this start made it.
    #[serde(skip)]
    pub fresh: bool,
}

const KEY: &str = "bootstrap";

/// Reads the first account, or makes it.
pub fn run(app: &App, region: &str) -> Result<Bootstrap, Fault> {
    let operator = identity::operator("", "bootstrap");
    let policy = &vpcd_huawei::POLICY;
    let known = app.read("bootstrap.read", &operator, policy, |tx, cx| {
        Ok((read(tx, cx)?, derived::is_complete(tx)?))
    })?;
    if let (Some(known), complete) = known {
        if !complete {
            app.write("bootstrap.derive", &operator, policy, |tx, cx| {
                derived::complete(tx, cx)
            })?;
        }
        return Ok(known);
    }
    let region = region.to_owned();
    app.write("bootstrap.create", &operator, policy, move |tx, cx| {
        // Two servers may start on one database at once; the second finds what the first made.
        if let Some(known) = read(tx, cx)? {
            return Ok(known);
        }
        defaults(tx, cx, &region)?;
        derived::complete(tx, cx)?;
        create(tx, cx, &region)
    })
}

fn read(tx: &mut Tx<'_>, cx: &Context<'_>) -> Result<Option<Bootstrap>, Fault> {
    let Some(text) = setting::get(tx.rows(), KEY)? else {
        return Ok(None);
    };
    let Ok(mut known) = serde_json::from_str::<Bootstrap>(&text) else {
        return Ok(None);
    };
    // A key that the operator deleted since is simply not shown any more; one that does not open is another matter.
    for key in [&known.huawei_access_key, &known.baidu_access_key] {
        if let Some(row) = credential::get(tx.rows(), key)?
            && cx.vault.open(&row.id, &row.sealed).is_none()
        {
            return Err(Fault::invalid(
                "key file",
                "it is not the key that sealed this database's secrets",
            ));
        }
    }
    let secret = |tx: &mut Tx<'_>, cloud, key: &str| {
        Ok::<_, Fault>(
            identity::by_access_key(tx, cx, cloud, key)?
                .map(|found| found.secret)
                .unwrap_or_default(),
        )
    };
    known.huawei_secret_key = secret(tx, "huawei", &known.huawei_access_key)?;
    known.baidu_secret_key = secret(tx, "baidu", &known.baidu_access_key)?;
    Ok(Some(known))
}

fn create(tx: &mut Tx<'_>, cx: &mut Context<'_>, region: &str) -> Result<Bootstrap, Fault> {
    let (account, project) = identity::create_account(tx, cx, "vpcd", region)?;
    let user = identity::create_user(tx, cx, &account.head.id, "root", Role::Admin, None)?;
    let huawei: KeyPair = identity::create_key(tx, cx, &user.head.id, "huawei")?;
    let baidu: KeyPair = identity::create_key(tx, cx, &user.head.id, "baidu")?;
    let made = Bootstrap {
        account: account.head.id,
        account_name: account.name,
        project: project.head.id,
        huawei_access_key: huawei.access_key,
        baidu_access_key: baidu.access_key,
        huawei_secret_key: huawei.secret_key,
        baidu_secret_key: baidu.secret_key,
        fresh: true,
    };
    operator::set(tx, KEY, &made)?;
    Ok(made)
}

/// Pools, zones and flavors of a new server. The blocks are those set aside for benchmarks and documentation
/// (RFC 2544, RFC 5737): nothing that anybody routes.
fn defaults(tx: &mut Tx<'_>, cx: &Context<'_>, region: &str) -> Result<(), Fault> {
    let pools = [
        ("5_bgp", "198.18.0.0/16"),
        ("5_sbgp", "198.19.0.0/17"),
        ("5_telcom", "203.0.113.0/25"),
        ("5_union", "203.0.113.128/25"),
        ("5_mailbgp", "192.0.2.0/24"),
        ("5_graybgp", "198.51.100.0/24"),
    ];
    for (name, block) in pools {
        let cidrs = block.parse().into_iter().collect();
        let mut pool = Pool::new(name, cidrs, "center");
        pool.created = Some(cx.now);
        pool::define(tx, &pool)?;
    }
    for letter in ["a", "b", "c"] {
        let name = format!("{region}{letter}");
        let zone = Zone {
            name: name.clone(),
            border_group: "center".to_owned(),
            flavors: None,
        };
        operator::set(tx, &format!("zone/{name}"), &zone)?;
    }
    for flavor in vpcd_huawei::vpn::zone::defaults() {
        operator::set(tx, &format!("flavor/{}", flavor.name), &flavor)?;
    }
    Ok(())
}
