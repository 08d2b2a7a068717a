//! How Zoom writes its things: the JSON of people, meetings and webinars.

mod meeting;
mod occurrence;
mod person;
mod settings;

use clock::Timestamp;

pub(crate) use meeting::{detail, put, row};
pub(crate) use occurrence::occurrences;
pub(crate) use person::{person_detail, person_row};
pub(crate) use settings::default_settings;

/// An instant as Zoom writes it: UTC, whole seconds, `Z`.
pub(crate) fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
