//! Meetings and webinars that are over: who was there, what was answered and asked.

mod answers;
mod get;
mod instances;
mod participants;

pub use answers::{Answered, PastAnswers, Reply};
pub use get::PastMeeting;
pub use instances::{ListInstances, PastInstance};
pub use participants::{ListPastParticipants, PastParticipant};

use crate::{Call, ZoomClient};

pub(crate) const CALLS: &[&Call] = &[
    &get::CALL,
    &instances::CALL,
    &instances::WEBINAR,
    &participants::CALL,
    &participants::WEBINAR,
    &answers::POLLS,
    &answers::WEBINAR_POLLS,
    &answers::QA,
    &answers::WEBINAR_QA,
];

/// Asks about meetings that are over; from [`ZoomClient::past_meetings`].
///
/// One that was never held, or is too long ago, is [`Error::NotFound`](crate::Error::NotFound).
#[derive(Clone, Debug)]
pub struct PastMeetings(pub(crate) ZoomClient);

/// Asks about webinars that are over; from [`ZoomClient::past_webinars`]. Errors as of [`PastMeetings`].
#[derive(Clone, Debug)]
pub struct PastWebinars(pub(crate) ZoomClient);
