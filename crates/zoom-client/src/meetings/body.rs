//! The bodies that create and change a meeting.

use super::{MeetingKind, MeetingSettings};

sitting! {
    /// A meeting to be created.
    NewMeeting, MeetingKind, MeetingSettings
}

sitting! {
    /// What to change about a meeting; what is not said stays.
    MeetingChange, MeetingKind, MeetingSettings
}

impl NewMeeting {
    /// A scheduled meeting about `topic`.
    pub fn new(topic: impl Into<String>) -> Self {
        Self::default().topic(topic).kind(MeetingKind::Scheduled)
    }
}

impl MeetingChange {
    /// No change yet.
    pub fn new() -> Self {
        Self::default()
    }
}
