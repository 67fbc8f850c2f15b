//! The repository's own tasks: code from the contract, checks of the rules, the ledger of error rows.

pub mod codegen;
pub mod contract;
pub mod golden;
pub mod ledger;
pub mod shapes;
pub mod tidy;
pub mod tree;

use std::error::Error;
use std::path::{Path, PathBuf};

/// What a task answers: nothing, or why it failed.
pub type Outcome<T> = Result<T, Box<dyn Error>>;

/// The root of the repository that this crate was built in.
#[must_use]
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}
