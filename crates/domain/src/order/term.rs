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

/// So much prepaid time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Length {
    /// Unit of the periods.
    pub unit: Unit,
    /// How many of them.
    pub periods: u32,
}

/// What follows a term that ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Renewal {
    /// Nothing, or another term as long as the one that was bought.
    Alike(bool),
    /// Terms of a length of their own.
    Every(Length),
}

/// For how long something is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Unit of the periods.
    pub unit: Unit,
    /// How many of them.
    pub periods: u32,
    /// What follows it.
    pub renews: Renewal,
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
    /// What follows them.
    pub renews: Renewal,
    /// When the last one ends.
    pub expires: Timestamp,
    /// From when the months that were bought are counted; from the end of the last one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Since>,
}

/// Months that follow each other are counted from one day, so that the last of a month stays the last of the months
/// that have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Since {
    /// The day.
    pub start: Timestamp,
    /// How many months were bought from then on.
    pub months: u32,
}

impl Length {
    /// In months, at least one.
    fn months(self) -> u32 {
        let each = match self.unit {
            Unit::Month => 1,
            Unit::Year => 12,
        };
        self.periods.saturating_mul(each).max(1)
    }
}

impl Renewal {
    /// How long the terms are that follow one of that length; nothing when none does.
    fn after(self, bought: Length) -> Option<Length> {
        match self {
            Renewal::Alike(false) => None,
            Renewal::Alike(true) => Some(bought),
            Renewal::Every(length) => Some(length),
        }
    }
}

impl Term {
    fn length(self) -> Length {
        Length {
            unit: self.unit,
            periods: self.periods,
        }
    }
}

impl Since {
    /// When the months are over, and so many more.
    fn end(self, more: u32) -> Timestamp {
        let months = i64::from(self.months) + i64::from(more);
        let start = self.start.to_zoned(TimeZone::UTC);
        let end = Span::new()
            .try_months(months)
            .and_then(|span| start.checked_add(span));
        end.map_or(Timestamp::MAX, |end| end.timestamp())
    }

    /// So many months more.
    fn and(self, more: u32) -> Since {
        Since {
            months: self.months.saturating_add(more),
            ..self
        }
    }
}

impl Prepaid {
    /// What pays for a term that begins then.
    pub(super) fn begin(order: String, term: Term, start: Timestamp) -> Prepaid {
        Prepaid::counted(order, term, Since { start, months: 0 })
    }

    /// What pays for a term after all that was paid for before: from its end, or from now on if that is over. What
    /// renewed itself goes on doing so by its own terms, unless the new one says otherwise.
    pub(super) fn and(&self, order: String, mut term: Term, now: Timestamp) -> Prepaid {
        if term.renews == Renewal::Alike(false)
            && let Some(length) = self.renews.after(self.term().length())
        {
            term.renews = Renewal::Every(length);
        }
        let since = match self.counted_until(now) {
            since if since.end(0) > now => since,
            _ => Since {
                start: now,
                months: 0,
            },
        };
        Prepaid::counted(order, term, since)
    }

    fn counted(order: String, term: Term, before: Since) -> Prepaid {
        let since = before.and(term.length().months());
        Prepaid {
            order,
            unit: term.unit,
            periods: term.periods,
            renews: term.renews,
            expires: since.end(0),
            since: Some(since),
        }
    }

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
        self.counted_until(now).end(0)
    }

    /// When it ends for good; never where it renews itself.
    pub(super) fn ends(&self) -> Option<Timestamp> {
        match self.renews.after(self.term().length()) {
            Some(_) => None,
            None => Some(self.expires),
        }
    }

    /// Whether the time that was paid for has not ended.
    pub fn runs(&self, now: Timestamp) -> bool {
        now < self.end(now)
    }

    /// The months until the end of the term that runs now, or of the last one.
    fn counted_until(&self, now: Timestamp) -> Since {
        let since = self.since.unwrap_or(Since {
            start: self.expires,
            months: 0,
        });
        let Some(each) = self.renews.after(self.term().length()) else {
            return since;
        };
        let each = each.months();
        // As many terms as have surely passed at once, and the last ones one by one.
        let gone = elapsed(since.start, now).saturating_sub(since.months) / each;
        let mut since = since.and(gone.saturating_mul(each));
        // Nothing comes after the end of all time, not even for a clock that was set to it.
        while since.end(0) <= now && since.end(0) < Timestamp::MAX {
            since = since.and(each);
        }
        since
    }
}

