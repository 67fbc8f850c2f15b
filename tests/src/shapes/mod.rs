//! What the contract data says about requests and answers (its words are told in `contracts/README.md`), requests made of
//! it that are right or wrong in one thing, and answers held against it: what the suites of both clouds share.

pub mod answer;
pub mod request;

use std::collections::BTreeMap;

use xtask::contract::{self, Operation};
use xtask::shapes::{Exchange, Fields, Shapes};

use crate::world::Ask;

/// The shapes of one cloud's services with their operations.
pub struct Book {
    operations: Vec<Operation>,
    services: BTreeMap<String, Shapes>,
}

/// One operation with what it takes and answers, and the shapes that this is written in.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    /// The operation.
    pub operation: &'a Operation,
    /// What it takes and answers.
    pub exchange: &'a Exchange,
    /// Shapes of its service.
    pub shapes: &'a Shapes,
}

impl<'a> Entry<'a> {
    /// The fields of a shape.
    pub fn shape(&self, name: &str) -> Option<&'a Fields> {
        self.shapes.shape.get(name)
    }
}

impl Book {
    /// Reads what stands in `contracts/<cloud>`.
    pub fn read(cloud: &'static str) -> Result<Book, String> {
        let contract = contract::load(&xtask::root(), cloud).map_err(|error| error.to_string())?;
        Ok(Book {
            operations: contract.operations,
            services: contract.shapes,
        })
    }

    /// Every operation that has its shapes told.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.operations.iter().filter_map(|operation| {
            let shapes = self.services.get(&operation.service)?;
            let exchange = shapes.operation.get(&operation.id)?;
            Some(Entry {
                operation,
                exchange,
                shapes,
            })
        })
    }

    /// The operation of that id.
    pub fn operation(&self, id: &str) -> Option<Entry<'_>> {
        self.entries().find(|entry| entry.operation.id == id)
    }

    /// The operation that a request is for: of several that fit, the one whose path names most of it.
    pub fn entry(&self, ask: &Ask) -> Option<Entry<'_>> {
        let (path, query) = ask.path.split_once('?').unwrap_or((&ask.path, ""));
        let fits = |entry: &Entry<'_>| {
            let operation = entry.operation;
            let named = |flag: &str| {
                let mut keys = query.split('&').map(|pair| pair.split('=').next());
                keys.any(|key| key == Some(flag))
            };
            operation.method == ask.method
                && operation.flag.as_deref().is_none_or(named)
                && literals(&operation.path, path).is_some()
        };
        self.entries().filter(fits).max_by_key(|entry| {
            (
                literals(&entry.operation.path, path),
                entry.operation.flag.is_some(),
            )
        })
    }
}

/// How many parts of a path a template names, if it fits.
fn literals(template: &str, path: &str) -> Option<usize> {
    let (want, have): (Vec<&str>, Vec<&str>) =
        (template.split('/').collect(), path.split('/').collect());
    let fits = want.len() == have.len()
        && want
            .iter()
            .zip(&have)
            .all(|(want, have)| want.starts_with('{') || want == have);
    fits.then(|| want.iter().filter(|part| !part.starts_with('{')).count())
}
