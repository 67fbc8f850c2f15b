//! The clock that rules go by, and how long lifecycles take.

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::Reply;
use vpcd_domain::clock::Setting;
use vpcd_domain::lifecycle::Profile;
use vpcd_domain::store::{dirty, setting};
use vpcd_domain::{Fault, operator};

use super::ask::{Ask, audited};
use super::refused::Refused;
use super::{ok, switches};

/// The years that the clock may show: sums of times stay far from the ends of what a timestamp can hold.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=2199;
/// Fastest clock.
const SPEED_MAX: f64 = 100_000.0;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockChange {
    #[serde(default)]
    frozen: Option<bool>,
    #[serde(default)]
    at: Option<Timestamp>,
    #[serde(default)]
    step_seconds: Option<f64>,
    #[serde(default)]
    speed: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProfileChange {
    profile: String,
    #[serde(default)]
    seed: Option<u64>,
}

pub(super) fn clock(ask: &Ask<'_>) -> Result<Reply, Refused> {
    ok(clock_json(ask))
}

pub(super) fn set_clock(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let change: ClockChange = ask.body()?;
    let running = switches::lock();
    let before = ask.cloud.clock.setting();
    let speed = speed(&change, before.speed)?;
    let step = change.step_seconds.unwrap_or(0.0);
    let step = SignedDuration::try_from_secs_f64(step)
        .map_err(|_| Refused::bad("step_seconds: too large"))?;
    let now = change.at.unwrap_or_else(|| ask.cloud.app.now());
    let shown = now
        .checked_add(step)
        .ok()
        .filter(|at| YEARS.contains(&at.to_zoned(jiff::tz::TimeZone::UTC).year()));
    if shown.is_none() {
        return Err(Refused::bad("the clock can show the years 1970 to 2199"));
    }
    let after = ask.cloud.clock.adjust(change.at, step, speed);
    if let Err(fault) = keep_clock(ask, Some(after)) {
        ask.cloud.clock.restore(before);
        return Err(fault.into());
    }
    drop(running);
    // What was waiting for a later time may be due now.
    ask.cloud.app.wake();
    ok(clock_json(ask))
}

pub(super) fn reset_clock(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let running = switches::lock();
    keep_clock(ask, None)?;
    ask.cloud.clock.restore(switches::REAL);
    drop(running);
    ask.cloud.app.wake();
    ok(clock_json(ask))
}

pub(super) fn profile(ask: &Ask<'_>) -> Result<Reply, Refused> {
    ok(profile_json(ask.cloud.app.profile()))
}

pub(super) fn set_profile(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let change: ProfileChange = ask.body()?;
    let realistic = match change.profile.as_str() {
        "instant" => false,
        "realistic" => true,
        _ => return Err(Refused::bad("profile: instant or realistic")),
    };
    let running = switches::lock();
    let seed = change.seed.unwrap_or(ask.cloud.app.profile().seed);
    let profile = Profile { realistic, seed };
    ask.write(move |tx, cx| {
        audited(tx, switches::PROFILE, |tx| {
            operator::set(tx, switches::PROFILE, &profile)
        })?;
        if !realistic {
            // What still waits for its delay need not wait any more.
            let now = cx.now.as_microsecond();
            for (target, _, _) in dirty::list(tx.rows(), i64::MAX)? {
                dirty::mark(tx.rows(), &target, now, now)?;
            }
        }
        Ok(())
    })?;
    ask.cloud.app.set_profile(profile);
    drop(running);
    ask.cloud.app.wake();
    ok(profile_json(profile))
}

/// The speed that a change asks for; `None` leaves it.
fn speed(change: &ClockChange, now: f64) -> Result<Option<f64>, Refused> {
    if change
        .speed
        .is_some_and(|speed| !(0.0..=SPEED_MAX).contains(&speed))
    {
        return Err(Refused::bad(format!("speed: 0 to {SPEED_MAX}")));
    }
    match (change.frozen, change.speed) {
        (Some(true), Some(speed)) if speed > 0.0 => {
            Err(Refused::bad("a frozen clock has no speed"))
        }
        (Some(false), Some(0.0)) => Err(Refused::bad("a clock of speed 0 is frozen")),
        (Some(true), _) => Ok(Some(0.0)),
        (Some(false), None) if now == 0.0 => Ok(Some(1.0)),
        (_, speed) => Ok(speed),
    }
}

fn keep_clock(ask: &Ask<'_>, kept: Option<Setting>) -> Result<(), Fault> {
    ask.write(move |tx, _| {
        audited(tx, switches::CLOCK, |tx| match &kept {
            Some(kept) => operator::set(tx, switches::CLOCK, kept),
            None => Ok(setting::delete(tx.rows(), switches::CLOCK).map(drop)?),
        })
    })
}

fn clock_json(ask: &Ask<'_>) -> Value {
    let setting = ask.cloud.clock.setting();
    json!({
        "now": ask.cloud.app.now(),
        "frozen": setting.speed == 0.0,
        "speed": setting.speed,
        "adjusted": setting.speed != 1.0 || setting.shown != setting.real,
    })
}

fn profile_json(profile: Profile) -> Value {
    json!({"profile": if profile.realistic { "realistic" } else { "instant" }, "seed": profile.seed})
}