/// How many months have surely passed between the two.
fn elapsed(start: Timestamp, now: Timestamp) -> u32 {
    let months = |at: Timestamp| {
        let at = at.to_zoned(TimeZone::UTC);
        i64::from(at.year()) * 12 + i64::from(at.month())
    };
    u32::try_from(months(now) - months(start) - 1).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn bought(unit: Unit, periods: u32, renews: Renewal, start: &str) -> Prepaid {
        let term = Term {
            unit,
            periods,
            renews,
        };
        Prepaid::begin(String::new(), term, at(start))
    }

    #[test]
    fn periods_follow_the_calendar() {
        let start = "2024-01-31T12:00:00Z";
        for (unit, periods, end) in [
            (Unit::Month, 1, "2024-02-29T12:00:00Z"),
            (Unit::Year, 3, "2027-01-31T12:00:00Z"),
        ] {
            let charge = bought(unit, periods, Renewal::Alike(false), start);
            assert_eq!(charge.expires, at(end));
            assert_eq!(charge.ends(), Some(at(end)));
        }
    }

    #[test]
    fn what_renews_itself_runs_on() {
        let mut charge = bought(
            Unit::Month,
            2,
            Renewal::Alike(false),
            "2026-01-01T00:00:00Z",
        );
        assert!(charge.runs(at("2026-02-28T23:59:59Z")));
        assert!(!charge.runs(at("2026-03-01T00:00:00Z")));
        charge.renews = Renewal::Alike(true);
        let end = charge.end(at("2026-06-01T00:00:00Z"));
        assert_eq!(end, at("2026-07-01T00:00:00Z"));
        assert!(charge.runs(at("2030-01-01T00:00:00Z")));
        assert_eq!(charge.ends(), None);
    }

    #[test]
    fn it_renews_itself_by_its_own_term() {
        let every = Renewal::Every(Length {
            unit: Unit::Year,
            periods: 1,
        });
        let charge = bought(Unit::Month, 1, every, "2026-01-15T00:00:00Z");
        for (now, end) in [
            ("2026-02-01T00:00:00Z", "2026-02-15T00:00:00Z"),
            ("2026-02-15T00:00:00Z", "2027-02-15T00:00:00Z"),
            ("2029-02-14T23:59:59Z", "2029-02-15T00:00:00Z"),
            ("9990-03-01T00:00:00Z", "9991-02-15T00:00:00Z"),
        ] {
            assert_eq!(charge.end(at(now)), at(end), "{now}");
        }
        assert!(charge.runs(at("9999-06-01T00:00:00Z")));
    }

    #[test]
    fn a_clock_at_the_end_of_time_is_answered() {
        let charge = bought(Unit::Year, 3, Renewal::Alike(true), "2026-01-15T00:00:00Z");
        assert_eq!(charge.end(Timestamp::MAX), Timestamp::MAX);
        let more = charge.and(String::new(), charge.term(), Timestamp::MAX);
        assert_eq!(more.expires, Timestamp::MAX);
    }

    #[test]
    fn the_last_of_a_month_stays_the_last() {
        let monthly = bought(Unit::Month, 1, Renewal::Alike(true), "2026-01-31T08:00:00Z");
        for (now, end) in [
            ("2026-02-28T07:59:59Z", "2026-02-28T08:00:00Z"),
            ("2026-02-28T08:00:00Z", "2026-03-31T08:00:00Z"),
            ("2026-03-31T08:00:00Z", "2026-04-30T08:00:00Z"),
            ("2028-02-01T00:00:00Z", "2028-02-29T08:00:00Z"),
        ] {
            assert_eq!(monthly.end(at(now)), at(end), "{now}");
        }
        let once = bought(
            Unit::Month,
            1,
            Renewal::Alike(false),
            "2026-01-31T08:00:00Z",
        );
        let more = once.and(String::new(), once.term(), at("2026-02-01T00:00:00Z"));
        assert_eq!(more.expires, at("2026-03-31T08:00:00Z"));
        let late = once.and(String::new(), once.term(), at("2026-03-05T00:00:00Z"));
        assert_eq!(late.expires, at("2026-04-05T00:00:00Z"));
    }

    #[test]
    fn what_an_older_release_stored_goes_on() {
        let stored = r#"{"order": "CS1", "unit": "month", "periods": 3, "renews": true,
            "expires": "2026-03-31T00:00:00Z"}"#;
        let charge: Prepaid = serde_json::from_str(stored).unwrap();
        let end = charge.end(at("2026-04-01T00:00:00Z"));
        assert_eq!(end, at("2026-06-30T00:00:00Z"));
        let more = charge.and(
            String::new(),
            bought(
                Unit::Month,
                1,
                Renewal::Alike(false),
                "2026-01-01T00:00:00Z",
            )
            .term(),
            at("2026-04-01T00:00:00Z"),
        );
        assert_eq!(more.expires, at("2026-07-31T00:00:00Z"));
        assert!(more.runs(at("2040-01-01T00:00:00Z")));
    }
}
