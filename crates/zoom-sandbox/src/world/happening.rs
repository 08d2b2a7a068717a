//! What happened in the world, for those who must be told: the webhooks.

use clock::Timestamp;

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
        /// When.
        at: Timestamp,
    },
    /// It was deleted.
    Deleted {
        /// As it was.
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
}

impl Happening {
    /// The meeting or webinar it happened to, as it is after it.
    pub fn meeting(&self) -> &Meeting {
        match self {
            Self::Created { meeting, .. }
            | Self::Updated { after: meeting, .. }
            | Self::Deleted { meeting, .. }
            | Self::Started { meeting, .. }
            | Self::Ended { meeting, .. } => meeting,
        }
    }
}
