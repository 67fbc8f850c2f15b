//! Rate limits, keyed by the verified caller.

use std::num::NonZeroU32;
use std::sync::RwLock;

use governor::clock::DefaultClock;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

/// Above so many callers those that were not seen lately are forgotten.
const REMEMBERED: usize = 10_000;

type Keyed = RateLimiter<String, DashMapStateStore<String>, DefaultClock>;

/// Lets each caller do so many requests a second, and no more.
#[derive(Default)]
pub struct Limiter(RwLock<Rule>);

#[derive(Default)]
enum Rule {
    #[default]
    Unlimited,
    Closed,
    Limited(Box<Keyed>),
}

impl Limiter {
    /// Sets the rate in requests per second; `None` lifts the limit, 0 refuses everything.
    pub fn set(&self, per_second: Option<u32>) {
        let rule = match per_second.map(NonZeroU32::new) {
            None => Rule::Unlimited,
            Some(None) => Rule::Closed,
            Some(Some(rate)) => {
                Rule::Limited(Box::new(RateLimiter::keyed(Quota::per_second(rate))))
            }
        };
        *self
            .0
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = rule;
    }

    /// Whether this caller may go on.
    pub fn admits(&self, caller: &str) -> bool {
        match &*self
            .0
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
        {
            Rule::Unlimited => true,
            Rule::Closed => false,
            Rule::Limited(limiter) => {
                if limiter.len() > REMEMBERED {
                    limiter.retain_recent();
                }
                limiter.check_key(&caller.to_owned()).is_ok()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_each_caller_apart() {
        let limiter = Limiter::default();
        assert!(limiter.admits("a"));
        limiter.set(Some(1));
        assert!(limiter.admits("a") && !limiter.admits("a") && limiter.admits("b"));
        limiter.set(Some(0));
        assert!(!limiter.admits("c"));
        limiter.set(None);
        assert!(limiter.admits("a"));
    }
}
