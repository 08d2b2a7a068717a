//! Those who register for a meeting or a webinar, and what they are asked.

mod batch;
mod create;
mod delete;
mod get;
mod list;
mod questions;
mod registrant;
mod sources;
mod status;

pub use batch::{BatchRegistered, BatchRegistrant, BatchRegistration};
pub use create::{CreateRegistrant, NewRegistrant, Registered};
pub use delete::DeleteRegistrant;
pub use get::GetRegistrant;
pub use list::{ListAbsentees, ListRegistrants};
pub use questions::{CustomQuestion, Question, QuestionKind, Questions};
pub use registrant::{CustomAnswer, Registrant, RegistrantStatus};
pub use sources::TrackingSource;
pub use status::{Decision, SetRegistrantStatus};

use crate::{Call, MeetingId, held::Held, meetings::Meetings, webinars::Webinars};

pub(crate) const CALLS: &[&Call] = &[
    &list::CALL.meeting,
    &list::CALL.webinar,
    &list::ABSENTEES,
    &create::CALL.meeting,
    &create::CALL.webinar,
    &batch::CALL.meeting,
    &batch::CALL.webinar,
    &get::CALL.meeting,
    &get::CALL.webinar,
    &delete::CALL.meeting,
    &delete::CALL.webinar,
    &status::CALL.meeting,
    &status::CALL.webinar,
    &questions::READ.meeting,
    &questions::READ.webinar,
    &questions::WRITE.meeting,
    &questions::WRITE.webinar,
    &sources::CALL,
];

/// Asks about the registrants of a meeting; from [`Meetings::registrants`].
///
/// Where a meeting takes no registrations, calls end with [`Error::Invalid`](crate::Error::Invalid) or
/// [`Error::Forbidden`](crate::Error::Forbidden); where there is no such meeting or registrant, with
/// [`Error::NotFound`](crate::Error::NotFound). [`Webinars::registrants`] gives the same of a webinar.
#[derive(Clone, Debug)]
pub struct Registrants(Held);

/// Asks about the registrants of a webinar: all that [`Registrants`] can do, and what only webinars have.
#[derive(Clone, Debug)]
pub struct WebinarRegistrants(Registrants);

impl std::ops::Deref for WebinarRegistrants {
    type Target = Registrants;

    fn deref(&self) -> &Registrants {
        &self.0
    }
}

impl Meetings {
    /// The registrants of a meeting.
    pub fn registrants(&self, meeting: MeetingId) -> Registrants {
        Registrants(Held::meeting(&self.0, meeting))
    }
}

impl Webinars {
    /// The registrants of a webinar.
    pub fn registrants(&self, webinar: MeetingId) -> WebinarRegistrants {
        WebinarRegistrants(Registrants(Held::webinar(&self.0, webinar)))
    }
}
