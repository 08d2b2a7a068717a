//! One sitting of a meeting or webinar that recurs at a fixed time.

use clock::Timestamp;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Meeting;

/// A sitting of a series. What is absent is as the series has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Occurrence {
    /// The start that the rule gave it, in milliseconds since 1970; it stays when the start is moved.
    pub id: String,
    /// When it starts.
    pub start: Timestamp,
    /// Its own length in minutes.
    pub duration: Option<i64>,
    /// Its own agenda.
    pub agenda: Option<String>,
    /// Its own settings.
    pub settings: Map<String, Value>,
    /// Whether it was taken out of the series; it stays listed.
    pub deleted: bool,
}

impl Occurrence {
    /// A sitting about which nothing was said but when it starts.
    pub fn at(start: Timestamp) -> Self {
        Self {
            id: start.as_millisecond().to_string(),
            start,
            duration: None,
            agenda: None,
            settings: Map::new(),
            deleted: false,
        }
    }

    /// Zoom's word.
    pub fn status(&self) -> &'static str {
        if self.deleted { "deleted" } else { "available" }
    }

    /// When its planned time is over, in a series whose sittings last `minutes` unless they say otherwise.
    pub fn end(&self, minutes: i64) -> Timestamp {
        let length = SignedDuration::from_mins(self.duration.unwrap_or(minutes));
        self.start.saturating_add(length).unwrap_or(Timestamp::MAX)
    }
}

impl Meeting {
    /// The sitting with this id.
    pub fn occurrence(&self, id: &str) -> Option<&Occurrence> {
        self.occurrences.iter().find(|occurrence| occurrence.id == id)
    }

    /// The meeting as it is in one of its sittings. The others keep the length they have in the series.
    #[must_use]
    pub fn in_occurrence(&self, occurrence: &Occurrence) -> Self {
        let mut meeting = self.clone();
        meeting.start = Some(occurrence.start);
        for known in &mut meeting.occurrences {
            known.duration.get_or_insert(self.duration);
        }
        meeting.duration = occurrence.duration.unwrap_or(self.duration);
        if let Some(agenda) = &occurrence.agenda {
            meeting.agenda.clone_from(agenda);
        }
        meeting.settings.extend(occurrence.settings.clone());
        meeting
    }
}
