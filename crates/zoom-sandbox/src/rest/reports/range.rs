//! The days a report is about: `from` and `to`, in UTC, a month at most and within the last six.

use clock::Timestamp;
use jiff::{Span, civil::Date, tz::TimeZone};

use super::super::Ask;
use crate::answer::Refusal;

/// How far back reports reach, in months.
const REACH: i32 = 6;

/// The days of a report, both counted in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Days {
    pub(super) from: Date,
    pub(super) to: Date,
}

/// The day of an instant.
pub(super) fn day(at: Timestamp) -> Date {
    TimeZone::UTC.to_datetime(at).date()
}

impl Days {
    /// The days of the query; what is missing, in the wrong order or too long is named.
    pub(super) fn asked(ask: &Ask<'_>) -> Result<Self, Refusal> {
        let read =
            |name: &str| ask.query(name).and_then(|text| text.parse::<Date>().ok()).ok_or_else(|| Refusal::field(name));
        let days = Self { from: read("from")?, to: read("to")? };
        let month = days.from.checked_add(Span::new().months(1)).unwrap_or(Date::MAX);
        if days.to < days.from || days.to > month {
            return Err(Refusal::field("to").because("300: to is before from, or more than a month after it."));
        }
        Ok(days)
    }

    /// The same of what is past, which lies within the last six months.
    pub(super) fn past(ask: &Ask<'_>) -> Result<Self, Refusal> {
        let days = Self::asked(ask)?;
        let first = day(ask.now).checked_sub(Span::new().months(REACH)).unwrap_or(Date::MIN);
        if days.from < first {
            return Err(Refusal::field("from").because(format!("300: reports reach back {REACH} months, to {first}.")));
        }
        Ok(days)
    }

    pub(super) fn contain(self, at: Timestamp) -> bool {
        let day = day(at);
        self.from <= day && day <= self.to
    }
}
