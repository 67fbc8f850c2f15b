//! The sealing key: kept in a file outside the database, and what is derived from it.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use hmac::{Hmac, Mac};
use sha2::Sha256;
use vpcd_auth::seal::{self, Key};
use vpcd_domain::{Issued, Order, Vault};

/// Seals with one key; nonces come from the operating system.
pub struct Sealer {
    key: Key,
    nonce: Box<dyn Fn() -> [u8; 32] + Send + Sync>,
}

impl Sealer {
    /// A sealer over a key; `nonce` gives fresh bytes at each call.
    pub fn new(key: Key, nonce: impl Fn() -> [u8; 32] + Send + Sync + 'static) -> Sealer {
        Sealer {
            key,
            nonce: Box::new(nonce),
        }
    }
}

impl Vault for Sealer {
    fn seal(&self, of: &str, plain: &[u8]) -> Vec<u8> {
        let fresh = (self.nonce)();
        let mut nonce = [0; 12];
        nonce.copy_from_slice(&fresh[..12]);
        seal::seal(&self.key, nonce, of, plain)
    }

    fn open(&self, of: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        seal::open(&self.key, of, sealed)
    }

    fn issue(&self, order: &Order) -> Option<Issued> {
        crate::issue::issue(order).ok()
    }

    fn public_key(&self, private: &str) -> Option<Vec<u8>> {
        crate::issue::public_key(private)
    }
}

/// 32 bytes from the operating system.
pub fn entropy() -> [u8; 32] {
    let mut bytes = [0; 32];
    // Without randomness no key, id or nonce is safe; there is nothing sensible left to do.
    if getrandom::fill(&mut bytes).is_err() {
        std::process::abort();
    }
    bytes
}

/// The key of a file; a new one, readable by its owner only, when there is no file.
pub fn load_or_create(path: &Path) -> io::Result<[u8; 32]> {
    match fs::read_to_string(path) {
        Ok(text) => parse(text.trim())
            .ok_or_else(|| io::Error::other(format!("{} holds no key", path.display()))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => create(path),
        Err(error) => Err(error),
    }
}

/// The operator's token that belongs to a key: whoever holds the key file may operate.
pub fn admin_token(key: &[u8; 32]) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return String::new();
    };
    mac.update(b"vpcd operator token");
    hex(&mac.finalize().into_bytes()[..20])
}

/// Whole or not at all: a key file cut short by a crash would stop the server for good.
fn create(path: &Path) -> io::Result<[u8; 32]> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let temporary = path.with_extension("new");
    let _ = fs::remove_file(&temporary);
    let key = entropy();
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&temporary)?;
    writeln!(file, "{}", hex(&key))?;
    file.sync_all()?;
    fs::rename(&temporary, path)?;
    fs::File::open(folder)?.sync_all()?;
    Ok(key)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn parse(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut key = [0; 32];
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn the_key_is_made_once_and_is_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/key");
        let key = load_or_create(&path).unwrap();
        assert_eq!(load_or_create(&path).unwrap(), key);
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        fs::write(&path, "short").unwrap();
        assert!(load_or_create(&path).is_err());
        assert_eq!(admin_token(&key).len(), 40);
    }
}
