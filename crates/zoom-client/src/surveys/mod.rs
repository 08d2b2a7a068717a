//! What participants are asked when a meeting or webinar is over.

mod delete;
mod get;
mod survey;
mod update;

pub use survey::{CustomSurvey, Survey};

use crate::{Call, MeetingId, held::Held, meetings::Meetings, webinars::Webinars};

pub(crate) const CALLS: &[&Call] = &[
    &get::CALL.meeting,
    &get::CALL.webinar,
    &update::CALL.meeting,
    &update::CALL.webinar,
    &delete::CALL.meeting,
    &delete::CALL.webinar,
];

/// Asks about the survey of a meeting or webinar; from [`Meetings::survey`] or [`Webinars::survey`].
///
/// Where the host may have none, calls end with [`Error::Forbidden`](crate::Error::Forbidden) or
/// [`Error::Invalid`](crate::Error::Invalid).
#[derive(Clone, Debug)]
pub struct Surveys(Held);

impl Meetings {
    /// The survey of a meeting.
    pub fn survey(&self, meeting: MeetingId) -> Surveys {
        Surveys(Held::meeting(&self.0, meeting))
    }
}

impl Webinars {
    /// The survey of a webinar.
    pub fn survey(&self, webinar: MeetingId) -> Surveys {
        Surveys(Held::webinar(&self.0, webinar))
    }
}
