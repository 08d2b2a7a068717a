//! `POST /zoom_events/events`: a draft, with the ticket type that everybody gets who names none.

use std::collections::{BTreeMap, BTreeSet};

use clock::Timestamp;
use jiff::{SignedDuration, tz::TimeZone};
use serde_json::{Value, json};

use super::{
    super::{Ask, stopped::is_objectionable},
    find, list, shape,
};
use crate::{
    answer::{Answer, Refusal},
    wire::{instant, put},
    world::{
        Change, Plan,
        events::{Event, Row, Session, Stage, text},
        new_id,
    },
};

/// The longest calendar Zoom takes.
const LONGEST: SignedDuration = SignedDuration::from_hours(6 * 24);

pub(super) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    check(ask, &ask.body)?;
    let simple = ask.text("event_type") == Some("SIMPLE_EVENT");
    if simple && ask.text("meeting_type").is_none() {
        return Err(Refusal::field("meeting_type").because("300: an event with a single session needs meeting_type."));
    }
    let (start, end) = schedule(ask, &ask.body)?;
    let event = ask.change(|change| {
        let plan = change.state.account(&ask.account_id).map(|account| account.plan).unwrap_or_default();
        let hub_id = ask.text("hub_id").unwrap_or_default();
        let hub = change.state.zoom_events.hubs.get(hub_id).filter(|hub| hub.account_id == ask.account_id);
        if plan == Plan::Free || !hub.is_some_and(|hub| hub.hosts.contains(&ask.caller.me.id)) {
            return Err(find::refuse(ask, 403, 26201, "No permission to create the event under the hub ID."));
        }
        if plan != Plan::Business && ask.text("event_type") == Some("CONFERENCE") {
            let refusal = find::refuse(ask, 400, 260_207, "Hub is not supported for conference type events.");
            return Err(refusal.because("260207: only accounts with the business plan have hubs for conferences."));
        }
        let mut event = blank(ask, change, start, end);
        shape::lay(&mut event.row, &ask.body);
        if !event.is_conference() {
            event.sessions.push(only_session(change, &event));
        }
        change.state.zoom_events.events.insert(event.id.clone(), event.clone().into());
        Ok(event)
    })?;
    let row = ask.app.world.read(|state| list::row(ask, state, &event));
    Ok(Answer::json(ask.operation.success, shape::shaped(ask, "", &row)))
}

fn blank(ask: &Ask<'_>, change: &Change<'_>, start: Timestamp, end: Timestamp) -> Event {
    let default_ticket_type = new_id(change.entropy);
    let general = json!({
        "ticket_type_id": default_ticket_type, "name": "General Admission", "currency": "USD", "free": true,
        "price": "0", "quantity": 1000, "start_time": instant(change.now.min(start)), "end_time": instant(end),
        "sessions": ["ALL"], "bookmarked_sessions": ["ALL"],
    });
    let questions = json!({ "questions": [
        { "field_name": "first_name", "required": true, "title": "First Name", "question_id": new_id(change.entropy) },
        { "field_name": "last_name", "required": true, "title": "Last Name", "question_id": new_id(change.entropy) },
    ], "custom_questions": [] });
    let object = |value: Value| value.as_object().cloned().unwrap_or_default();
    Event {
        id: new_id(change.entropy),
        account_id: ask.account_id.clone(),
        hub_id: ask.text("hub_id").unwrap_or_default().to_owned(),
        host_id: ask.caller.me.id.clone(),
        stage: Stage::Draft,
        start,
        end,
        created_at: change.now,
        row: Row::new(),
        speakers: Vec::new(),
        links: Vec::new(),
        sessions: Vec::new(),
        ticket_types: vec![object(general)],
        default_ticket_type,
        tickets: Vec::new(),
        revoked: BTreeSet::new(),
        coeditors: Vec::new(),
        questions: BTreeMap::from([(String::new(), object(questions))]),
        check_ins: Vec::new(),
    }
}

