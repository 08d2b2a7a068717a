//! A seed: one's own people, meetings and webinars as JSON, read strictly.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Why a seed was not planted, with the place in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeedError {
    /// No JSON, or not in the form of a seed.
    #[error("the seed cannot be read: {0}")]
    Form(String),
    /// Something in it cannot be.
    #[error("the seed cannot be planted: {place}: {why}")]
    Content {
        /// Such as `meetings[2].registrants[0].email`.
        place: String,
        /// What is wrong there.
        why: String,
    },
}

impl SeedError {
    pub(crate) fn at(place: impl Into<String>, why: impl Into<String>) -> Self {
        Self::Content { place: place.into(), why: why.into() }
    }
}

/// People, meetings and webinars that somebody wants to be there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seed {
    #[serde(default)]
    pub(crate) users: Vec<SeedUser>,
    #[serde(default)]
    pub(crate) meetings: Vec<SeedMeeting>,
    #[serde(default)]
    pub(crate) webinars: Vec<SeedMeeting>,
}

/// A user of the account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeedUser {
    pub(crate) email: String,
    pub(crate) first_name: String,
    #[serde(default)]
    pub(crate) last_name: String,
    pub(crate) display_name: Option<String>,
    /// Zoom's figure for the licence; 2 (licensed) where it is left out.
    #[serde(rename = "type")]
    pub(crate) licence: Option<i64>,
    /// Whether they have a webinar licence.
    #[serde(default)]
    pub(crate) webinar: bool,
    /// The name of a role; `Member` where it is left out.
    pub(crate) role: Option<String>,
    /// An IANA time zone; the owner's where it is left out.
    pub(crate) timezone: Option<String>,
    pub(crate) dept: Option<String>,
}

/// A meeting or a webinar: `host`, who comes, and the body that Zoom's API takes to create it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct SeedMeeting {
    /// The host's e-mail address.
    pub(crate) host: String,
    #[serde(default)]
    pub(crate) registrants: Vec<Map<String, Value>>,
    /// Of webinars.
    #[serde(default)]
    pub(crate) panelists: Vec<Map<String, Value>>,
    #[serde(flatten)]
    pub(crate) body: Map<String, Value>,
}

impl Seed {
    /// Reads a seed. Whether what it wants can be is seen when it is planted.
    ///
    /// ```
    /// let seed = zoom_sandbox::Seed::from_json(br#"{"users": [{"email": "noor@example.org", "first_name": "Noor"}]}"#);
    /// assert!(seed.is_ok());
    /// let wrong = zoom_sandbox::Seed::from_json(br#"{"users": [{"email": "noor@example.org", "name": "Noor"}]}"#);
    /// assert!(wrong.unwrap_err().to_string().contains("unknown field `name`"));
    /// ```
    ///
    /// # Errors
    /// Where it is no JSON, or has something in it that no seed has: with line and column.
    pub fn from_json(bytes: &[u8]) -> Result<Self, SeedError> {
        serde_json::from_slice(bytes).map_err(|problem| SeedError::Form(problem.to_string()))
    }
}
