//! The schema, one text for both databases, and its history.

use crate::Error;

/// The words in which the two databases differ.
pub(crate) struct Words {
    /// Text that compares by its bytes.
    pub(crate) text: &'static str,
    /// Raw bytes.
    pub(crate) blob: &'static str,
    /// A number that the database hands out and never reuses.
    pub(crate) serial: &'static str,
    /// After a table that is nothing but its key: no second copy of it.
    pub(crate) keyed: &'static str,
}

/// Every migration in order; number n is at index n - 1. A released one is never edited.
const MIGRATIONS: [&str; 2] = [INITIAL, TALLY];

const INITIAL: &str = r#"
CREATE TABLE migration (number BIGINT NOT NULL PRIMARY KEY, checks BIGINT NOT NULL);

CREATE TABLE resource (
  id {text} NOT NULL PRIMARY KEY,
  kind {text} NOT NULL,
  project {text} NOT NULL,
  parent {text},
  target {text} NOT NULL,
  generation BIGINT NOT NULL,
  observed BIGINT NOT NULL,
  lifecycle {text} NOT NULL,
  created BIGINT NOT NULL,
  version BIGINT NOT NULL,
  doc {text} NOT NULL
);
CREATE INDEX resource_by_kind ON resource (kind, id);
CREATE INDEX resource_by_project ON resource (kind, project, id);
CREATE INDEX resource_by_created ON resource (kind, project, created, id);
CREATE INDEX resource_by_parent ON resource (kind, parent, id) WHERE parent IS NOT NULL;
CREATE INDEX resource_by_target ON resource (target, id);
CREATE INDEX resource_pending ON resource (target, id) WHERE observed < generation;

CREATE TABLE edge (
  "from" {text} NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
  role {text} NOT NULL,
  "to" {text} NOT NULL REFERENCES resource (id) ON DELETE RESTRICT,
  PRIMARY KEY ("from", role, "to")
) {keyed};
CREATE INDEX edge_by_to ON edge ("to", "from", role);

CREATE TABLE claim (
  space {text} NOT NULL,
  key {text} NOT NULL,
  owner {text} NOT NULL,
  PRIMARY KEY (space, key)
) {keyed};
CREATE INDEX claim_by_owner ON claim (owner, space, key);

CREATE TABLE dirty (
  target {text} NOT NULL PRIMARY KEY,
  since BIGINT NOT NULL,
  due BIGINT NOT NULL
) {keyed};
CREATE INDEX dirty_by_due ON dirty (due, target);

CREATE TABLE replay (
  scope {text} NOT NULL,
  token {text} NOT NULL,
  digest {text} NOT NULL,
  status BIGINT NOT NULL,
  body {text} NOT NULL,
  expires BIGINT NOT NULL,
  PRIMARY KEY (scope, token)
);
CREATE INDEX replay_by_expires ON replay (expires);

CREATE TABLE credential (
  id {text} NOT NULL PRIMARY KEY,
  kind {text} NOT NULL,
  cloud {text} NOT NULL,
  owner {text} NOT NULL,
  sealed {blob} NOT NULL,
  created BIGINT NOT NULL
);
CREATE INDEX credential_by_owner ON credential (owner, id);

CREATE TABLE event (
  seq {serial},
  at BIGINT NOT NULL,
  account {text} NOT NULL,
  project {text} NOT NULL,
  "user" {text} NOT NULL,
  request_id {text} NOT NULL,
  operation {text} NOT NULL,
  target {text} NOT NULL,
  before {text},
  after {text}
);

CREATE TABLE setting (key {text} NOT NULL PRIMARY KEY, value {text} NOT NULL) {keyed};
"#;

/// What quotas count. Bandwidths that are shared came later than this table, so there are none to count.
const TALLY: &str = r#"
CREATE TABLE tally (
  scope {text} NOT NULL,
  kind {text} NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (scope, kind)
) {keyed};
INSERT INTO tally
  SELECT project, kind, count(*) FROM resource
  WHERE kind IN ('vpc', 'subnet', 'route_table', 'security_group', 'public_ip', 'vpn_gateway', 'customer_gateway',
                 'vpn_connection')
  GROUP BY project, kind;
INSERT INTO tally
  SELECT parent, kind, count(*) FROM resource
  WHERE parent IS NOT NULL
    AND kind IN ('vpc', 'subnet', 'route_table', 'security_group', 'public_ip', 'vpn_gateway', 'customer_gateway',
                 'vpn_connection')
  GROUP BY parent, kind;
"#;

/// The number of the newest migration.
pub(crate) const NEWEST: i64 = MIGRATIONS.len() as i64;

/// The texts that bring a database from migration `current` to the newest, each with its number.
pub(crate) fn due(current: i64, words: &Words) -> Result<Vec<(i64, String)>, Error> {
    if !(0..=NEWEST).contains(&current) {
        return Err(Error::Corrupt(format!(
            "the database has schema {current}, this program knows schemas up to {NEWEST}"
        )));
    }
    let spell = |sql: &str| {
        sql.replace("{text}", words.text)
            .replace("{blob}", words.blob)
            .replace("{serial}", words.serial)
            .replace("{keyed}", words.keyed)
    };
    let numbered = (1..).zip(MIGRATIONS);
    Ok(numbered
        .filter(|(number, _)| *number > current)
        .map(|(number, sql)| (number, spell(sql)))
        .collect())
}
