//! Meetings and webinars as they really are, and their calls.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::{Deserialize, Serialize};

use super::{Refused, body::Body, refused};
use crate::{
    app::App,
    call::CannotBegin,
    wire::instant,
    world::{Answers, Asks, CannotDo, ChangeError, Doings, Status, Writes},
};

/// How many people may be simulated at once.
const MOST_NAMES: usize = 50;
/// The longest name of one, in characters.
const LONGEST_NAME: usize = 64;

/// A meeting or webinar.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct MeetingRow {
    number: i64,
    /// `meeting` or `webinar`.
    kind: &'static str,
    topic: String,
    agenda: String,
    host_id: String,
    /// The host's name.
    host: String,
    /// Zoom's word: waiting or started.
    status: &'static str,
    start_time: Option<String>,
    created_at: String,
    /// Who is in its call now, or in its waiting room.
    people: Vec<InCall>,
}

/// Somebody in a call.
#[derive(Clone, Serialize, utoipa::ToSchema)]
pub(crate) struct InCall {
    /// Who, inside this call: what webhooks call `user_id`.
    participant: u32,
    name: String,
    host: bool,
    /// Drawn by each browser, with nobody behind it.
    simulated: bool,
    /// In the waiting room.
    waiting: bool,
}

/// Every meeting and webinar.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct Meetings {
    items: Vec<MeetingRow>,
}

/// Lists every meeting and webinar, also those that the visibility fault still keeps out of Zoom's lists, with who is in
/// their calls.
#[utoipa::path(get, path = "/sandbox/v1/meetings", tag = "world", operation_id = "listMeetings",
    responses((status = 200, body = Meetings)))]
pub(crate) async fn meetings(State(app): State<App>) -> Json<Meetings> {
    let mut there: BTreeMap<u64, Vec<InCall>> = BTreeMap::new();
    for call in app.calls.running() {
        let people = call.people.into_iter().map(|one| InCall {
            participant: one.id,
            name: one.name,
            host: one.host,
            simulated: one.simulated,
            waiting: one.waiting,
        });
        there.insert(call.number, people.collect());
    }
    let names: BTreeMap<String, String> =
        app.world.people().into_iter().map(|person| (person.id, person.display_name)).collect();
    let row = |meeting: crate::world::Meeting| MeetingRow {
        number: meeting.number,
        kind: meeting.kind.as_str(),
        host: names.get(&meeting.host_id).cloned().unwrap_or_default(),
        status: meeting.status.as_str(),
        start_time: meeting.start.map(instant),
        created_at: instant(meeting.created_at),
        people: there.get(&meeting.number.unsigned_abs()).cloned().unwrap_or_default(),
        topic: meeting.topic,
        agenda: meeting.agenda,
        host_id: meeting.host_id,
    };
    Json(Meetings { items: app.world.meetings().into_iter().map(row).collect() })
}

/// Whether a call began or ended.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct Turned {
    /// False where it was so already.
    changed: bool,
}

/// Starts the call of a meeting, with nobody in it yet.
#[utoipa::path(post, path = "/sandbox/v1/meetings/{number}/start", tag = "world", operation_id = "startCall",
    params(("number" = u64, Path)), responses((status = 200, body = Turned), (status = 404, body = Refused),
        (status = 409, body = Refused, description = "The host holds as many calls as they may"),
        (status = 500, body = Refused, description = "The state file cannot be written")))]
pub(crate) async fn start(State(app): State<App>, Path(number): Path<u64>) -> Result<Json<Turned>, Response> {
    let began = app.calls.begin(number).map_err(cannot_begin)?;
    let number = app.calls.called(number);
    if !is_on(&app, number) {
        app.calls.end(number);
        return Err(not_kept());
    }
    Ok(Json(Turned { changed: began }))
}

/// Ends the call of a meeting for everybody.
#[utoipa::path(post, path = "/sandbox/v1/meetings/{number}/end", tag = "world", operation_id = "endCall",
    params(("number" = u64, Path)), responses((status = 200, body = Turned), (status = 404, body = Refused)))]
pub(crate) async fn end(State(app): State<App>, Path(number): Path<u64>) -> Result<Json<Turned>, Response> {
    let meeting = app.world.called(i64::try_from(number).unwrap_or(-1));
    let meeting = meeting.ok_or_else(|| cannot_begin(CannotBegin::NoSuchMeeting(number)))?;
    let changed = app.end_call(meeting.number);
    if is_on(&app, meeting.number.unsigned_abs()) {
        return Err(not_kept());
    }
    Ok(Json(Turned { changed }))
}