/// The one session of an event that is no conference: it follows the event.
pub(super) fn only_session(change: &Change<'_>, event: &Event) -> Session {
    let mut session = session(change, event.start, event.end);
    follow(&mut session, event);
    session
}

/// Makes the one session what the event is.
pub(super) fn follow(session: &mut Session, event: &Event) {
    for name in ["name", "description", "timezone", "attendance_type", "physical_location"] {
        if let Some(value) = event.row.get(name) {
            put(&mut session.row, name, value.clone());
        }
    }
    let code = if text(&event.row, "meeting_type") == "WEBINAR" { 2 } else { 0 };
    put(&mut session.row, "type", code);
    (session.start, session.end) = (event.start, event.end);
}

/// A session about which nothing was said yet.
pub(super) fn session(change: &Change<'_>, start: Timestamp, end: Timestamp) -> Session {
    Session {
        id: new_id(change.entropy),
        start,
        end,
        row: Row::new(),
        meeting: None,
        interpreters: Vec::new(),
        polls: Vec::new(),
        stream: None,
        streams_in: false,
        reservations: Vec::new(),
        check_ins: Vec::new(),
    }
}

/// What no table can say: zones, and the words for access and kind.
pub(super) fn check(ask: &Ask<'_>, body: &Row) -> Result<(), Refusal> {
    let wrong = |name: &str, right: fn(&str) -> bool| body.get(name).and_then(Value::as_str).is_some_and(|t| !right(t));
    if wrong("name", |text| !text.trim().is_empty()) {
        return Err(Refusal::field("name"));
    }
    if wrong("timezone", |text| TimeZone::get(text).is_ok()) {
        return Err(Refusal::field("timezone"));
    }
    if wrong("access_level", |text| matches!(text, "PUBLIC" | "PRIVATE_UNRESTRICTED" | "PRIVATE_RESTRICTED")) {
        return Err(Refusal::field("access_level"));
    }
    if wrong("meeting_type", |text| matches!(text, "MEETING" | "WEBINAR")) {
        return Err(Refusal::field("meeting_type"));
    }
    for name in ["lobby_start_time", "lobby_end_time"] {
        if body.contains_key(name) && time(body, name).is_none() {
            return Err(Refusal::field(name));
        }
    }
    moderate(ask, body, &["name", "description", "tagline"])
}

pub(super) fn moderate(ask: &Ask<'_>, body: &Row, names: &[&str]) -> Result<(), Refusal> {
    if ask.documents(1001) && names.iter().any(|name| is_objectionable(text(body, name))) {
        return Err(find::refuse(ask, 400, 1001, "Content moderation check failed."));
    }
    Ok(())
}

pub(super) fn time(row: &Row, name: &str) -> Option<Timestamp> {
    text(row, name).parse().ok()
}

/// When an event begins and ends: the outermost times of its calendar.
pub(super) fn schedule(ask: &Ask<'_>, body: &Row) -> Result<(Timestamp, Timestamp), Refusal> {
    let incomplete = || find::refuse(ask, 400, 26204, "Calender must contains start_time and end_time.");
    let calendar = body.get("calendar").and_then(Value::as_array).filter(|days| !days.is_empty());
    let days: Vec<&Row> =
        calendar.map_or_else(|| vec![body], |days| days.iter().filter_map(Value::as_object).collect());
    let mut span: Option<(Timestamp, Timestamp)> = None;
    for day in days {
        let (Some(start), Some(end)) = (time(day, "start_time"), time(day, "end_time")) else {
            return Err(incomplete());
        };
        if end <= start {
            return Err(find::refuse(ask, 400, 26203, "Event end_time must be after event start_time."));
        }
        span = Some(span.map_or((start, end), |(first, last)| (first.min(start), last.max(end))));
    }
    let (start, end) = span.ok_or_else(incomplete)?;
    if end.duration_since(start) > LONGEST {
        return Err(find::refuse(ask, 400, 26202, "Event schedule cannot be more than 6 days."));
    }
    Ok((start, end))
}
