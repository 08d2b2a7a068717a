//! The reports of an event that its tickets, places and check-ins can tell: registrations and attendance.
//!
//! Nobody enters a lobby, chats or looks at material in the sandbox: what counts that is zero.

use std::collections::BTreeSet;

use clock::Timestamp;
use serde_json::{Value, json};
use zoom_spec::Place;

use super::{
    super::{Ask, page},
    create, find,
};
use crate::{
    answer::{Answer, Refusal},
    wire::{instant, put},
    world::events::{Event, Row, Session, text},
};

pub(super) fn registrations(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let event = find::event(ask)?;
    let (from, until) = range(ask)?;
    let mut rows = Vec::new();
    for ticket in firsts(&event) {
        let at = create::time(ticket, "register_date").unwrap_or(event.created_at);
        if at < from || at > until {
            continue;
        }
        let mut row = person(&event, ticket);
        put(&mut row, "register_date", text(ticket, "register_date"));
        put(&mut row, "registration_method", "pre_registration");
        put(&mut row, "registration_source", text(ticket, "registration_source"));
        rows.push(row.into());
    }
    Ok(Answer::json(ask.operation.success, page::records(ask, "registrations", rows)?))
}

pub(super) fn attendance(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let event = find::event(ask)?;
    let (from, until) = range(ask)?;
    let is_in_range = event.start <= until && from <= event.end;
    let rows = firsts(&event).into_iter().filter(|_| is_in_range).map(|ticket| attendee(&event, ticket)).collect();
    Ok(Answer::json(ask.operation.success, page::records(ask, "attendees", rows)?))
}

fn attendee(event: &Event, ticket: &Row) -> Value {
    let email = text(ticket, "email");
    let mut row = person(event, ticket);
    for name in ["lobby_chat_sent", "survey_taken", "personal_chats", "connection_made"] {
        put(&mut row, name, 0);
    }
    put(&mut row, "lobby_attendance", "absent");
    put(&mut row, "total_sessions_joined", event.sessions.iter().filter(|session| was_in(session, email)).count());
    put(&mut row, "number_of_tickets", event.tickets_of(email).count());
    put(&mut row, "role", "ATTENDEE");
    put(&mut row, "profile_created", false);
    put(&mut row, "last_modified_date", text(ticket, "register_date"));
    let sessions: Vec<Value> = event.sessions.iter().map(|session| in_session(session, email)).collect();
    put(&mut row, "session_attendance", sessions);
    row.into()
}

fn in_session(session: &Session, email: &str) -> Value {
    json!({
        "session_id": session.id,
        "session_name": text(&session.row, "name"),
        "session_attendance": if was_in(session, email) { "attended" } else { "absent" },
        "duration_spent_in_session": 0,
        "chat_messages_sent": 0,
        "material_download": false,
        "recording_view": false,
        "live_streaming_view": false,
        "recording_view_duration": 0,
        "live_streaming_view_duration": 0,
        "session_reserved": session.reservations.iter().any(|known| known.eq_ignore_ascii_case(email)),
        "session_bookmarked": false,
    })
}

pub(super) fn session(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let event = find::event(ask)?;
    let session = find::session(ask, &event)?;
    let mut seen = BTreeSet::new();
    let let_in = event.tickets.iter().filter(|ticket| event.admits(ticket, &session.id));
    let each = let_in.filter(|ticket| seen.insert(text(ticket, "email").to_ascii_lowercase()));
    let rows = each.map(|ticket| session_attendee(ask, &event, session, ticket)).collect();
    Ok(Answer::json(ask.operation.success, page::records(ask, "attendees", rows)?))
}

fn session_attendee(ask: &Ask<'_>, event: &Event, session: &Session, ticket: &Row) -> Value {
    let came = was_in(session, text(ticket, "email"));
    let mut row = person(event, ticket);
    row.remove("event_attendance");
    // Of the tickets it tells less than the other reports.
    let is_told = |name: &str| ask.operation.field(Place::Answer, &format!("attendees[].tickets[].{name}")).is_some();
    for ticket in row.get_mut("tickets").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Value::Object(ticket) = ticket {
            ticket.retain(|name, _| is_told(name));
        }
    }
    put(&mut row, "start_time", instant(session.start));
    put(&mut row, "end_time", instant(session.end));
    put(&mut row, "session_id", session.id.as_str());
    put(&mut row, "authentication_method", text(ticket, "authentication_method"));
    put(&mut row, "attendance_type", if came { "qr_code_scan" } else { "virtual" });
    put(&mut row, "session_attendance", if came { "yes" } else { "no" });
    if came {
        put(&mut row, "check_in_method", "api");
    }
    for name in
        ["duration_spent_in_session", "chat_messages_sent", "recording_view_duration", "live_streaming_view_duration"]
    {
        put(&mut row, name, 0);
    }
    for name in ["material_download", "recording_view", "live_streaming_view"] {
        put(&mut row, name, false);
    }
    put(&mut row, "role_name", "ATTENDEE");
    row.into()
}

/// The time the report is about; without one, all of it.
fn range(ask: &Ask<'_>) -> Result<(Timestamp, Timestamp), Refusal> {
    let read = |name: &str, default: Timestamp| match ask.query(name) {
        None => Ok(default),
        Some(given) => given.parse().map_err(|_| Refusal::field(name)),
    };
    Ok((read("from", Timestamp::MIN)?, read("to", Timestamp::MAX)?))
}

/// The first ticket of everybody.
fn firsts(event: &Event) -> Vec<&Row> {
    let mut seen = BTreeSet::new();
    event.tickets.iter().filter(|ticket| seen.insert(text(ticket, "email").to_ascii_lowercase())).collect()
}

fn was_in(session: &Session, email: &str) -> bool {
    session.check_ins.iter().any(|one| text(one, "email").eq_ignore_ascii_case(email))
}

/// What every report says about somebody.
fn person(event: &Event, ticket: &Row) -> Row {
    let email = text(ticket, "email");
    let checked_in = event.check_ins.iter().any(|one| text(one, "email").eq_ignore_ascii_case(email));
    let came = checked_in || event.sessions.iter().any(|session| was_in(session, email));
    let mut row = Row::new();
    for name in ["email", "first_name", "last_name"] {
        put(&mut row, name, text(ticket, name));
    }
    let display = format!("{} {}", text(ticket, "first_name"), text(ticket, "last_name"));
    put(&mut row, "display_name", display.trim());
    put(&mut row, "opt_in_marketing", 0);
    put(&mut row, "marketing_consent_prechecked", 0);
    put(&mut row, "event_attendance", if came { "attended" } else { "absent" });
    put(&mut row, "attendance_type", if came { vec!["in_person"] } else { Vec::new() });
    let tickets: Vec<Value> = event.tickets_of(email).map(|ticket| held(event, ticket)).collect();
    put(&mut row, "tickets", tickets);
    row
}

/// A ticket, with what its holder answered.
fn held(event: &Event, ticket: &Row) -> Value {
    let kind = event.ticket_type(text(ticket, "ticket_type_id")).map(|kind| text(kind, "name")).unwrap_or_default();
    let mut shown = Row::new();
    put(&mut shown, "ticket_type_name", kind);
    for name in ["ticket_type_id", "external_ticket_id", "ticket_id", "authentication_method"] {
        put(&mut shown, name, text(ticket, name));
    }
    put(&mut shown, "questions", ticket.get("custom_questions").cloned().unwrap_or_else(|| json!([])));
    shown.into()
}
