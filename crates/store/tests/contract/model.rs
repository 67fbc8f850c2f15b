//! Random operations against maps in memory: the same answers after each step, the same contents at the end.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::Config;
use proptest::test_runner::TestRunner;
use vpcd_store::Error;
use vpcd_store::Store;
use vpcd_store::claim;
use vpcd_store::dump;
use vpcd_store::edge;
use vpcd_store::resource;

use crate::base::Database;
use crate::base::row;

#[derive(Clone, Debug)]
enum Step {
    Insert(String),
    Delete(String),
    Put(String, String),
    Remove(String, String),
    Take(String, String),
    Release(String),
    Floor(String),
    Ceiling(String),
}

#[derive(Clone, Debug, PartialEq)]
enum Answer {
    Done(Result<bool, Error>),
    Found(Option<(String, String)>),
}

#[derive(Default)]
struct Model {
    resources: BTreeSet<String>,
    edges: BTreeSet<(String, String)>,
    claims: BTreeMap<String, String>,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    // Few ids, so that they meet; keys with neighbours before and after them in the order of bytes.
    let id = || "[a-d]";
    let key = || "[aBé0]{0,2}";
    let step = prop_oneof![
        3 => id().prop_map(Step::Insert),
        2 => id().prop_map(Step::Delete),
        3 => (id(), id()).prop_map(|(from, to)| Step::Put(from, to)),
        1 => (id(), id()).prop_map(|(from, to)| Step::Remove(from, to)),
        4 => (key(), id()).prop_map(|(key, owner)| Step::Take(key, owner)),
        1 => key().prop_map(Step::Release),
        1 => key().prop_map(Step::Floor),
        1 => key().prop_map(Step::Ceiling),
    ];
    prop::collection::vec(step, 1..60)
}

impl Model {
    fn apply(&mut self, step: &Step) -> Answer {
        let found = |entry: Option<(&String, &String)>| {
            Answer::Found(entry.map(|(key, owner)| (key.clone(), owner.clone())))
        };
        Answer::Done(match step {
            Step::Insert(id) => match self.resources.insert(id.clone()) {
                true => Ok(true),
                false => Err(Error::Unique),
            },
            Step::Delete(id) => self.delete(id),
            Step::Put(from, to) => match [from, to].iter().all(|id| self.resources.contains(*id)) {
                true => {
                    self.edges.insert((from.clone(), to.clone()));
                    Ok(true)
                }
                false => Err(Error::ForeignKey),
            },
            Step::Remove(from, to) => Ok(self.edges.remove(&(from.clone(), to.clone()))),
            Step::Take(key, owner) => {
                let free = !self.claims.contains_key(key);
                let entry = self.claims.entry(key.clone());
                entry.or_insert(owner.clone());
                Ok(free)
            }
            Step::Release(key) => Ok(self.claims.remove(key).is_some()),
            Step::Floor(key) => return found(self.claims.range(..=key.clone()).next_back()),
            Step::Ceiling(key) => return found(self.claims.range(key.clone()..).next()),
        })
    }

    fn delete(&mut self, id: &String) -> Result<bool, Error> {
        if !self.resources.contains(id) {
            return Ok(false);
        }
        if self.edges.iter().any(|(from, to)| to == id && from != id) {
            return Err(Error::ForeignKey);
        }
        self.edges.retain(|(from, _)| from != id);
        self.claims.retain(|_, owner| owner != id);
        self.resources.remove(id);
        Ok(true)
    }
}

fn apply(store: &Store, step: &Step) -> Answer {
    let step = step.clone();
    let answer: Result<Answer, Error> = store.write("model.step", move |tx| {
        let found = |claim: Option<claim::Claim>| {
            Ok(Answer::Found(claim.map(|claim| (claim.key, claim.owner))))
        };
        Ok(Answer::Done(match &step {
            Step::Insert(id) => resource::insert(tx, &row("vpc", id)).map(|()| true),
            Step::Delete(id) => resource::delete(tx, "vpc", id),
            Step::Put(from, to) => edge::put(tx, from, "role", to).map(|()| true),
            Step::Remove(from, to) => edge::remove(tx, from, "role", to),
            Step::Take(key, owner) => claim::take(tx, "space", key, owner),
            Step::Release(key) => claim::release(tx, "space", key),
            Step::Floor(key) => return found(claim::floor(tx, "space", key)?),
            Step::Ceiling(key) => return found(claim::ceiling(tx, "space", key)?),
        }))
    });
    answer.unwrap()
}

pub fn random_operations_agree_with_a_model(database: &Database) {
    let cases = if database.is_postgres() { 16 } else { 32 };
    let ephemeral = Store::ephemeral().unwrap();
    let store = if database.is_postgres() {
        &database.store
    } else {
        &ephemeral
    };
    let empty = store.read("export", dump::export).unwrap();
    let mut runner = TestRunner::new(Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    });
    let agree = |steps: Vec<Step>| {
        let empty = empty.clone();
        store
            .write("import", move |tx| dump::import(tx, &empty))
            .unwrap();
        let mut model = Model::default();
        for step in &steps {
            prop_assert_eq!(apply(store, step), model.apply(step), "{:?}", step);
        }
        let whole = store.read("export", dump::export).unwrap();
        let listed = |table: &str, column: &str| -> Vec<String> {
            let rows = whole[table].as_array().unwrap().iter();
            rows.map(|row| row[column].as_str().unwrap().to_owned())
                .collect()
        };
        prop_assert!(listed("resource", "id").iter().eq(&model.resources));
        prop_assert!(listed("claim", "key").iter().eq(model.claims.keys()));
        prop_assert_eq!(whole["edge"].as_array().unwrap().len(), model.edges.len());
        Ok(())
    };
    runner.run(&steps(), agree).unwrap();
}
