//! Reports on meetings and webinars that are over, on hosts and days, and on what is to come.

mod answers;
mod daily;
mod hosts;
mod one;
mod participants;
mod upcoming;

pub use answers::{AskedBy, AskedIn, AskedQuestion, QuestionAnswer, QuestionState};
pub use daily::{DailyReport, Day, GetDailyReport};
pub use hosts::{HostReport, ListHostReports, ListMeetingReports, MeetingReport, WhichHosts, WhichMeetings};
pub use one::SittingReport;
pub use participants::{ListReportParticipants, ReportParticipant};
pub use upcoming::{ListUpcomingEvents, UpcomingEvent, UpcomingKind};

use crate::{Call, ZoomClient};

pub(crate) const CALLS: &[&Call] = &[
    &daily::CALL,
    &hosts::HOSTS,
    &hosts::MEETINGS,
    &upcoming::CALL,
    &one::CALL,
    &one::WEBINAR,
    &participants::CALL,
    &participants::WEBINAR,
    &answers::POLLS,
    &answers::WEBINAR_POLLS,
    &answers::QA,
    &answers::WEBINAR_QA,
];

/// Asks for reports; from [`ZoomClient::reports`]. They draw from the heavy limit, which is the smallest, and need a
/// plan that has reports. Spans are of at most a month within the last six
/// ([`Error::Invalid`](crate::Error::Invalid) otherwise); what was never held is
/// [`Error::NotFound`](crate::Error::NotFound).
#[derive(Clone, Debug)]
pub struct Reports(pub(crate) ZoomClient);
