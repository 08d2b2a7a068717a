//! `/zoom_events/events/{eventId}/sessions`.

use serde_json::Value;

use super::{super::Ask, create, find, rooms, shape};
use crate::{
    answer::{Answer, Refusal},
    wire::{instant, put},
    world::events::{Event, Row, Session, Stage, tell, text},
};

pub(super) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let event = find::event(ask)?;
    let rows: Vec<Row> = event.sessions.iter().map(|session| row(&event, session)).collect();
    shape::listed(ask, "sessions", &rows)
}

pub(super) fn get(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let event = find::event(ask)?;
    let row = row(&event, find::session(ask, &event)?);
    Ok(Answer::json(ask.operation.success, shape::shaped(ask, "", &row)))
}

pub(super) fn create(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let row = find::change(ask, |event, change| {
        may_change(ask, event, change.now)?;
        if !event.is_conference() {
            let refusal = find::refuse(ask, 400, 26402, "One or more session IDs are invalid.");
            return Err(refusal.because("26402: an event with a single session takes no other."));
        }
        let mut session = create::session(change, event.start, event.end);
        lay(ask, event, &mut session)?;
        event.sessions.push(session.clone());
        rooms::open(ask, event, change);
        tell::session(change, "zoom_events.session_created", event, &session);
        Ok(row(event, &session))
    })?;
    Ok(Answer::json(ask.operation.success, shape::shaped(ask, "", &row)))
}

pub(super) fn update(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    find::change(ask, |event, change| {
        find::session(ask, event)?;
        may_change(ask, event, change.now)?;
        let mut session = find::session(ask, event)?.clone();
        if change.state.meetings.get(session.meeting.unwrap_or(0)).is_some_and(|m| m.started_at.is_some()) {
            let refusal = find::refuse(ask, 403, 260_209, "Event is not editable.");
            return Err(refusal.because("260209: the session is being held."));
        }
        lay(ask, event, &mut session)?;
        *find::session_mut(ask, event)? = session.clone();
        rooms::open(ask, event, change);
        tell::session(change, "zoom_events.session_updated", event, &session);
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

/// The only session of an event stays.
pub(super) fn delete(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    find::change(ask, |event, change| {
        let mut session = find::session(ask, event)?.clone();
        if !event.is_conference() {
            return Err(find::denied(ask, "the only session of an event cannot be deleted."));
        }
        rooms::close(&mut session, change);
        event.sessions.retain(|known| known.id != session.id);
        for row in event.ticket_types.iter_mut().chain(&mut event.tickets) {
            for name in ["sessions", "bookmarked_sessions", "session_ids"] {
                if let Some(Value::Array(ids)) = row.get_mut(name) {
                    ids.retain(|id| *id != session.id.as_str());
                }
            }
        }
        tell::session(change, "zoom_events.session_deleted", event, &session);
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

fn may_change(ask: &Ask<'_>, event: &Event, now: clock::Timestamp) -> Result<(), Refusal> {
    if event.stage == Stage::Cancelled || event.is_past(now) {
        return Err(find::refuse(ask, 403, 260_210, "Past and cancelled events are not editable."));
    }
    Ok(())
}

/// Lays the body over a session, and reads its times and speakers.
fn lay(ask: &Ask<'_>, event: &Event, session: &mut Session) -> Result<(), Refusal> {
    create::check(ask, &ask.body)?;
    if let Some(code) = ask.body.get("type").and_then(Value::as_i64)
        && !matches!(code, 0 | 2 | 4)
    {
        return Err(Refusal::field("type"));
    }
    for (name, place) in [("start_time", &mut session.start), ("end_time", &mut session.end)] {
        if ask.body.contains_key(name) {
            *place = create::time(&ask.body, name).ok_or_else(|| Refusal::field(name))?;
        }
    }
    if session.end <= session.start {
        return Err(Refusal::field("end_time"));
    }
    let named = ask.body.get("session_speakers").and_then(Value::as_array);
    for (index, one) in named.into_iter().flatten().enumerate() {
        let id = one.get("speaker_id").and_then(Value::as_str).unwrap_or_default();
        if find::position(&event.speakers, "speaker_id", id).is_none() {
            return Err(Refusal::field(&format!("session_speakers[{index}].speaker_id")));
        }
    }
    shape::lay(&mut session.row, &ask.body);
    Ok(())
}

/// Everything that answers say about a session.
fn row(event: &Event, session: &Session) -> Row {
    let mut row = session.row.clone();
    put(&mut row, "session_id", session.id.as_str());
    put(&mut row, "start_time", instant(session.start));
    put(&mut row, "end_time", instant(session.end));
    match session.kind() {
        0 => put(&mut row, "meeting_id", session.meeting),
        2 => put(&mut row, "webinar_id", session.meeting),
        _ => {}
    }
    if let Some(Value::Array(named)) = row.get_mut("session_speakers") {
        for one in named.iter_mut().filter_map(Value::as_object_mut) {
            introduce(event, session, one);
        }
    }
    let languages = |kind: i64| -> Vec<Value> {
        let speak = session.interpreters.iter().filter(|one| one.get("type").and_then(Value::as_i64) == Some(kind));
        speak.map(super::interpreters::language).collect()
    };
    put(&mut row, "interpreter_languages", languages(1));
    put(&mut row, "sign_interpreter_languages", languages(2));
    if let (None, Some(value)) = (row.get("attendance_type"), event.row.get("attendance_type")) {
        put(&mut row, "attendance_type", value.clone());
    }
    // What holds until somebody says otherwise; not every operation's answer documents it.
    for name in ["visible_in_landing_page", "visible_in_lobby"] {
        row.entry(name).or_insert_with(|| true.into());
    }
    row.entry("session_reservation")
        .or_insert_with(|| serde_json::json!({ "allow_reservations": false, "max_capacity": 0 }));
    row
}

/// Who a session's speaker is, and what they are in its meeting.
fn introduce(event: &Event, session: &Session, one: &mut Row) {
    let at = find::position(&event.speakers, "speaker_id", text(one, "speaker_id"));
    let Some(speaker) = at.and_then(|at| event.speakers.get(at)) else { return };
    let helps = one.get("has_alternative_host_permission").and_then(Value::as_bool).unwrap_or(false);
    let role = match (helps, session.kind()) {
        (true, _) => 0,
        (false, 2) => 2,
        (false, _) => 1,
    };
    put(one, "meeting_role", role);
    for (shown, kept) in [("name", "name"), ("company", "company_name"), ("title", "job_title")] {
        put(one, shown, text(speaker, kept));
    }
    for name in ["access_to_edit_session", "show_in_session_detail", "has_alternative_host_permission"] {
        one.entry(name).or_insert_with(|| false.into());
    }
}
