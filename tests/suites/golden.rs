//! Plays every golden case in a fresh cloud, and leaves the list of those that passed for the ledger.

use std::path::Path;
use std::process::ExitCode;

use vpcd::cloud::Cloud;
use vpcd_tests::case::{Case, files};
use vpcd_tests::world::{Side, World};

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden");
    let only = std::env::args()
        .nth(1)
        .filter(|word| !word.starts_with('-'));
    let all = files(&root);
    let chosen = all.iter().filter(|path| {
        only.as_ref()
            .is_none_or(|word| path.display().to_string().contains(word))
    });
    let (mut passed, mut failed) = (Vec::new(), 0);
    for path in chosen {
        let name = path
            .strip_prefix(&root)
            .unwrap_or(path)
            .display()
            .to_string();
        match play(path, &name) {
            Ok(()) => passed.push(name),
            Err(error) => {
                println!("FAILED {name}\n    {error}");
                failed += 1;
            }
        }
    }
    if only.is_none() {
        record(&passed);
    }
    println!("\ntest result: golden");
    println!("{} passed, {failed} failed", passed.len());
    if failed == 0 && !passed.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn play(path: &Path, name: &str) -> Result<(), String> {
    let case = Case::read(path)?;
    let side = if name.starts_with("baidu") {
        Side::Baidu
    } else {
        Side::Huawei
    };
    // The seed is the name: a case does not depend on which others ran.
    let seed = name.bytes().fold(7u64, |seed, byte| {
        seed.wrapping_mul(31).wrapping_add(u64::from(byte))
    });
    let cloud = Cloud::ephemeral_for_tests(seed).map_err(|error| error.to_string())?;
    let mut world = World::new(cloud);
    let played =
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| case.play(&mut world, side)));
    played.unwrap_or_else(|_| Err("a handler panicked".to_owned()))
}

/// Leaves `ledger.json` in the target folder.
fn record(passed: &[String]) {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"),
        |folder| Path::new(&folder).to_owned(),
    );
    let list = serde_json::json!({"passed": passed.iter().map(|name| format!("tests/golden/{name}")).collect::<Vec<_>>()});
    if let Err(error) = std::fs::write(target.join("ledger.json"), list.to_string()) {
        println!("cannot leave the list for the ledger: {error}");
    }
}
