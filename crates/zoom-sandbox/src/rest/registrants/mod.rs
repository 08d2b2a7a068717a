//! Registration for meetings and webinars: who comes, who decides, and what is asked.

mod batch;
mod create;
mod delete;
mod get;
mod list;
mod open;
mod questions;
mod register;
mod sources;
mod status;
mod tell;

pub(super) use self::{
    questions::{asked_of, lay_questions},
    register::answered,
};
use super::Behaviour;
use crate::world::Kind;

/// What the sandbox does with registrants.
pub(super) const BEHAVIOURS: &[(&str, Behaviour)] = &[
    ("meetingRegistrants", |ask| list::answer(ask, Kind::Meeting)),
    ("meetingRegistrantCreate", |ask| create::answer(ask, Kind::Meeting)),
    ("meetingRegistrantGet", |ask| get::answer(ask, Kind::Meeting)),
    ("meetingregistrantdelete", |ask| delete::answer(ask, Kind::Meeting)),
    ("meetingRegistrantStatus", |ask| status::answer(ask, Kind::Meeting)),
    ("meetingRegistrantsQuestionsGet", |ask| questions::get(ask, Kind::Meeting)),
    ("meetingRegistrantQuestionUpdate", |ask| questions::update(ask, Kind::Meeting)),
    ("addBatchRegistrants", |ask| batch::answer(ask, Kind::Meeting)),
    ("webinarRegistrants", |ask| list::answer(ask, Kind::Webinar)),
    ("webinarRegistrantCreate", |ask| create::answer(ask, Kind::Webinar)),
    ("webinarRegistrantGet", |ask| get::answer(ask, Kind::Webinar)),
    ("deleteWebinarRegistrant", |ask| delete::answer(ask, Kind::Webinar)),
    ("webinarRegistrantStatus", |ask| status::answer(ask, Kind::Webinar)),
    ("webinarRegistrantsQuestionsGet", |ask| questions::get(ask, Kind::Webinar)),
    ("webinarRegistrantQuestionUpdate", |ask| questions::update(ask, Kind::Webinar)),
    ("addBatchWebinarRegistrants", |ask| batch::answer(ask, Kind::Webinar)),
    ("getTrackingSources", sources::answer),
];
