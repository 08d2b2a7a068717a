//! Instants as members' pages write them: here in UTC or in a room's zone; a script turns them into the reader's.

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use serde::Serialize;

/// An instant: for machines, and in UTC for people without script.
#[derive(Debug, Serialize)]
pub(crate) struct Instant {
    at: String,
    local: String,
}

impl From<Timestamp> for Instant {
    fn from(at: Timestamp) -> Self {
        let local = format!("{} UTC", written(TimeZone::UTC.to_datetime(at)));
        Self { at: at.to_string(), local }
    }
}

/// A local time: `Mon 30 Nov 2026, 19:30`.
pub(crate) fn written(local: DateTime) -> String {
    local.strftime("%a %-d %b %Y, %H:%M").to_string()
}
