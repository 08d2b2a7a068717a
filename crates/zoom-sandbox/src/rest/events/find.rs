//! From a path's `{eventId}` to the event, for those who may work on it, and the refusals of Zoom Events.

use super::super::Ask;
use crate::{
    answer::Refusal,
    world::{
        Change, Person, Shared,
        events::{Event, Hub, Row, Session, ZoomEvents, text},
    },
};

/// The documented refusal with this code that begins like `message`, or `message` where the operation documents none.
pub(super) fn refuse(ask: &Ask<'_>, status: u16, code: u32, message: &str) -> Refusal {
    let alike = |length: usize| {
        let begins = message.get(..length).unwrap_or(message);
        ask.operation.errors().iter().find(|error| error.code == code && error.message.starts_with(begins))
    };
    let known = alike(message.len()).or_else(|| alike(5)).or_else(|| alike(0));
    known.map_or_else(|| Refusal::new(status, code, message), |error| Refusal::new(error.status, code, &*error.message))
}

pub(super) fn denied(ask: &Ask<'_>, why: &str) -> Refusal {
    refuse(ask, 403, 260_200, "Event access denied.").because(format!("260200: {why}"))
}

/// No such event. Operations say it with different codes.
fn unknown(ask: &Ask<'_>) -> Refusal {
    let known = ask.operation.errors().iter().find(|e| {
        e.status == 404 && e.message.starts_with("Event") && says_not_found(&e.message) && !e.message.contains("link")
    });
    known.map_or_else(|| Refusal::new(404, 2002, "Event not found."), |e| Refusal::new(404, e.code, &*e.message))
}

fn says_not_found(message: &str) -> bool {
    message.to_ascii_lowercase().contains("not found")
}

/// No such session of this event.
fn unknown_session(ask: &Ask<'_>) -> Refusal {
    let known = ask.operation.errors().iter().find(|e| e.message.starts_with("Session not found"));
    known.map_or_else(|| Refusal::new(404, 2003, "Session not found."), |e| Refusal::new(e.status, e.code, &*e.message))
}

/// The hub of the path.
pub(super) fn hub(ask: &Ask<'_>, events: &ZoomEvents) -> Result<Hub, Refusal> {
    let found = events.hubs.get(ask.param("hubId")).filter(|hub| hub.account_id == ask.account_id);
    found.cloned().ok_or_else(|| refuse(ask, 404, 2001, "Hub not found."))
}

/// Whether somebody may work on an event: its co-editors, and those hosts of its hub who made it or run the account.
pub(super) fn may_edit(events: &ZoomEvents, event: &Event, me: &Person) -> bool {
    let coedits = event.coeditors.iter().any(|one| text(one, "email").eq_ignore_ascii_case(&me.email));
    let hosts = events.hubs.get(&event.hub_id).is_some_and(|hub| hub.hosts.contains(&me.id));
    coedits || hosts && (event.host_id == me.id || runs_account(me))
}

fn runs_account(me: &Person) -> bool {
    matches!(me.role_id.as_str(), "0" | "1")
}

fn look(ask: &Ask<'_>, events: &ZoomEvents) -> Result<Shared<Event>, Refusal> {
    let found = events.events.get(ask.param("eventId")).ok_or_else(|| unknown(ask))?;
    if found.account_id != ask.account_id || !may_edit(events, found, &ask.caller.me) {
        return Err(denied(ask, "whoever made this app is neither a host of the event's hub nor its co-editor."));
    }
    Ok(found.clone())
}

/// The event of the path.
pub(super) fn event(ask: &Ask<'_>) -> Result<Shared<Event>, Refusal> {
    ask.app.world.read(|state| look(ask, &state.zoom_events))
}

/// Changes the event of the path.
pub(super) fn change<T>(
    ask: &Ask<'_>,
    make: impl FnOnce(&mut Event, &mut Change<'_>) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    ask.change(|change| {
        let mut event = Event::clone(&*look(ask, &change.state.zoom_events)?);
        let answer = make(&mut event, change)?;
        change.state.zoom_events.events.insert(event.id.clone(), event.into());
        Ok(answer)
    })
}

/// The session of the path.
pub(super) fn session<'a>(ask: &Ask<'_>, event: &'a Event) -> Result<&'a Session, Refusal> {
    event.sessions.iter().find(|session| session.id == ask.param("sessionId")).ok_or_else(|| unknown_session(ask))
}

/// The same, to change it.
pub(super) fn session_mut<'a>(ask: &Ask<'_>, event: &'a mut Event) -> Result<&'a mut Session, Refusal> {
    event.sessions.iter_mut().find(|session| session.id == ask.param("sessionId")).ok_or_else(|| unknown_session(ask))
}

/// Where in `rows` the one with this id stands.
pub(super) fn position(rows: &[Row], name: &str, id: &str) -> Option<usize> {
    rows.iter().position(|row| text(row, name) == id)
}
