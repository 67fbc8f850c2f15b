//! Terms: when something is paid, and until when what was paid in advance lasts.

use jiff::{Span, Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// A unit of prepaid time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

/// For how long something is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Unit of the periods.
    pub unit: Unit,
    /// How many of them.
    pub periods: u32,
    /// Whether a period that ends is followed by another.
    pub renews: bool,
}

/// When something is paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Terms {
    /// Afterwards, as it was used.
    #[default]
    Postpaid,
    /// In advance, for a term.
    Prepaid(Term),
}

/// What pays for a resource in advance; a resource without it is paid afterwards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prepaid {
    /// Number of the order.
    pub order: String,
    /// Unit of the periods.
    pub unit: Unit,
    /// How many of them were bought.
    pub periods: u32,
    /// Whether a period that ends is followed by another.
    pub renews: bool,
    /// When the last one ends.
    pub expires: Timestamp,
}

impl Term {
    /// The end of the term that begins then.
    pub(super) fn end(self, start: Timestamp) -> Timestamp {
        let count = i64::from(self.periods);
        let span = match self.unit {
            Unit::Month => Span::new().try_months(count),
            Unit::Year => Span::new().try_years(count),
        };
        let start = start.to_zoned(TimeZone::UTC);
        let end = span.and_then(|span| start.checked_add(span));
        end.map_or(Timestamp::MAX, |end| end.timestamp())
    }
}

impl Prepaid {
    /// The term that was bought last.
    pub fn term(&self) -> Term {
        Term {
            unit: self.unit,
            periods: self.periods.max(1),
            renews: self.renews,
        }
    }

    /// When what is paid for ends: where it renews itself, the end of the term that runs now.
    pub fn end(&self, now: Timestamp) -> Timestamp {
        let mut end = self.expires;
        while self.renews && end <= now {
            end = self.term().end(end);
        }
        end
    }

    /// Whether the time that was paid for has not ended.
    pub fn runs(&self, now: Timestamp) -> bool {
        now < self.end(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_follow_the_calendar() {
        let now: Timestamp = "2024-01-31T12:00:00Z".parse().unwrap();
        for (unit, periods, end) in [
            (Unit::Month, 1, "2024-02-29T12:00:00Z"),
            (Unit::Year, 3, "2027-01-31T12:00:00Z"),
        ] {
            let term = Term {
                unit,
                periods,
                renews: false,
            };
            assert_eq!(term.end(now).to_string(), end);
        }
    }

    #[test]
    fn what_renews_itself_runs_on() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let mut charge = Prepaid {
            order: String::new(),
            unit: Unit::Month,
            periods: 2,
            renews: false,
            expires: at("2026-03-01T00:00:00Z"),
        };
        assert!(charge.runs(at("2026-02-28T23:59:59Z")));
        assert!(!charge.runs(at("2026-03-01T00:00:00Z")));
        charge.renews = true;
        assert_eq!(
            charge.end(at("2026-06-01T00:00:00Z")),
            at("2026-07-01T00:00:00Z")
        );
        assert!(charge.runs(at("2030-01-01T00:00:00Z")));
    }
}
