//! `POST /zoom_events/events/{eventId}/event_actions`: publish, cancel, duplicate.

use std::collections::BTreeMap;

use jiff::{SignedDuration, tz::TimeZone};
use serde_json::{Value, json};

use super::{super::Ask, create, find, rooms};
use crate::{
    answer::{Answer, Refusal},
    wire::{instant, put},
    world::{
        Change,
        events::{Event, Row, Stage, tell, text},
        new_id,
    },
};

pub(super) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let (status, id) = find::change(ask, |event, change| match ask.text("operation") {
        Some("publish") => publish(ask, event, change),
        Some("cancel") => cancel(ask, event, change),
        Some("duplicate") => duplicate(ask, event, change),
        _ => Err(Refusal::field("operation")),
    })?;
    Ok(Answer::json(ask.operation.success, json!({ "status": status, "event_id": id })))
}

fn unfit(ask: &Ask<'_>, why: &str) -> Refusal {
    find::refuse(ask, 400, 1001, "Invalid event ID.").because(format!("1001: {why}"))
}

type Done = (&'static str, String);

fn publish(ask: &Ask<'_>, event: &mut Event, change: &mut Change<'_>) -> Result<Done, Refusal> {
    if event.stage != Stage::Draft || event.is_past(change.now) {
        return Err(unfit(ask, "only a draft whose time has not passed can be published."));
    }
    event.stage = Stage::Published;
    rooms::open(ask, event, change);
    tell::event(change, "zoom_events.event_published", event, None);
    Ok(("published", event.id.clone()))
}

fn cancel(ask: &Ask<'_>, event: &mut Event, change: &mut Change<'_>) -> Result<Done, Refusal> {
    if event.stage != Stage::Published || event.is_past(change.now) {
        return Err(unfit(ask, "only a published event whose time has not passed can be cancelled."));
    }
    if !event.tickets.is_empty() && ask.text("cancel_message").is_none_or(|message| message.trim().is_empty()) {
        return Err(Refusal::field("cancel_message").because("300: the registrants must be told why."));
    }
    for session in &mut event.sessions {
        rooms::close(session, change);
    }
    event.stage = Stage::Cancelled;
    tell::event(change, "zoom_events.event_cancelled", event, None);
    Ok(("cancelled", event.id.clone()))
}

/// A new draft with everything but the people; all its times move by as much as its start.
fn duplicate(ask: &Ask<'_>, event: &Event, change: &mut Change<'_>) -> Result<Done, Refusal> {
    let empty = Row::new();
    let wanted = ask.body.get("duplicate_event").and_then(Value::as_object).unwrap_or(&empty);
    if text(wanted, "name").trim().is_empty() {
        return Err(find::refuse(ask, 400, 1002, "Invalid duplicated event name."));
    }
    let bad_start = || find::refuse(ask, 400, 1002, "Invalid duplicated event start time.");
    let start = create::time(wanted, "start_time").filter(|start| *start >= change.now).ok_or_else(bad_start)?;
    let zone = wanted.get("timezone").map_or_else(|| text(&event.row, "timezone"), |_| text(wanted, "timezone"));
    if TimeZone::get(zone).is_err() {
        return Err(find::refuse(ask, 400, 1003, "Invalid duplicate event timezone."));
    }
    let mut copy = event.clone();
    copy.id = new_id(change.entropy);
    copy.host_id.clone_from(&ask.caller.me.id);
    (copy.stage, copy.created_at) = (Stage::Draft, change.now);
    put(&mut copy.row, "name", text(wanted, "name"));
    put(&mut copy.row, "timezone", zone);
    (copy.tickets, copy.check_ins, copy.links, copy.coeditors) = Default::default();
    copy.revoked.clear();
    renew(&mut copy, change);
    shift(&mut copy, start.duration_since(event.start));
    tell::event(change, "zoom_events.event_duplicated", &copy, Some(&event.id));
    let id = copy.id.clone();
    change.state.zoom_events.events.insert(id.clone(), copy.into());
    Ok(("duplicated", id))
}

/// New ids for what was copied, wherever they are named.
fn renew(copy: &mut Event, change: &Change<'_>) {
    let mut ids = BTreeMap::new();
    let old = copy.speakers.iter().map(|row| text(row, "speaker_id"));
    let old = old.chain(copy.ticket_types.iter().map(|row| text(row, "ticket_type_id")));
    let old = old.chain(copy.sessions.iter().map(|session| session.id.as_str()));
    for id in old.map(str::to_owned).collect::<Vec<_>>() {
        ids.insert(id, new_id(change.entropy));
    }
    let fresh = |id: &str| ids.get(id).cloned().unwrap_or_else(|| id.to_owned());
    for row in copy.speakers.iter_mut().chain(&mut copy.ticket_types) {
        replace(row, &fresh);
    }
    for session in &mut copy.sessions {
        session.id = fresh(&session.id);
        (session.meeting, session.stream, session.streams_in) = (None, None, false);
        (session.reservations, session.check_ins) = Default::default();
        replace(&mut session.row, &fresh);
    }
    copy.default_ticket_type = fresh(&copy.default_ticket_type);
    copy.questions = std::mem::take(&mut copy.questions).into_iter().map(|(id, row)| (fresh(&id), row)).collect();
}

fn replace(row: &mut Row, fresh: &impl Fn(&str) -> String) {
    for value in row.values_mut() {
        replace_in(value, fresh);
    }
}

fn replace_in(value: &mut Value, fresh: &impl Fn(&str) -> String) {
    match value {
        Value::String(id) => *id = fresh(id),
        Value::Array(items) => items.iter_mut().for_each(|item| replace_in(item, fresh)),
        Value::Object(inner) => replace(inner, fresh),
        _ => {}
    }
}

fn shift(copy: &mut Event, by: SignedDuration) {
    let later = |at: clock::Timestamp| at.saturating_add(by).unwrap_or(at);
    (copy.start, copy.end) = (later(copy.start), later(copy.end));
    for session in &mut copy.sessions {
        (session.start, session.end) = (later(session.start), later(session.end));
    }
    let days = copy.row.get_mut("calendar").and_then(Value::as_array_mut).into_iter().flatten();
    let rows = days.filter_map(Value::as_object_mut).chain(&mut copy.ticket_types);
    for row in rows {
        for name in ["start_time", "end_time"] {
            if let Some(at) = create::time(row, name) {
                put(row, name, instant(later(at)));
            }
        }
    }
    for name in ["lobby_start_time", "lobby_end_time", "start_time", "end_time"] {
        if let Some(at) = create::time(&copy.row, name) {
            put(&mut copy.row, name, instant(later(at)));
        }
    }
}
