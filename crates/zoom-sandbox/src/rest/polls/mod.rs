//! Polls and quizzes of meetings and webinars.

mod check;
mod delete;
mod open;
mod read;
mod write;

pub(super) use self::check::{Asked, wrong_questions};
use super::Behaviour;
use crate::world::Kind;

/// What the sandbox does with polls.
pub(super) const BEHAVIOURS: &[(&str, Behaviour)] = &[
    ("meetingPolls", |ask| read::list(ask, Kind::Meeting)),
    ("meetingPollGet", |ask| read::one(ask, Kind::Meeting)),
    ("meetingPollCreate", |ask| write::create(ask, Kind::Meeting)),
    ("createBatchPolls", write::batch),
    ("meetingPollUpdate", |ask| write::update(ask, Kind::Meeting)),
    ("meetingPollDelete", |ask| delete::answer(ask, Kind::Meeting)),
    ("webinarPolls", |ask| read::list(ask, Kind::Webinar)),
    ("webinarPollGet", |ask| read::one(ask, Kind::Webinar)),
    ("webinarPollCreate", |ask| write::create(ask, Kind::Webinar)),
    ("webinarPollUpdate", |ask| write::update(ask, Kind::Webinar)),
    ("webinarPollDelete", |ask| delete::answer(ask, Kind::Webinar)),
];
