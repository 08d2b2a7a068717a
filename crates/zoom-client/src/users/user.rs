//! A user as Zoom describes one.

use clock::Timestamp;
use serde::Deserialize;

use crate::{Extra, instant, null};

kinds! {
    /// The licence of a user.
    UserKind {
        /// No licence: meetings end after 40 minutes, no webinars.
        Basic = 1,
        /// Licensed.
        Licensed = 2,
        /// Without a meeting licence.
        Unassigned = 4,
        /// None, which only `ssoCreate` gives.
        None = 99,
    }
}

/// A user of the account. Host keys and personal addresses of rooms are not kept.
#[derive(Clone, Debug, Deserialize)]
pub struct User {
    /// The user's id. Users who have not accepted their invitation have none.
    #[serde(default, deserialize_with = "null::default")]
    pub id: String,
    /// The address the user signs in with.
    #[serde(default, deserialize_with = "null::default")]
    pub email: String,
    /// First name.
    #[serde(default)]
    pub first_name: Option<String>,
    /// Last name.
    #[serde(default)]
    pub last_name: Option<String>,
    /// The name shown in meetings.
    #[serde(default)]
    pub display_name: Option<String>,
    /// The licence.
    #[serde(rename = "type")]
    pub kind: UserKind,
    /// `active`, `inactive` or `pending`.
    #[serde(default)]
    pub status: Option<String>,
    /// The user's zone (an IANA name, mostly).
    #[serde(default)]
    pub timezone: Option<String>,
    /// The account the user belongs to; only when one user is asked for.
    #[serde(default)]
    pub account_id: Option<String>,
    /// The id of the user's role: `0` owner, `1` admin, `2` member, or one of the account's own.
    #[serde(default)]
    pub role_id: Option<String>,
    /// The address of the user's picture.
    #[serde(default)]
    pub pic_url: Option<String>,
    /// The user's language, such as `en-US`.
    #[serde(default)]
    pub language: Option<String>,
    /// When the user was created.
    #[serde(default, rename = "user_created_at", deserialize_with = "instant::lenient")]
    pub created_at: Option<Timestamp>,
    /// What Zoom sent besides.
    #[serde(flatten)]
    pub extra: Extra,
}

impl User {
    /// The name to show: the display name, else first and last name, else what stands before the `@`.
    pub fn name(&self) -> String {
        let parts = [&self.first_name, &self.last_name].into_iter().flatten().map(|part| part.trim());
        let full = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        let shown = self.display_name.as_deref().map(str::trim).filter(|name| !name.is_empty());
        match (shown, full.is_empty()) {
            (Some(name), _) => name.to_owned(),
            (None, false) => full,
            (None, true) => self.email.split('@').next().unwrap_or_default().to_owned(),
        }
    }
}
