//! The operator's settings as one transaction sees them.
//!
//! A request asks for a dozen conditions and quotas, nearly all of which nobody ever set. All that are set are read at
//! once with the first that is asked for, as long as they are few.

use std::collections::BTreeMap;

use vpcd_store::setting;

use super::Tx;
use crate::fault::Fault;

/// Settings of one family that are read at once; where there are more each is read by its key.
const FEW: i64 = 32;

/// What is known so far, by the family: the key up to its first slash.
#[derive(Default)]
pub(super) struct Memo(BTreeMap<String, Family>);

enum Family {
    /// These are all.
    Known(BTreeMap<String, String>),
    /// There are too many to be read for one.
    Many,
}

impl Tx<'_> {
    /// The setting of that key, such as `quota/*/vpc`.
    pub fn setting(&mut self, key: &str) -> Result<Option<String>, Fault> {
        let family = key.split_inclusive('/').next().unwrap_or(key);
        if !self.settings.0.contains_key(family) {
            let found = setting::first(self.rows, family, FEW + 1)?;
            let few = i64::try_from(found.len()).is_ok_and(|n| n <= FEW);
            let known = match few {
                true => Family::Known(found.into_iter().collect()),
                false => Family::Many,
            };
            self.settings.0.insert(family.to_owned(), known);
        }
        match self.settings.0.get(family) {
            Some(Family::Known(all)) => Ok(all.get(key).cloned()),
            _ => Ok(setting::get(self.rows, key)?),
        }
    }

    /// Sets or removes a setting.
    pub fn set_setting(&mut self, key: &str, value: Option<&str>) -> Result<(), Fault> {
        self.settings = Memo::default();
        match value {
            Some(value) => setting::put(self.rows, key, value)?,
            None => {
                setting::delete(self.rows, key)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use vpcd_store::Store;

    use super::*;
    use crate::lifecycle::Profile;

    #[test]
    fn few_or_many_settings_are_what_the_store_has() {
        let store = Store::ephemeral().unwrap();
        let result: Result<(), Fault> = store.write("test", |rows| {
            let mut tx = Tx::new(rows, true, Profile::default());
            for n in 0..2 * FEW {
                let key = format!("quota/{n:03}/vpc");
                assert_eq!(tx.setting(&key)?, None);
                tx.set_setting(&key, Some("7"))?;
                for (key, value) in [
                    (key.as_str(), Some("7")),
                    ("quota/000/vpc", Some("7")),
                    ("quota/x", None),
                ] {
                    assert_eq!(tx.setting(key)?.as_deref(), value, "{n}: {key}");
                }
            }
            tx.set_setting("quota/000/vpc", None)?;
            assert_eq!(tx.setting("quota/000/vpc")?, None);
            Ok(())
        });
        result.unwrap();
    }
}
