//! `/zoom_events/events/{eventId}/tickets`, and who holds them.

use serde_json::{Value, json};

use super::{super::Ask, create, find, questions, shape, ticket_types};
use crate::{
    answer::{Answer, Refusal},
    wire::{instant, put},
    world::{
        Change,
        events::{Event, Row, Stage, tell, text},
        new_id,
    },
};

pub(super) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let event = find::event(ask)?;
    let wanted = |ticket: &&Row| {
        ["external_ticket_id", "email", "ticket_type_id"]
            .into_iter()
            .all(|name| ask.query(name).is_none_or(|value| text(ticket, name).eq_ignore_ascii_case(value)))
    };
    let rows: Vec<Row> = event.tickets.iter().filter(wanted).cloned().collect();
    shape::listed(ask, "tickets", &rows)
}

pub(super) fn get(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let event = find::event(ask)?;
    let ticket = event.tickets.get(at(ask, &event)?).cloned().unwrap_or_default();
    Ok(Answer::json(ask.operation.success, shape::shaped(ask, "", &ticket)))
}

fn at(ask: &Ask<'_>, event: &Event) -> Result<usize, Refusal> {
    let at = find::position(&event.tickets, "ticket_id", ask.param("ticketId"));
    at.ok_or_else(|| find::refuse(ask, 404, 26503, "Ticket not found."))
}

/// A single ticket that cannot be had refuses the request; of several, those that can be had are made.
pub(super) fn create(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let wanted: Vec<Row> = ask
        .body
        .get("tickets")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|one| one.as_object().cloned())
        .collect();
    if wanted.is_empty() {
        return Err(Refusal::field("tickets"));
    }
    let (made, errors) = find::change(ask, |event, change| {
        if event.stage != Stage::Published {
            return Err(find::refuse(ask, 400, 26501, "Event is not published yet."));
        }
        let (mut made, mut errors) = (Vec::new(), Vec::new());
        for one in &wanted {
            match issue(ask, event, change, one) {
                Ok(ticket) => made.push(shape::shaped(ask, "tickets[].", &ticket)),
                Err((_, refusal)) if wanted.len() == 1 && refusal.is_some() => {
                    return Err(refusal.unwrap_or_else(|| Refusal::field("tickets")));
                }
                Err((code, _)) => errors.push(
                    json!({ "email": text(one, "email"), "error_code": code, "message": code.replace('_', " ") }),
                ),
            }
        }
        Ok((made, errors))
    })?;
    Ok(Answer::json(ask.operation.success, json!({ "errors": errors, "tickets": made })))
}

