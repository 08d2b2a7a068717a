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
    meeting.occurrences.iter().map(|known| row(known, meeting.duration)).collect()
}
