//! Meetings and webinars that are over: their instances and who was there.

mod details;
mod find;
mod instances;
mod participants;

use super::Behaviour;
use crate::world::Kind;

/// What the sandbox does with what is past.
pub(super) const BEHAVIOURS: &[(&str, Behaviour)] = &[
    ("pastMeetingDetails", details::answer),
    ("pastMeetings", |ask| instances::answer(ask, Kind::Meeting)),
    ("pastMeetingParticipants", |ask| participants::answer(ask, Kind::Meeting)),
    ("pastWebinars", |ask| instances::answer(ask, Kind::Webinar)),
    ("listWebinarParticipants", |ask| participants::answer(ask, Kind::Webinar)),
];
