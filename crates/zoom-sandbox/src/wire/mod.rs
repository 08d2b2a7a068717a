//! How Zoom writes its things: the JSON of people, meetings and webinars.

mod derived;
mod meeting;
mod occurrence;
mod person;
mod recording;
mod registrant;
mod settings;
mod summary;

use clock::Timestamp;

pub(crate) use derived::tracking_fields;
pub(crate) use meeting::{detail, join_url, put, row};
pub(crate) use occurrence::{occurrences, occurrences_of};
pub(crate) use person::{person_detail, person_row};
pub(crate) use recording::{put_auto_delete, recording};
pub(crate) use registrant::{
    personal_link, put_link, registrant, registrant_head, registration_url, tracking_source, viewer,
};
pub(crate) use settings::default_settings;
pub(crate) use summary::{summary, summary_text};

/// An instant as Zoom writes it: UTC, whole seconds, `Z`.
pub(crate) fn instant(at: Timestamp) -> String {
    // Twice as fast as by a format, and most of what is answered has some.
    Timestamp::from_second(at.as_second()).unwrap_or(at).to_string()
}
