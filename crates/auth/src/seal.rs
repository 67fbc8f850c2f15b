//! Secrets at rest: AES-256-GCM, laid out as nonce (12 bytes), ciphertext, tag (16 bytes).

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit};

const NONCE: usize = 12;

/// The key that seals; its Debug never shows the bytes.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    /// Takes exactly 32 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Key> {
        bytes.try_into().ok().map(Key)
    }

    fn cipher(&self) -> Aes256Gcm {
        Aes256Gcm::new(&self.0.into())
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(..)")
    }
}

/// Seals `plain` for the owner named `ad`; a nonce must never be used twice with one key.
///
/// Beyond the cipher's limit of 64 GiB the result is empty, which `open` refuses.
pub fn seal(key: &Key, nonce: [u8; NONCE], ad: &str, plain: &[u8]) -> Vec<u8> {
    let payload = Payload {
        msg: plain,
        aad: ad.as_bytes(),
    };
    match key.cipher().encrypt(&nonce.into(), payload) {
        Ok(ciphertext) => [&nonce[..], &ciphertext].concat(),
        Err(_) => Vec::new(),
    }
}

/// Opens what `seal` made with the same key and `ad`; `None` if a bit of anything differs.
pub fn open(key: &Key, ad: &str, sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE>()?;
    let payload = Payload {
        msg: ciphertext,
        aad: ad.as_bytes(),
    };
    key.cipher().decrypt(&(*nonce).into(), payload).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(byte: u8) -> Key {
        Key::from_bytes(&[byte; 32]).unwrap()
    }

    #[test]
    fn aes_256_gcm_of_the_gcm_specification() {
        // Test case 14 of the GCM specification: all-zero key, nonce and block.
        let sealed = seal(&key(0), [0; 12], "", &[0; 16]);
        assert_eq!(
            crate::text::hex(&sealed[12..]),
            "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"
        );
        assert_eq!(sealed[..12], [0; 12]);
    }

    #[test]
    fn key_needs_32_bytes_and_stays_hidden() {
        assert!(Key::from_bytes(&[7; 31]).is_none());
        assert!(Key::from_bytes(&[7; 33]).is_none());
        assert_eq!(format!("{:?}", key(7)), "Key(..)");
    }

    proptest! {
        #[test]
        fn opens_only_unchanged(plain: Vec<u8>, nonce: [u8; 12], ad: String, at: usize, bit in 0..8_u8) {
            let sealed = seal(&key(1), nonce, &ad, &plain);
            prop_assert_eq!(sealed.len(), 12 + plain.len() + 16);
            prop_assert_eq!(open(&key(1), &ad, &sealed), Some(plain));
            prop_assert_eq!(open(&key(2), &ad, &sealed), None);
            prop_assert_eq!(open(&key(1), &format!("{ad}x"), &sealed), None);
            let mut changed = sealed.clone();
            let at = at % changed.len();
            changed[at] ^= 1 << bit;
            prop_assert_eq!(open(&key(1), &ad, &changed), None);
        }

        #[test]
        fn rubbish_does_not_open(sealed: Vec<u8>) {
            prop_assert_eq!(open(&key(1), "id", &sealed), None);
        }
    }
}
