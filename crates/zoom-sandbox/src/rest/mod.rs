//! The REST API: who may call, what was sent, and the behaviour of each operation the sandbox knows.

mod access;
mod ask;
mod meetings;
mod page;
mod users;
mod validate;

use axum::http::HeaderMap;
use zoom_spec::Operation;

pub(crate) use self::ask::Ask;
use crate::{
    answer::{Answer, Refusal},
    app::App,
    world::Kind,
};

/// What an operation does.
type Behaviour = fn(&Ask<'_>) -> Result<Answer, Refusal>;

/// The operations with a behaviour, by Zoom's id.
const BEHAVIOURS: [(&str, Behaviour); 19] = [
    ("users", users::list::answer),
    ("userCreate", users::create::answer),
    ("user", users::get::answer),
    ("userEmail", users::email::answer),
    ("userSettings", users::settings::answer),
    ("userToken", users::token::answer),
    ("userZak", users::zak::answer),
    ("meetings", |ask| meetings::list::answer(ask, Kind::Meeting)),
    ("meetingCreate", |ask| meetings::create::answer(ask, Kind::Meeting)),
    ("meeting", |ask| meetings::get::answer(ask, Kind::Meeting)),
    ("meetingUpdate", |ask| meetings::update::answer(ask, Kind::Meeting)),
    ("meetingDelete", |ask| meetings::delete::answer(ask, Kind::Meeting)),
    ("meetingStatus", |ask| meetings::status::answer(ask, Kind::Meeting)),
    ("webinars", |ask| meetings::list::answer(ask, Kind::Webinar)),
    ("webinarCreate", |ask| meetings::create::answer(ask, Kind::Webinar)),
    ("webinar", |ask| meetings::get::answer(ask, Kind::Webinar)),
    ("webinarUpdate", |ask| meetings::update::answer(ask, Kind::Webinar)),
    ("webinarDelete", |ask| meetings::delete::answer(ask, Kind::Webinar)),
    ("webinarStatus", |ask| meetings::status::answer(ask, Kind::Webinar)),
];

/// What a client sent to an operation.
pub(crate) struct Sent<'a> {
    pub(crate) params: Vec<(&'static str, String)>,
    pub(crate) query: &'a str,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

/// Answers a call of a known operation; the notes are for the log.
pub(crate) fn answer(app: &App, operation: &'static Operation, sent: Sent<'_>) -> (Answer, Vec<String>) {
    if let Err(refusal) = access::check(app, operation, sent.headers) {
        return (refusal.into(), Vec::new());
    }
    let behaviour =
        BEHAVIOURS.iter().find(|(id, _)| *id == operation.id && operation.level == zoom_spec::Level::Account);
    let Some((_, behaviour)) = behaviour else {
        let message = format!(
            "The sandbox knows {} ({} {}) and your token may call it, but it has no behaviour for it yet.",
            operation.id, operation.method, operation.path
        );
        return (Refusal::new(501, 501, message).into(), Vec::new());
    };
    let ask = match Ask::read(app, operation, sent) {
        Ok(ask) => ask,
        Err(refusal) => return (refusal.into(), Vec::new()),
    };
    let answer = behaviour(&ask).unwrap_or_else(Answer::from);
    (answer, ask.into_notes())
}
