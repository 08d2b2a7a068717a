//! `/zoom_events/events/{eventId}/ticket_types`.

use serde_json::Value;

use super::{super::Ask, create, find, shape};
use crate::{
    answer::{Answer, Refusal},
    wire::put,
    world::{
        events::{Event, Row, tell, text},
        new_id,
    },
};

pub(super) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let event = find::event(ask)?;
    let rows: Vec<Row> = event.ticket_types.iter().map(|kind| counted(&event, kind)).collect();
    shape::listed(ask, "ticket_types", &rows)
}

/// How many tickets of a type there are.
pub(super) fn sold(event: &Event, id: &str) -> usize {
    event.tickets.iter().filter(|ticket| text(ticket, "ticket_type_id") == id).count()
}

fn counted(event: &Event, kind: &Row) -> Row {
    let mut row = kind.clone();
    put(&mut row, "sold_quantity", sold(event, text(kind, "ticket_type_id")));
    row.entry("private_visibility_rules").or_insert_with(|| serde_json::json!({ "account_restrict": false }));
    row
}

pub(super) fn create(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let id = find::change(ask, |event, change| {
        if !event.is_conference() {
            return Err(find::denied(ask, "only conferences take ticket types beside their first."));
        }
        let mut kind = Row::new();
        put(&mut kind, "ticket_type_id", new_id(change.entropy));
        put(&mut kind, "sessions", vec!["ALL"]);
        put(&mut kind, "bookmarked_sessions", vec!["ALL"]);
        lay(ask, event, &mut kind)?;
        tell::ticket_type(change, "zoom_events.ticket_type_created", event, &kind);
        let id = text(&kind, "ticket_type_id").to_owned();
        event.ticket_types.push(kind);
        Ok(id)
    })?;
    Ok(Answer::json(ask.operation.success, serde_json::json!({ "ticket_type_id": id })))
}

pub(super) fn update(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    find::change(ask, |event, change| {
        let at = at(ask, event)?;
        let mut kind = event.ticket_types.get(at).cloned().unwrap_or_default();
        lay(ask, event, &mut kind)?;
        tell::ticket_type(change, "zoom_events.ticket_type_updated", event, &kind);
        if let Some(place) = event.ticket_types.get_mut(at) {
            *place = kind;
        }
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

pub(super) fn delete(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    find::change(ask, |event, change| {
        let at = at(ask, event)?;
        if sold(event, ask.param("ticketTypeId")) > 0 {
            let refusal = find::refuse(ask, 404, 26502, "The ticket type ID is invalid.");
            return Err(refusal.because("26502: somebody holds a ticket of this type."));
        }
        let kind = event.ticket_types.remove(at);
        event.questions.remove(ask.param("ticketTypeId"));
        tell::ticket_type(change, "zoom_events.ticket_type_deleted", event, &kind);
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

fn at(ask: &Ask<'_>, event: &Event) -> Result<usize, Refusal> {
    let at = find::position(&event.ticket_types, "ticket_type_id", ask.param("ticketTypeId"));
    at.ok_or_else(|| find::refuse(ask, 404, 26502, "The ticket type ID is invalid."))
}

/// Lays the body over a ticket type: its sale must end after it begins, and its sessions must be the event's.
fn lay(ask: &Ask<'_>, event: &Event, kind: &mut Row) -> Result<(), Refusal> {
    shape::lay(kind, &ask.body);
    kind.remove("sold_quantity");
    let (from, until) = (create::time(kind, "start_time"), create::time(kind, "end_time"));
    if from.is_none() || until.is_none() || until <= from {
        return Err(find::refuse(ask, 400, 26401, "The ticket sale dates are invalid."));
    }
    for name in ["sessions", "bookmarked_sessions"] {
        let ids = kind.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        if ids.into_iter().any(|id| id != "ALL" && !event.sessions.iter().any(|session| session.id == id)) {
            return Err(Refusal::field(name));
        }
    }
    Ok(())
}
