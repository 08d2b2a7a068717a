//! Polls of a meeting or a webinar.

mod batch;
mod create;
mod delete;
mod get;
mod list;
mod poll;
mod update;

pub use list::ListPolls;
pub use poll::{Poll, PollKind, PollPrompt, PollQuestion, PollQuestionKind};

use crate::{Call, MeetingId, held::Held, meetings::Meetings, webinars::Webinars};

pub(crate) const CALLS: &[&Call] = &[
    &list::CALL.meeting,
    &list::CALL.webinar,
    &create::CALL.meeting,
    &create::CALL.webinar,
    &batch::CALL,
    &get::CALL.meeting,
    &get::CALL.webinar,
    &update::CALL.meeting,
    &update::CALL.webinar,
    &delete::CALL.meeting,
    &delete::CALL.webinar,
];

/// Asks about the polls of a meeting or webinar; from [`Meetings::polls`] or [`Webinars::polls`].
///
/// Hosts need a licence and the setting for polls ([`Error::Forbidden`](crate::Error::Forbidden) otherwise); a poll
/// that breaks a rule of its questions is [`Error::Invalid`](crate::Error::Invalid) with the field named.
#[derive(Clone, Debug)]
pub struct Polls(Held);

impl Meetings {
    /// The polls of a meeting.
    pub fn polls(&self, meeting: MeetingId) -> Polls {
        Polls(Held::meeting(&self.0, meeting))
    }
}

impl Webinars {
    /// The polls of a webinar.
    pub fn polls(&self, webinar: MeetingId) -> Polls {
        Polls(Held::webinar(&self.0, webinar))
    }
}
