//! Meetings and webinars that are over: their instances, who was there, and what was answered and asked.

mod absentees;
mod details;
mod find;
mod instances;
mod participants;
mod said;

pub(super) use self::{
    find::{ended, paid},
    said::{Detail, polls, questions},
};
use super::Behaviour;
use crate::world::Kind;

/// What the sandbox does with what is past.
pub(super) const BEHAVIOURS: &[(&str, Behaviour)] = &[
    ("pastMeetingDetails", details::answer),
    ("pastMeetings", |ask| instances::answer(ask, Kind::Meeting)),
    ("pastMeetingParticipants", |ask| participants::answer(ask, Kind::Meeting)),
    ("listPastMeetingPolls", |ask| polls(ask, Kind::Meeting, Detail::Plain)),
    ("listPastMeetingQA", |ask| questions(ask, Kind::Meeting, Detail::Plain)),
    ("pastWebinars", |ask| instances::answer(ask, Kind::Webinar)),
    ("listWebinarParticipants", |ask| participants::answer(ask, Kind::Webinar)),
    ("webinarAbsentees", absentees::answer),
    ("listPastWebinarPollResults", |ask| polls(ask, Kind::Webinar, Detail::Plain)),
    ("listPastWebinarQA", |ask| questions(ask, Kind::Webinar, Detail::Plain)),
];
