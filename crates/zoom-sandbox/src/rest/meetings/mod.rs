//! Meetings and webinars. Zoom has two sets of operations for them that differ in words, scopes and settings; what they
//! do is the same, so each verb is written once and told which kind it serves.

mod create;
mod customs;
mod delete;
mod draft;
mod find;
mod get;
mod invite;
mod list;
mod personal;
mod schedule;
mod series;
mod status;
mod upcoming;
mod update;

pub(super) use self::create::blank;
pub(super) use self::{
    find::{Reach, find, forgotten, held, needs_webinar_plan, uuid_of},
    series::no_such_occurrence,
};
use super::{Behaviour, Check};
use crate::world::Kind;

/// What the sandbox does with meetings and webinars.
pub(super) const BEHAVIOURS: &[(&str, Behaviour)] = &[
    ("meetings", |ask| list::answer(ask, Kind::Meeting)),
    ("meetingCreate", |ask| create::answer(ask, Kind::Meeting)),
    ("meeting", |ask| get::answer(ask, Kind::Meeting)),
    ("meetingUpdate", |ask| update::answer(ask, Kind::Meeting)),
    ("meetingDelete", |ask| delete::answer(ask, Kind::Meeting)),
    ("meetingStatus", |ask| status::answer(ask, Kind::Meeting)),
    ("meetingInvitation", invite::invitation),
    ("meetingInviteLinksCreate", |ask| invite::links(ask, Kind::Meeting)),
    ("webinarInviteLinksCreate", |ask| invite::links(ask, Kind::Webinar)),
    ("meetingLiveStreamingJoinToken", |ask| invite::join_token(ask, Kind::Meeting)),
    ("meetingLocalArchivingArchiveToken", |ask| invite::join_token(ask, Kind::Meeting)),
    ("meetingLocalRecordingJoinToken", |ask| invite::join_token(ask, Kind::Meeting)),
    ("webinarLiveStreamingJoinToken", |ask| invite::join_token(ask, Kind::Webinar)),
    ("webinarLocalArchivingArchiveToken", |ask| invite::join_token(ask, Kind::Webinar)),
    ("webinarLocalRecordingJoinToken", |ask| invite::join_token(ask, Kind::Webinar)),
    ("listUpcomingMeeting", upcoming::answer),
    ("webinars", |ask| list::answer(ask, Kind::Webinar)),
    ("webinarCreate", |ask| create::answer(ask, Kind::Webinar)),
    ("webinar", |ask| get::answer(ask, Kind::Webinar)),
    ("webinarUpdate", |ask| update::answer(ask, Kind::Webinar)),
    ("webinarDelete", |ask| delete::answer(ask, Kind::Webinar)),
    ("webinarStatus", |ask| status::answer(ask, Kind::Webinar)),
];

/// What the table does not list any more and Zoom refuses in words of its own.
pub(super) const CHECKS: &[(&str, Check)] = &[("meetingCreate", schedule::check), ("meetingUpdate", schedule::check)];