type Unissued = (&'static str, Option<Refusal>);

fn issue(ask: &Ask<'_>, event: &mut Event, change: &mut Change<'_>, wanted: &Row) -> Result<Row, Unissued> {
    let says = |name: &str| wanted.get(name).and_then(Value::as_bool).unwrap_or(false);
    let refuse = |status, code, message| Some(find::refuse(ask, status, code, message));
    if !text(wanted, "email").contains('@') {
        return Err(("email_not_found", None));
    }
    if says("fast_join") && says("registration_needed") {
        return Err(("fast_join_with_registrationNeeded", None));
    }
    let id = Some(text(wanted, "ticket_type_id"))
        .filter(|id| !id.is_empty())
        .unwrap_or(&event.default_ticket_type)
        .to_owned();
    let Some(kind) = event.ticket_type(&id) else {
        return Err(("ticket_type_notfound", refuse(400, 26502, "The ticket type ID is invalid.")));
    };
    let (from, until) = (create::time(kind, "start_time"), create::time(kind, "end_time"));
    if from.is_some_and(|from| change.now < from) || until.is_some_and(|until| until <= change.now) {
        return Err(("invalid_sale_time", refuse(400, 26401, "The ticket sale dates are invalid.")));
    }
    let stock = kind.get("quantity").and_then(Value::as_f64);
    let sold = u32::try_from(ticket_types::sold(event, &id)).unwrap_or(u32::MAX);
    if stock.is_some_and(|stock| f64::from(sold) >= stock) {
        return Err(("stock_not_exist", refuse(404, 2007, "Not enough stock or invalid `ticket_type_id`.")));
    }
    if event.tickets_of(text(wanted, "email")).any(|ticket| text(ticket, "ticket_type_id") == id) {
        return Err(("ticket_generated_failed", None));
    }
    if !says("registration_needed") {
        questions::check(ask, event, &id, wanted)
            .map_err(|refusal| ("invalid_api_registration_questions_answers", Some(refusal)))?;
    }
    let ticket = ticket(ask, event, change, wanted, &id);
    event.revoked.remove(&text(&ticket, "email").to_ascii_lowercase());
    event.tickets.push(ticket.clone());
    tell::ticket(change, "zoom_events.ticket_created", event, &ticket);
    Ok(ticket)
}

fn ticket(ask: &Ask<'_>, event: &Event, change: &Change<'_>, wanted: &Row, kind: &str) -> Row {
    let says = |name: &str| wanted.get(name).and_then(Value::as_bool).unwrap_or(false);
    let mut ticket = wanted.clone();
    let (id, base) = (new_id(change.entropy), &ask.app.base);
    put(&mut ticket, "event_join_link", format!("{base}/ejl/{id}"));
    put(&mut ticket, "event_registration_link", format!("{base}/etr/{id}"));
    put(&mut ticket, "qr_code_url", format!("{base}/qr?t=9&ein={id}"));
    put(&mut ticket, "ticket_id", id);
    put(&mut ticket, "ticket_type_id", kind);
    put(&mut ticket, "register_date", instant(change.now));
    put(&mut ticket, "ticket_role_type", if says("registration_needed") { "pre_registration" } else { "normal" });
    put(&mut ticket, "registration_source", ask.text("registration_source").unwrap_or_default());
    put(&mut ticket, "authentication_method", if says("fast_join") { "no_auth" } else { "zoom_account_otp" });
    let first = wanted.get("session_ids").and_then(Value::as_array).and_then(|ids| ids.first());
    let only =
        event.sessions.first().filter(|_| !event.is_conference()).map(|session| Value::from(session.id.as_str()));
    if let Some(session) = first.cloned().or(only) {
        put(&mut ticket, "session_id", session);
    }
    ticket
}

pub(super) fn update(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    find::change(ask, |event, change| {
        let at = at(ask, event)?;
        if event.stage == Stage::Cancelled || event.is_past(change.now) {
            let refusal = find::refuse(ask, 400, 1063, "Ticket ID can not updated.");
            return Err(refusal.because("1063: the event is over or was cancelled."));
        }
        let mut ticket = event.tickets.get(at).cloned().unwrap_or_default();
        shape::lay(&mut ticket, &ask.body);
        tell::ticket(change, "zoom_events.ticket_updated", event, &ticket);
        if let Some(place) = event.tickets.get_mut(at) {
            *place = ticket;
        }
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

/// Whoever held the last ticket of theirs loses their places too.
pub(super) fn delete(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    find::change(ask, |event, change| {
        let at = at(ask, event)?;
        let ticket = event.tickets.remove(at);
        let email = text(&ticket, "email").to_ascii_lowercase();
        if event.tickets_of(&email).next().is_none() {
            let is_them = |known: &str| known.eq_ignore_ascii_case(&email);
            event.check_ins.retain(|one| !is_them(text(one, "email")));
            for session in &mut event.sessions {
                session.reservations.retain(|known| !is_them(known));
                session.check_ins.retain(|one| !is_them(text(one, "email")));
            }
            event.revoked.insert(email);
        }
        tell::ticket(change, "zoom_events.ticket_deleted", event, &ticket);
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

/// `GET …/registrants`: the tickets by person.
pub(super) fn registrants(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let event = find::event(ask)?;
    let mut rows: Vec<Row> = Vec::new();
    for ticket in &event.tickets {
        let email = text(ticket, "email");
        if rows.iter().any(|row| text(row, "email").eq_ignore_ascii_case(email)) {
            continue;
        }
        let theirs: Vec<Value> = event.tickets_of(email).map(|ticket| json!({
            "ticket_id": ticket.get("ticket_id"), "role": "ATTENDEE",
            "authentication_method": ticket.get("authentication_method"), "qr_code_url": ticket.get("qr_code_url"),
        })).collect();
        let invited = text(ticket, "ticket_role_type") == "pre_registration";
        let mut row = Row::new();
        put(&mut row, "email", email);
        put(&mut row, "registration_status", if invited { "PRE_REGISTER_INVITED" } else { "PRE_REGISTERED" });
        put(&mut row, "tickets", theirs);
        rows.push(row);
    }
    shape::listed(ask, "registrants", &rows)
}

/// `GET …/sessions/{sessionId}/attendees`: those whose tickets let them in.
pub(super) fn attendees(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let event = find::event(ask)?;
    let session = find::session(ask, &event)?;
    let mut rows: Vec<Row> = event.tickets.iter().filter(|ticket| event.admits(ticket, &session.id)).cloned().collect();
    let mut seen = std::collections::BTreeSet::new();
    rows.retain(|row| seen.insert(text(row, "email").to_ascii_lowercase()));
    shape::listed(ask, "attendees", &rows)
}
