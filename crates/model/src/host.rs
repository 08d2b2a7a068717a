//! Who holds rooms: users of the Zoom account.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::Email;

/// A Zoom user's id, as Zoom wrote it (text of up to 64 letters, digits, `-` and `_`).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ZoomUserId(String);

impl ZoomUserId {
    /// Takes an id that Zoom gave or a form sent back; `None` where it cannot be one.
    pub fn parse(raw: &str) -> Option<Self> {
        let ok = !raw.is_empty()
            && raw.len() <= 64
            && raw.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        ok.then(|| Self(raw.to_owned()))
    }

    /// The id's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ZoomUserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ZoomUserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ZoomUserId({})", self.0)
    }
}

/// A Zoom user who can hold rooms, as last read from Zoom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// Zoom's id.
    pub id: ZoomUserId,
    /// The address the user signs in to Zoom with.
    pub email: Email,
    /// First and last name, or the address's local part where Zoom has none.
    pub name: String,
    /// Zoom's `type`: 1 basic, 2 licensed.
    pub licensed: bool,
    /// Whether the user may hold webinars; unknown until Zoom said so.
    pub webinars: Option<bool>,
    /// The user's zone at Zoom, if it set one that we know.
    pub zone: Option<String>,
    /// False once Zoom lists the user no longer.
    pub active: bool,
}
