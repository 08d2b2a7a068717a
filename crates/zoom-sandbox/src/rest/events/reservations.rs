//! `/zoom_events/events/{eventId}/sessions/{sessionId}/reservations`: places in a session.

use serde_json::Value;

use super::{super::Ask, find, shape};
use crate::{
    answer::{Answer, Refusal},
    wire::put,
    world::events::{Event, Row, Session, text},
};

pub(super) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let event = find::event(ask)?;
    let rows: Vec<Row> = find::session(ask, &event)?.reservations.iter().map(|email| holder(&event, email)).collect();
    shape::listed(ask, "reservations", &rows)
}

fn holder(event: &Event, email: &str) -> Row {
    let mut row = Row::new();
    put(&mut row, "email", email);
    for name in ["first_name", "last_name"] {
        put(&mut row, name, event.tickets_of(email).map(|ticket| text(ticket, name)).next().unwrap_or_default());
    }
    row
}

pub(super) fn add(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let email = ask.text("email").unwrap_or_default();
    find::change(ask, |event, change| {
        let session = find::session(ask, event)?;
        let host = change.state.person_by_id(&event.host_id).map(|host| host.email.clone()).unwrap_or_default();
        may_have(ask, event, session, email, &host)?;
        find::session_mut(ask, event)?.reservations.push(email.to_owned());
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

/// Zoom's rules in the order of its codes for them, what is asked of the session first.
fn may_have(ask: &Ask<'_>, event: &Event, session: &Session, email: &str, host: &str) -> Result<(), Refusal> {
    let option = |name: &str| session.row.get("session_reservation").and_then(|option| option.get(name));
    if option("allow_reservations") != Some(&true.into()) {
        return Err(find::refuse(ask, 400, 26307, "Session reservation is disabled."));
    }
    if email.eq_ignore_ascii_case(host) {
        return Err(find::refuse(ask, 400, 26308, "Host session reservation is disabled."));
    }
    if session.gives_a_part_to(email, &event.speakers) {
        return Err(find::refuse(ask, 400, 26310, "Reservations are not required for users with special roles."));
    }
    if !event.tickets_of(email).any(|ticket| event.admits(ticket, &session.id)) {
        return Err(find::refuse(ask, 400, 26309, "User does not have access to this session."));
    }
    let holds = |session: &Session| session.reservations.iter().any(|known| known.eq_ignore_ascii_case(email));
    let overlaps = |other: &&Session| other.start < session.end && session.start < other.end;
    if event.sessions.iter().filter(overlaps).any(holds) {
        // Zoom documents this refusal with the list, where nothing can overlap.
        let message =
            "The time range is overlapping or you have reached the maximum number of sessions on the same day.";
        return Err(Refusal::new(400, 26302, message));
    }
    let taken = i64::try_from(session.reservations.len()).unwrap_or(i64::MAX);
    if option("max_capacity").and_then(Value::as_i64).is_some_and(|capacity| taken >= capacity) {
        return Err(find::refuse(ask, 400, 26306, "No reservations available. Maximum capacity reached."));
    }
    Ok(())
}

pub(super) fn delete(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let email = ask.text("email").unwrap_or_default();
    find::change(ask, |event, _| {
        let session = find::session_mut(ask, event)?;
        let at = session.reservations.iter().position(|known| known.eq_ignore_ascii_case(email));
        let at = at.ok_or_else(|| find::refuse(ask, 400, 26311, "Session reservation not found."))?;
        session.reservations.remove(at);
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}
