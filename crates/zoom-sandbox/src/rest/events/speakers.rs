//! `/zoom_events/events/{eventId}/speakers`.

use serde_json::Value;

use super::{super::Ask, create::moderate, find, shape};
use crate::{
    answer::{Answer, Refusal},
    wire::put,
    world::{
        events::{Event, Row, tell, text},
        new_id,
    },
};

/// How many speakers an event takes.
const CAPACITY: usize = 300;
const MODERATED: [&str; 4] = ["name", "job_title", "biography", "company_name"];

pub(super) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    shape::listed(ask, "speakers", &find::event(ask)?.speakers)
}

pub(super) fn get(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let event = find::event(ask)?;
    let speaker = event.speakers.get(at(ask, &event)?).cloned().unwrap_or_default();
    Ok(Answer::json(ask.operation.success, shape::shaped(ask, "", &speaker)))
}

pub(super) fn create(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let speaker = find::change(ask, |event, change| {
        check(ask, event, "")?;
        if event.speakers.len() >= CAPACITY {
            return Err(find::refuse(ask, 403, 3002, "You have exceeded the maximum speaker capacity."));
        }
        let mut speaker = Row::new();
        put(&mut speaker, "speaker_id", new_id(change.entropy));
        shape::lay(&mut speaker, &ask.body);
        event.speakers.push(speaker.clone());
        tell::speaker(change, "zoom_events.speaker_created", event, &speaker);
        Ok(speaker)
    })?;
    Ok(Answer::json(ask.operation.success, shape::shaped(ask, "", &speaker)))
}

pub(super) fn update(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    find::change(ask, |event, change| {
        let at = at(ask, event)?;
        let id = ask.param("speakerId");
        check(ask, event, id)?;
        if let Some(email) = ask.text("email").filter(|email| !email.is_empty()) {
            let theirs = event.sessions.iter().filter(|session| session.speaker_ids().any(|known| known == id));
            if theirs.into_iter().any(|session| session.gives_a_part_to(email, &[])) {
                return Err(find::refuse(ask, 400, 1005, "The same person has been assigned multiple roles."));
            }
        }
        let mut speaker = event.speakers.get(at).cloned().unwrap_or_default();
        shape::lay(&mut speaker, &ask.body);
        tell::speaker(change, "zoom_events.speaker_updated", event, &speaker);
        if let Some(place) = event.speakers.get_mut(at) {
            *place = speaker;
        }
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

/// The sessions they were to speak in go on without them.
pub(super) fn delete(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    find::change(ask, |event, change| {
        let at = at(ask, event)?;
        let speaker = event.speakers.remove(at);
        for session in &mut event.sessions {
            if let Some(Value::Array(named)) = session.row.get_mut("session_speakers") {
                named.retain(|one| one.get("speaker_id") != speaker.get("speaker_id"));
            }
        }
        tell::speaker(change, "zoom_events.speaker_deleted", event, &speaker);
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

fn at(ask: &Ask<'_>, event: &Event) -> Result<usize, Refusal> {
    let at = find::position(&event.speakers, "speaker_id", ask.param("speakerId"));
    at.ok_or_else(|| find::refuse(ask, 404, 2005, "Speaker not found."))
}

/// Words, and addresses that another speaker (not the one with the id `own`) has.
fn check(ask: &Ask<'_>, event: &Event, own: &str) -> Result<(), Refusal> {
    moderate(ask, &ask.body, &MODERATED)?;
    if ask.text("name").is_some_and(|name| name.trim().is_empty()) {
        return Err(Refusal::field("name"));
    }
    let email = ask.text("email").unwrap_or_default();
    if !email.is_empty() && !email.contains('@') {
        return Err(Refusal::field("email"));
    }
    let mut others = event.speakers.iter().filter(|speaker| text(speaker, "speaker_id") != own);
    if !email.is_empty() && others.any(|speaker| text(speaker, "email").eq_ignore_ascii_case(email)) {
        return Err(find::refuse(ask, 400, 1003, "The email address has already been used by another speaker."));
    }
    Ok(())
}
