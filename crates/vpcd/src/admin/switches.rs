//! What the operator set and the process holds beside the database: the clock, the profile, the rate limit.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use serde_json::Value;
use vpcd_domain::clock::Setting;
use vpcd_domain::lifecycle::Profile;
use vpcd_domain::store::setting;
use vpcd_domain::{Fault, identity};

use crate::cloud::Cloud;

pub(super) const CLOCK: &str = "clock";
pub(super) const PROFILE: &str = "profile";
const RATE_LIMIT: &str = "condition/rate.limit/*";

/// A clock that shows real time. Any instant would do: it runs from there as real time does.
pub(super) const REAL: Setting = Setting {
    real: Timestamp::UNIX_EPOCH,
    shown: Timestamp::UNIX_EPOCH,
    speed: 1.0,
};

/// Held while a switch is stored and turned, so that both end the same when two requests come at once.
static TURNING: Mutex<()> = Mutex::new(());

pub(super) fn lock() -> MutexGuard<'static, ()> {
    TURNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Turns every switch to what is stored: at start, and after the whole state was replaced.
pub fn restore(cloud: &Cloud) -> Result<(), Fault> {
    let caller = identity::operator("", "restore");
    let stored = cloud
        .app
        .read("admin.restore", &caller, &vpcd_huawei::POLICY, |tx, _| {
            let mut texts = Vec::new();
            for key in [CLOCK, PROFILE, RATE_LIMIT] {
                texts.push(setting::get(tx.rows(), key)?.unwrap_or_default());
            }
            Ok(texts)
        })?;
    let [clock, profile, limit] = stored.as_slice() else {
        return Ok(());
    };
    cloud
        .clock
        .restore(serde_json::from_str::<Setting>(clock).unwrap_or(REAL));
    // The command line may have chosen a profile; only one that the operator chose later wins over it.
    if let Ok(profile) = serde_json::from_str::<Profile>(profile) {
        cloud.app.set_profile(profile);
    }
    self::limit(cloud, serde_json::from_str::<Value>(limit).ok().as_ref());
    Ok(())
}

/// Turns the rate limit; `None` lifts it.
pub(super) fn limit(cloud: &Cloud, value: Option<&Value>) {
    let rate = value
        .and_then(Value::as_u64)
        .map(|rate| u32::try_from(rate).unwrap_or(u32::MAX));
    cloud.limiter.set(rate);
}