/// Whether the call is on by what the API tells.
fn is_on(app: &App, number: u64) -> bool {
    let meeting = i64::try_from(number).ok().and_then(|number| app.world.meeting(number));
    meeting.is_some_and(|meeting| meeting.status == Status::Started)
}

/// The call knows better than the API: what became of it could not be written.
fn not_kept() -> Response {
    refused(StatusCode::INTERNAL_SERVER_ERROR, "the state file cannot be written; free space there")
}

/// Who comes, and what they and those who are there do.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Simulated {
    #[serde(default)]
    names: Vec<String>,
    /// What one of them writes at once, and again to whoever comes in and is alone among them.
    #[serde(default)]
    chat: Option<String>,
    /// Lines they write for everybody.
    #[serde(default)]
    chats: Vec<Writes>,
    /// Answers they give in polls.
    #[serde(default)]
    answers: Vec<Answers>,
    /// Questions they ask, and what the host answers.
    #[serde(default)]
    questions: Vec<Asks>,
}

/// Puts drawn people into a call, which starts it; one of them writes `chat`. Then people who are there write, answer and
/// ask as they are told.
#[utoipa::path(post, path = "/sandbox/v1/meetings/{number}/simulate", tag = "world", operation_id = "simulatePeople",
    params(("number" = u64, Path)), request_body = Simulated,
    responses((status = 204), (status = 400, body = Refused), (status = 404, body = Refused),
        (status = 409, body = Refused, description = "The host holds as many calls as they may")))]
pub(crate) async fn simulate(
    State(app): State<App>,
    Path(number): Path<u64>,
    Body(people): Body<Simulated>,
) -> Result<StatusCode, Response> {
    let good = |name: &String| !name.trim().is_empty() && name.chars().count() <= LONGEST_NAME;
    let Simulated { names, chat, chats, answers, questions } = people;
    let doings = Doings { chats, answers, questions };
    if names.is_empty() && chat.is_none() && doings.is_empty() || names.len() > MOST_NAMES || !names.iter().all(good) {
        let message = format!("names must be 1 to {MOST_NAMES} names of 1 to {LONGEST_NAME} characters");
        return Err(refused(StatusCode::BAD_REQUEST, message));
    }
    if chat.as_ref().is_some_and(|text| text.trim().is_empty()) {
        return Err(refused(StatusCode::BAD_REQUEST, "chat is empty"));
    }
    let is_to_be_said = chat.is_some();
    let was_said = app.calls.simulate(number, &names, chat).map_err(cannot_begin)?;
    if is_to_be_said && !was_said {
        return Err(refused(StatusCode::BAD_REQUEST, "nobody simulated is there to write chat; give names"));
    }
    match do_in_call(&app, number, &doings) {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(ChangeError::Refused(problem)) => Err(refused(StatusCode::BAD_REQUEST, problem)),
        Err(problem @ ChangeError::Disk(_)) => Err(refused(StatusCode::INTERNAL_SERVER_ERROR, problem)),
    }
}

/// Begins to record a call, as its host would by a button.
#[utoipa::path(post, path = "/sandbox/v1/meetings/{number}/record", tag = "world", operation_id = "recordCall",
    params(("number" = i64, Path)), responses((status = 204), (status = 409, body = Refused)))]
pub(crate) async fn record(State(app): State<App>, Path(number): Path<i64>) -> Result<StatusCode, Response> {
    let number = app.world.called_number(number);
    let begun = app.world.change(|change| Ok::<_, std::convert::Infallible>(change.begin_recording(number)));
    match begun {
        Ok(true) => Ok(StatusCode::NO_CONTENT),
        Ok(false) => Err(refused(
            StatusCode::CONFLICT,
            "nothing to record: no call is on, it is recorded already, or its host cannot record in the cloud",
        )),
        Err(problem) => Err(refused(StatusCode::INTERNAL_SERVER_ERROR, problem)),
    }
}

/// Lets people who are in a call write, answer and ask.
pub(crate) fn do_in_call(app: &App, number: u64, doings: &Doings) -> Result<(), ChangeError<CannotDo>> {
    let number = app.calls.called(number);
    app.world.change(|change| change.take_part(i64::try_from(number).unwrap_or(-1), doings))?;
    for line in &doings.chats {
        if !app.calls.speak(number, &line.name, &line.text) {
            return Err(ChangeError::Refused(CannotDo::Nobody(line.name.clone())));
        }
    }
    Ok(())
}

fn cannot_begin(problem: CannotBegin) -> Response {
    let status = match problem {
        CannotBegin::NoSuchMeeting(_) => StatusCode::NOT_FOUND,
        CannotBegin::HostIsBusy(_) => StatusCode::CONFLICT,
    };
    refused(status, problem)
}
