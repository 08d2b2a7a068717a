//! What happened in the world, for those who must be told: the webhooks.

use clock::Timestamp;

use serde_json::{Map, Value};

use super::Meeting;

/// Something a subscriber of webhooks hears about. Meetings and webinars alike; the meeting's kind says which.
#[derive(Clone, Debug)]
pub enum Happening {
    /// It was scheduled.
    Created {
        /// As it is.
        meeting: Box<Meeting>,
        /// When.
        at: Timestamp,
    },
    /// It was changed.
    Updated {
        /// As it was.
        before: Box<Meeting>,
        /// As it is.
        after: Box<Meeting>,
        /// The id of the one sitting that was changed, of a series.
        occurrence: Option<String>,
        /// When.
        at: Timestamp,
    },
    /// It was deleted.
    Deleted {
        /// As it was.
        meeting: Box<Meeting>,
        /// The id of the one sitting that was deleted, of a series that goes on.
        occurrence: Option<String>,
        /// When.
        at: Timestamp,
    },
    /// It was deleted, and is there again.
    Recovered {
        /// As it is.
        meeting: Box<Meeting>,
        /// When.
        at: Timestamp,
    },
    /// Its call began.
    Started {
        /// As it is, with the call's UUID.
        meeting: Box<Meeting>,
        /// When.
        at: Timestamp,
    },
    /// Its call ended.
    Ended {
        /// As it was during the call, with the call's UUID.
        meeting: Box<Meeting>,
        /// When.
        at: Timestamp,
    },
    /// Anything else, written as Zoom writes it when it happened.
    Told(Box<Notice>),
}

/// An event whose body is known already.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Zoom's name for it, such as `user.created`.
    pub event: &'static str,
    /// The account it happened in.
    pub account_id: String,
    /// When.
    pub at: Timestamp,
    /// The meeting or webinar it is about, if any.
    pub meeting: Option<i64>,
    /// `payload.object`.
    pub object: Map<String, Value>,
    /// The other members of `payload`, beside `account_id` and `object`.
    pub payload: Map<String, Value>,
    /// Members of the envelope beside `event`, `event_ts` and `payload`, such as a recording's `download_token`.
    pub envelope: Map<String, Value>,
}

/// A happening and who brought it about: the person an app acts for, or nobody where it came from a call.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) happening: Happening,
    pub(crate) by: Option<String>,
    /// Of which world, by [`super::World::age`].
    pub(crate) age: u64,
}

impl Happening {
    /// The meeting or webinar it happened to, as it is after it; none for what is told in other words.
    pub fn meeting(&self) -> Option<&Meeting> {
        match self {
            Self::Told(_) => None,
            Self::Created { meeting, .. }
            | Self::Updated { after: meeting, .. }
            | Self::Deleted { meeting, .. }
            | Self::Recovered { meeting, .. }
            | Self::Started { meeting, .. }
            | Self::Ended { meeting, .. } => Some(meeting),
        }
    }
}
