//! Every list of the API is answered from an index, in its order.

use std::collections::BTreeSet;

use vpcd_store::Error;
use vpcd_store::Record;
use vpcd_store::Store;
use vpcd_store::Tx;
use vpcd_store::Value;
use vpcd_store::claim;
use vpcd_store::credential;
use vpcd_store::dirty;
use vpcd_store::edge;
use vpcd_store::event;
use vpcd_store::replay;
use vpcd_store::resource;
use vpcd_store::setting;
use vpcd_store::tally;

use crate::base::row;

/// Passes everything on and remembers the texts.
struct Recorder<'t> {
    tx: &'t mut dyn Tx,
    texts: BTreeSet<&'static str>,
}

impl Tx for Recorder<'_> {
    fn execute(&mut self, sql: &'static str, params: &[Value<'_>]) -> Result<u64, Error> {
        self.texts.insert(sql);
        self.tx.execute(sql, params)
    }

    fn query(
        &mut self,
        sql: &'static str,
        params: &[Value<'_>],
        each: &mut dyn FnMut(&dyn Record) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.texts.insert(sql);
        self.tx.query(sql, params, each)
    }
}

fn every_statement(tx: &mut dyn Tx) -> Result<(), Error> {
    resource::insert(tx, &row("vpc", "a"))?;
    resource::get(tx, "vpc", "a")?;
    resource::update(tx, &row("vpc", "a"))?;
    resource::list(tx, "vpc", "p", None, 1)?;
    resource::list_created(tx, "vpc", "p", None, 1)?;
    resource::children(tx, "vpc", "p", None, 1)?;
    resource::list_back(tx, "vpc", "p", None, 1)?;
    resource::children_back(tx, "vpc", "p", None, 1)?;
    resource::count(tx, "vpc", "p")?;
    resource::count_children(tx, "vpc", "p")?;
    resource::any_kind(tx, "vpc", None, 1)?;
    resource::pending(tx, "t")?;
    resource::of_target(tx, "t", None, 1)?;
    resource::settle(tx, "a", 1)?;
    edge::put(tx, "a", "r", "a")?;
    edge::put(tx, "a", "r", "a")?;
    edge::from(tx, "a")?;
    edge::to(tx, "a", 1)?;
    edge::remove(tx, "a", "r", "a")?;
    resource::delete(tx, "vpc", "a")?;
    resource::delete_parts(tx, "vpc", "a")?;
    claim::take(tx, "s", "k", "o")?;
    claim::holder(tx, "s", "k")?;
    claim::set_owner(tx, "s", "k", "o")?;
    claim::of(tx, "o")?;
    claim::floor(tx, "s", "k")?;
    claim::ceiling(tx, "s", "k")?;
    claim::list(tx, "s", None, 1)?;
    claim::list(tx, "s", Some("k"), 1)?;
    claim::list_back(tx, "s", None, 1)?;
    claim::list_back(tx, "s", Some("k"), 1)?;
    claim::count(tx, "s")?;
    claim::release(tx, "s", "k")?;
    claim::clear(tx, "s")?;
    tally::add(tx, "s", "k", 1)?;
    tally::add(tx, "s", "k", -1)?;
    tally::get(tx, "s", "k")?;
    tally::clear(tx, "s")?;
    dirty::mark(tx, "t", 1, 1)?;
    dirty::ready(tx, 1, 1)?;
    dirty::next_due(tx)?;
    dirty::clear(tx, "t", 1)?;
    dirty::list(tx, 1)?;
    replay::get(tx, "s", "t")?;
    replay::touch(tx, "s", "t", 1)?;
    replay::expire(tx, 1)?;
    credential::get(tx, "c")?;
    credential::of_owner(tx, "o")?;
    credential::delete(tx, "c")?;
    event::list(tx, 0, 1)?;
    event::trim(tx, 1)?;
    setting::get(tx, "k")?;
    setting::several(tx, ["k", "l"])?;
    setting::list(tx, "k")?;
    setting::delete(tx, "k").map(drop)
}

#[test]
fn no_statement_scans_or_sorts() {
    // Walked from its beginning on purpose, and no further than its limit.
    let walks = ["dirty::next_due", "dirty::list", "event::trim"];
    let store = Store::ephemeral().unwrap();
    let texts = store
        .write("record", |tx| {
            let texts = BTreeSet::new();
            let mut recorder = Recorder { tx, texts };
            every_statement(&mut recorder)?;
            Ok::<_, Error>(recorder.texts)
        })
        .unwrap();
    assert!(texts.len() > 40, "{}", texts.len());
    for text in texts {
        let name = text.strip_prefix("-- ").unwrap();
        let name = name.split_once('\n').unwrap().0;
        let plan = plan(&store, text);
        assert!(!plan.contains("TEMP B-TREE"), "{name}: {plan}");
        let scans = plan.contains("SCAN ") && !walks.contains(&name);
        assert!(!scans, "{name}: {plan}");
    }
}

fn plan(store: &Store, text: &str) -> String {
    // The one place that makes a statement at run time; a test may leak it.
    let sql: &'static str = Box::leak(format!("EXPLAIN QUERY PLAN {text}").into_boxed_str());
    let mut plan = String::new();
    let parameters = (1..20).filter(|n| text.contains(&format!("${n}"))).count();
    let params = vec![Value::Null; parameters];
    let read: Result<(), Error> = store.read("explain", |tx| {
        tx.query(sql, &params, &mut |record| {
            plan.push_str(&record.text(3)?);
            plan.push('\n');
            Ok(())
        })
    });
    read.unwrap();
    plan
}
