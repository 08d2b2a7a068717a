//! Ways into a call beside the address everybody has: personal links, and tokens for programs.

mod links;
mod tokens;

pub use links::{InviteLink, InviteLinks, Invited};
pub use tokens::{EntryToken, LocalRecordingToken};

use crate::{Call, MeetingId, held::Held, meetings::Meetings, webinars::Webinars};

pub(crate) const CALLS: &[&Call] = &[
    &links::CALL.meeting,
    &links::CALL.webinar,
    &tokens::STREAMING.meeting,
    &tokens::STREAMING.webinar,
    &tokens::ARCHIVING.meeting,
    &tokens::ARCHIVING.webinar,
    &tokens::RECORDING.meeting,
    &tokens::RECORDING.webinar,
];

/// Asks for ways into a meeting or webinar; from [`Meetings::entry`] or [`Webinars::entry`].
///
/// Where settings forbid what a token is for, calls end with [`Error::Forbidden`](crate::Error::Forbidden) or
/// [`Error::Refused`](crate::Error::Refused).
#[derive(Clone, Debug)]
pub struct Entry(Held);

impl Meetings {
    /// Ways into a meeting.
    pub fn entry(&self, meeting: MeetingId) -> Entry {
        Entry(Held::meeting(&self.0, meeting))
    }
}

impl Webinars {
    /// Ways into a webinar.
    pub fn entry(&self, webinar: MeetingId) -> Entry {
        Entry(Held::webinar(&self.0, webinar))
    }
}
