//! The JSON of a series' sittings.

use serde_json::{Value, json};

use super::instant;
use crate::world::{Meeting, Occurrence};

/// A row of `occurrences`.
fn row(occurrence: &Occurrence, minutes: i64) -> Value {
    json!({
        "occurrence_id": occurrence.id,
        "start_time": instant(occurrence.start),
        "duration": occurrence.duration.unwrap_or(minutes),
        "status": occurrence.status(),
    })
}

/// `occurrences` of a series.
pub(crate) fn occurrences(meeting: &Meeting) -> Vec<Value> {
    occurrences_of(meeting, |_| true)
}

/// Some of them.
pub(crate) fn occurrences_of(meeting: &Meeting, is_shown: impl Fn(&Occurrence) -> bool) -> Vec<Value> {
    let shown = meeting.occurrences.iter().filter(|known| is_shown(known));
    shown.map(|known| row(known, meeting.duration)).collect()
}
