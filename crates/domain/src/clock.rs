//! Time as an argument: the operator may freeze, step and speed it up.

use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// A source of time.
pub trait Clock: Send + Sync {
    /// The time that rules go by.
    fn now(&self) -> Timestamp;
}

/// A clock over real time that can be frozen, stepped and sped up.
pub struct Adjustable {
    real: Box<dyn Fn() -> Timestamp + Send + Sync>,
    setting: Mutex<Setting>,
}

/// How an adjustable clock runs: it showed `shown` when real time was `real`, and runs `speed` times as fast since.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Setting {
    /// Real time of the last adjustment.
    pub real: Timestamp,
    /// What the clock showed then.
    pub shown: Timestamp,
    /// Factor; 0 when frozen.
    pub speed: f64,
}

impl Adjustable {
    /// A clock that shows real time until it is adjusted.
    pub fn new(real: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        let now = real();
        let setting = Setting {
            real: now,
            shown: now,
            speed: 1.0,
        };
        Adjustable {
            real: Box::new(real),
            setting: Mutex::new(setting),
        }
    }

    /// The present setting.
    pub fn setting(&self) -> Setting {
        *self.lock()
    }

    /// Takes over a stored setting.
    pub fn restore(&self, setting: Setting) {
        *self.lock() = setting;
    }

    /// Shows `at` from now on, at the given speed; absent values stay.
    pub fn adjust(
        &self,
        at: Option<Timestamp>,
        step: SignedDuration,
        speed: Option<f64>,
    ) -> Setting {
        let shown = at
            .unwrap_or_else(|| self.now())
            .saturating_add(step)
            .unwrap_or(Timestamp::MAX);
        let mut setting = self.lock();
        *setting = Setting {
            real: (self.real)(),
            shown,
            speed: speed.unwrap_or(setting.speed).max(0.0),
        };
        *setting
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Setting> {
        self.setting
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Clock for Adjustable {
    fn now(&self) -> Timestamp {
        let setting = self.setting();
        let passed = (self.real)().duration_since(setting.real);
        let passed = if setting.speed == 1.0 {
            passed
        } else {
            scaled(passed, setting.speed)
        };
        setting
            .shown
            .saturating_add(passed)
            .unwrap_or(Timestamp::MAX)
    }
}

fn scaled(passed: SignedDuration, speed: f64) -> SignedDuration {
    SignedDuration::try_from_secs_f64(passed.as_secs_f64() * speed).unwrap_or(SignedDuration::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    #[test]
    fn freezes_steps_and_runs_faster() {
        let real = Arc::new(AtomicI64::new(1000));
        let source = real.clone();
        let clock = Adjustable::new(move || {
            Timestamp::from_second(source.load(Ordering::Relaxed)).unwrap()
        });
        assert_eq!(clock.now().as_second(), 1000);
        clock.adjust(None, SignedDuration::ZERO, Some(0.0));
        real.store(1010, Ordering::Relaxed);
        assert_eq!(clock.now().as_second(), 1000);
        clock.adjust(None, SignedDuration::from_secs(60), None);
        assert_eq!(clock.now().as_second(), 1060);
        clock.adjust(None, SignedDuration::ZERO, Some(10.0));
        real.store(1012, Ordering::Relaxed);
        assert_eq!(clock.now().as_second(), 1080);
    }
}
