//! The files of the repository: what git tracks, and what it would track.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Outcome;

/// One text file of the repository.
#[derive(Clone, Debug)]
pub struct File {
    /// Path below the root, with `/` between its parts.
    pub path: String,
    /// Its whole text.
    pub text: String,
}

impl File {
    /// Whether it is Rust that codegen wrote.
    #[must_use]
    pub fn is_generated(&self) -> bool {
        self.path.contains("/generated/")
    }

    /// Whether it is Rust source.
    #[must_use]
    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }
}

/// Every text file, sorted by path; files that are not UTF-8 are left out.
///
/// Asks git, so that ignored files do not count; where there is no repository, walks the folders.
///
/// # Errors
/// When git fails or a file cannot be read.
pub fn files(root: &Path) -> Outcome<Vec<File>> {
    let mut paths = if root.join(".git").exists() {
        tracked(root)?
    } else {
        walked(root)?
    };
    paths.sort();
    let mut out = Vec::new();
    for path in paths {
        // Deleted but still in the index, or a link that leads nowhere.
        if !root.join(&path).is_file() {
            continue;
        }
        if let Ok(text) = String::from_utf8(fs::read(root.join(&path))?) {
            out.push(File { path, text });
        }
    }
    Ok(out)
}

fn tracked(root: &Path) -> Outcome<Vec<String>> {
    let output = Command::new("git")
        .args([
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "-z",
        ])
        .current_dir(root)
        .output()
        .map_err(|e| format!("git: {e}"))?;
    if !output.status.success() {
        return Err(format!("git: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    let list = String::from_utf8(output.stdout)?;
    Ok(list
        .split('\0')
        .filter(|path| !path.is_empty())
        .map(str::to_owned)
        .collect())
}

fn walked(root: &Path) -> Outcome<Vec<String>> {
    let mut out = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root.join(&folder))? {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            let kind = entry.file_type()?;
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if kind.is_dir() && !hidden && entry.file_name() != "target" {
                folders.push(path);
            } else if kind.is_file() {
                out.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    Ok(out)
}
