//! Terms of payment on the wire: now and then, or in advance for so many months.

use jiff::Timestamp;
use serde::Deserialize;
use vpcd_domain::order::{Prepaid, Renewal, Term, Terms, Unit};

use crate::input::integer;
use crate::wire;

/// Lengths of a reservation, in months (`reservation.lengths` of the limits).
const LENGTHS: [i64; 12] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 24, 36];

/// Terms of payment.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BillingWire {
    /// `Prepaid` or `Postpaid`.
    pub payment_timing: Option<String>,
    /// `ByTraffic` or `ByBandwidth`.
    pub billing_method: Option<String>,
    /// For how long, when it is paid in advance.
    pub reservation: Option<ReservationWire>,
}

/// For how long something is paid in advance.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReservationWire {
    #[serde(default, deserialize_with = "integer")]
    reservation_length: Option<i64>,
    reservation_time_unit: Option<String>,
}

/// What is wrong with terms of payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It is not said when is paid.
    TimingEmpty,
    /// Neither in advance nor afterwards.
    Timing,
    /// Neither by traffic nor by bandwidth.
    Method,
    /// In advance, but it is not said for how long.
    ReservationEmpty,
    /// Not one of the lengths.
    Length,
    /// Not months.
    TimeUnit,
}

impl BillingWire {
    /// When is paid.
    pub fn terms(&self) -> Result<Terms, Flaw> {
        match self.payment_timing.as_deref() {
            None | Some("") => Err(Flaw::TimingEmpty),
            // Some clients send a reservation along, which then means nothing.
            Some("Postpaid") => Ok(Terms::Postpaid),
            Some("Prepaid") => Ok(Terms::Prepaid(self.term()?)),
            Some(_) => Err(Flaw::Timing),
        }
    }

    /// For how long is paid in advance.
    pub fn term(&self) -> Result<Term, Flaw> {
        // A renewal may say either word, since it is paid in advance anyway.
        if !["", "Prepaid", "Postpaid"]
            .contains(&self.payment_timing.as_deref().unwrap_or_default())
        {
            return Err(Flaw::Timing);
        }
        if !["", "ByTraffic", "ByBandwidth"]
            .contains(&self.billing_method.as_deref().unwrap_or_default())
        {
            return Err(Flaw::Method);
        }
        let reservation = self.reservation.as_ref().ok_or(Flaw::ReservationEmpty)?;
        let length = reservation.reservation_length;
        let months = length.filter(|length| LENGTHS.contains(length));
        let unit = reservation.reservation_time_unit.as_deref();
        // Clients write it with a small and with a capital letter; without it months are meant.
        if !unit.is_none_or(|unit| unit.eq_ignore_ascii_case("month")) {
            return Err(Flaw::TimeUnit);
        }
        Ok(Term {
            unit: Unit::Month,
            periods: months
                .and_then(|months| u32::try_from(months).ok())
                .ok_or(Flaw::Length)?,
            renews: Renewal::Alike(false),
        })
    }
}

/// The word for when something is paid.
pub fn timing(charge: Option<&Prepaid>) -> &'static str {
    match charge {
        Some(_) => "Prepaid",
        None => "Postpaid",
    }
}

/// When what was paid for in advance ends; empty where it is paid afterwards.
pub fn expiry(charge: Option<&Prepaid>, now: Timestamp) -> String {
    charge.map_or(String::new(), |charge| wire::time(charge.end(now)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Terms, Flaw> {
        serde_json::from_str::<BillingWire>(text).unwrap().terms()
    }

    #[test]
    fn terms() {
        let prepaid = |rest: &str| parsed(&format!(r#"{{"paymentTiming": "Prepaid"{rest}}}"#));
        assert_eq!(
            parsed(r#"{"paymentTiming": "Postpaid"}"#),
            Ok(Terms::Postpaid)
        );
        assert_eq!(parsed("{}"), Err(Flaw::TimingEmpty));
        assert_eq!(parsed(r#"{"paymentTiming": "prepaid"}"#), Err(Flaw::Timing));
        assert_eq!(prepaid(""), Err(Flaw::ReservationEmpty));
        for (reservation, expected) in [
            (
                r#"{"reservationLength": 12, "reservationTimeUnit": "Month"}"#,
                Ok(12),
            ),
            (
                r#"{"reservationLength": "3", "reservationTimeUnit": "month"}"#,
                Ok(3),
            ),
            (
                r#"{"reservationLength": 10, "reservationTimeUnit": "month"}"#,
                Err(Flaw::Length),
            ),
            (r#"{"reservationTimeUnit": "month"}"#, Err(Flaw::Length)),
            (
                r#"{"reservationLength": 1, "reservationTimeUnit": "year"}"#,
                Err(Flaw::TimeUnit),
            ),
        ] {
            let found = prepaid(&format!(r#", "reservation": {reservation}"#));
            let periods = found.map(|terms| match terms {
                Terms::Prepaid(term) => term.periods,
                Terms::Postpaid => 0,
            });
            assert_eq!(periods, expected, "{reservation}");
        }
    }
}
