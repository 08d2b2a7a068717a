//! How Zoom writes instants, and how it is read back.

use clock::Timestamp;
use jiff::civil::DateTime;
use serde::{Deserialize, Deserializer};

/// An instant as Zoom wants it: `2026-12-01T17:00:00Z`.
pub(crate) fn utc(instant: Timestamp) -> String {
    instant.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A local time that stands beside a `timezone`: `2026-12-01T18:00:00`.
pub(crate) fn local(at: DateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

/// An instant, or nothing where Zoom wrote `null`, an empty text, or something that is no instant: one odd date must
/// not hide the rest of a list.
pub(crate) fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Text(String),
        Other(serde::de::IgnoredAny),
    }
    Ok(match Option::<Either>::deserialize(deserializer)? {
        Some(Either::Text(text)) => text.parse().ok(),
        Some(Either::Other(_)) | None => None,
    })
}
