//! Who was checked in at the door: of an event, and of one of its sessions.

use serde_json::{Value, json};

use super::{super::Ask, find, shape};
use crate::{
    answer::{Answer, Refusal},
    wire::put,
    world::events::{Event, Row, text},
};

pub(super) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let event = find::event(ask)?;
    let known =
        if ask.param("sessionId").is_empty() { &event.check_ins } else { &find::session(ask, &event)?.check_ins };
    let wanted = |one: &&Row| ask.query("email").is_none_or(|email| text(one, "email").eq_ignore_ascii_case(email));
    let rows: Vec<Row> = known.iter().filter(wanted).cloned().collect();
    shape::listed(ask, "attendees", &rows)
}

/// Those without a ticket for the place itself are named in the answer; the others are in.
pub(super) fn update(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let sent: Vec<Row> = ask
        .body
        .get("attendees")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|one| one.as_object().cloned())
        .collect();
    let errors: Vec<Value> = find::change(ask, |event, _| {
        let session_id = ask.param("sessionId");
        if !session_id.is_empty() {
            find::session(ask, event)?;
        }
        let mut errors = Vec::new();
        for mut one in sent {
            let email = text(&one, "email").to_owned();
            if !is_expected(event, &email, session_id) {
                errors.push(json!({ "email": email, "message": "User doesn't have an on-site ticket." }));
                continue;
            }
            put(&mut one, "source", ask.text("source").unwrap_or_default());
            let list = if session_id.is_empty() {
                &mut event.check_ins
            } else {
                &mut find::session_mut(ask, event)?.check_ins
            };
            list.retain(|known| !text(known, "email").eq_ignore_ascii_case(&email));
            list.push(one);
        }
        Ok(errors)
    })?;
    Ok(Answer::json(ask.operation.success, json!({ "errors": errors })))
}

/// Whether a ticket of theirs is for the place (and for the session, where one is named).
fn is_expected(event: &Event, email: &str, session_id: &str) -> bool {
    event.tickets_of(email).any(|ticket| {
        let kind = event.ticket_type(text(ticket, "ticket_type_id"));
        let attends = kind.map(|kind| text(kind, "attendance_type")).filter(|attends| !attends.is_empty());
        let attends = attends.unwrap_or_else(|| text(&event.row, "attendance_type"));
        matches!(attends, "in-person" | "hybrid") && (session_id.is_empty() || event.admits(ticket, session_id))
    })
}
