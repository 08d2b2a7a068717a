//! Reports: what was used and held in an account, and who was there.

mod daily;
mod held;
mod hosts;
mod meetings;
mod one;
mod range;
mod upcoming;

use super::{
    Behaviour,
    past::{Detail, polls, questions},
};
use crate::world::Kind;

/// What the sandbox does with reports.
pub(super) const BEHAVIOURS: &[(&str, Behaviour)] = &[
    ("reportDaily", daily::answer),
    ("reportUsers", hosts::answer),
    ("reportMeetings", meetings::answer),
    ("reportUpcomingEvents", upcoming::answer),
    ("reportMeetingDetails", |ask| one::details(ask, Kind::Meeting)),
    ("reportMeetingParticipants", |ask| one::participants(ask, Kind::Meeting)),
    ("reportMeetingPolls", |ask| polls(ask, Kind::Meeting, Detail::Report)),
    ("reportMeetingQA", |ask| questions(ask, Kind::Meeting, Detail::Report)),
    ("reportWebinarDetails", |ask| one::details(ask, Kind::Webinar)),
    ("reportWebinarParticipants", |ask| one::participants(ask, Kind::Webinar)),
    ("reportWebinarPolls", |ask| polls(ask, Kind::Webinar, Detail::Report)),
    ("reportWebinarQA", |ask| questions(ask, Kind::Webinar, Detail::Report)),
];
