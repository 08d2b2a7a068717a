//! A meeting as Zoom describes one.

use clock::Timestamp;
use secrecy::SecretString;
use serde::Deserialize;

use super::MeetingSettings;
use crate::{Extra, MeetingId, MeetingUuid, Occurrence, Recurrence, instant, null, secret};

kinds! {
    /// What a meeting is.
    MeetingKind {
        /// Started at once, not scheduled.
        Instant = 1,
        /// Once, at a time.
        Scheduled = 2,
        /// Recurring without a fixed time.
        RecurringNoFixedTime = 3,
        /// Recurring at fixed times.
        RecurringFixedTime = 8,
        /// Screen sharing only.
        ScreenShareOnly = 10,
    }
}

/// A meeting. The address that starts it as its host is not kept: whoever holds it is the host.
#[derive(Clone, Debug, Deserialize)]
pub struct Meeting {
    /// The number.
    pub id: MeetingId,
    /// The identifier of the sitting to come.
    #[serde(default, deserialize_with = "null::lenient")]
    pub uuid: Option<MeetingUuid>,
    /// The id of the user who holds it.
    #[serde(default)]
    pub host_id: Option<String>,
    /// The address of the user who holds it.
    #[serde(default)]
    pub host_email: Option<String>,
    /// What it is about.
    #[serde(default, deserialize_with = "null::default")]
    pub topic: String,
    /// Once, or how it recurs.
    #[serde(rename = "type")]
    pub kind: MeetingKind,
    /// `waiting` or `started`.
    #[serde(default)]
    pub status: Option<String>,
    /// When it starts; absent where it has no fixed time.
    #[serde(default, deserialize_with = "instant::lenient")]
    pub start_time: Option<Timestamp>,
    /// How long it is planned to last, in minutes.
    #[serde(default)]
    pub duration: Option<u32>,
    /// The zone it is shown in.
    #[serde(default)]
    pub timezone: Option<String>,
    /// The description.
    #[serde(default)]
    pub agenda: Option<String>,
    /// When it was created.
    #[serde(default, deserialize_with = "instant::lenient")]
    pub created_at: Option<Timestamp>,
    /// The address visitors join by; it carries the passcode.
    #[serde(default, deserialize_with = "secret::read")]
    pub join_url: Option<SecretString>,
    /// The passcode.
    #[serde(default, rename = "password", deserialize_with = "secret::read")]
    pub passcode: Option<SecretString>,
    /// Where visitors register, if they must.
    #[serde(default)]
    pub registration_url: Option<String>,
    /// How it recurs.
    #[serde(default)]
    pub recurrence: Option<Recurrence>,
    /// Its sittings, at most 50, where it recurs at fixed times.
    #[serde(default, deserialize_with = "null::default")]
    pub occurrences: Vec<Occurrence>,
    /// Everything else that can be set.
    #[serde(default, deserialize_with = "null::default")]
    pub settings: MeetingSettings,
    /// What Zoom sent besides.
    #[serde(flatten)]
    pub extra: Extra,
}
