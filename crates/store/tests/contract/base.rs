//! A fresh database per test, and rows to put into it.

use std::io::Write;
use std::sync::Once;

use postgres::Client;
use postgres::NoTls;
use tempfile::TempDir;
use vpcd_store::Error;
use vpcd_store::Store;
use vpcd_store::resource;
use vpcd_store::resource::Row;

/// An empty database that goes away with the test.
pub struct Database {
    pub store: Store,
    place: Place,
}

enum Place {
    Directory(TempDir),
    Schema(Schema),
}

impl Database {
    /// A durable SQLite database.
    pub fn sqlite() -> Self {
        let directory = TempDir::new().unwrap();
        Self {
            store: Store::sqlite(directory.path()).unwrap(),
            place: Place::Directory(directory),
        }
    }

    /// A schema of its own on the server that the environment names.
    pub fn postgres(test: &str) -> Option<Self> {
        let schema = Schema::create(test)?;
        Some(Self {
            store: Store::postgres(&schema.url).unwrap(),
            place: Place::Schema(schema),
        })
    }

    /// Another store on the same database, as another process would have it.
    pub fn reopen(&self) -> Store {
        match &self.place {
            Place::Directory(directory) => Store::sqlite(directory.path()).unwrap(),
            Place::Schema(schema) => Store::postgres(&schema.url).unwrap(),
        }
    }

    pub fn is_postgres(&self) -> bool {
        matches!(self.place, Place::Schema(_))
    }
}

/// An empty schema, dropped at the end.
pub struct Schema {
    server: String,
    /// The server's address with this schema in front.
    pub url: String,
    /// Also the application name of its connections.
    pub name: String,
}

impl Schema {
    pub fn create(test: &str) -> Option<Self> {
        static SAID: Once = Once::new();
        let Ok(server) = std::env::var("VPCD_TEST_POSTGRES") else {
            let said = "\nSKIPPED: postgres contract suite (VPCD_TEST_POSTGRES not set)\n";
            // The test harness swallows what the macros print.
            SAID.call_once(|| std::io::stderr().write_all(said.as_bytes()).unwrap());
            return None;
        };
        let mut name = format!("t{}_{test}", std::process::id());
        name.truncate(60);
        let mut client = Client::connect(&server, NoTls).unwrap();
        client
            .batch_execute(&format!("CREATE SCHEMA {name}"))
            .unwrap();
        let and = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{and}application_name={name}&options=-csearch_path%3D{name}");
        Some(Self { server, url, name })
    }

    /// A connection beside the store's.
    pub fn client(&self) -> Client {
        Client::connect(&self.server, NoTls).unwrap()
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        let sql = format!("DROP SCHEMA {} CASCADE", self.name);
        if let Err(error) = self.client().batch_execute(&sql) {
            eprintln!("{sql}: {error}");
        }
    }
}

/// A resource without a parent.
pub fn row(kind: &str, id: &str) -> Row {
    Row {
        id: id.to_owned(),
        kind: kind.to_owned(),
        project: "project".to_owned(),
        parent: None,
        target: "network/1".to_owned(),
        generation: 1,
        observed: 0,
        lifecycle: "active".to_owned(),
        created: 1_700_000_000_000_000,
        version: 1,
        doc: format!(r#"{{"name":"{id} ☃"}}"#),
    }
}

/// A resource that is a part of another.
pub fn part(kind: &str, id: &str, parent: &str) -> Row {
    Row {
        parent: Some(parent.to_owned()),
        ..row(kind, id)
    }
}

/// Inserts resources in one transaction.
pub fn insert(store: &Store, rows: &[Row]) {
    let rows = rows.to_vec();
    store
        .write("test.insert", move |tx| {
            rows.iter().try_for_each(|row| resource::insert(tx, row))
        })
        .unwrap();
}

/// The ids of resources.
pub fn ids(rows: &[Row]) -> Vec<&str> {
    rows.iter().map(|row| row.id.as_str()).collect()
}

/// Whether a resource is there.
pub fn exists(store: &Store, kind: &str, id: &str) -> bool {
    let found: Result<_, Error> = store.read("test.exists", |tx| resource::get(tx, kind, id));
    found.unwrap().is_some()
}
