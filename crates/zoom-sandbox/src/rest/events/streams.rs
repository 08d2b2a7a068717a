//! `…/sessions/{sessionId}/livestream` and `…/join_token`: how a session is reached from outside.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::{super::Ask, find, shape};
use crate::{
    answer::{Answer, Refusal},
    wire::{instant, put},
    world::{
        events::{Event, Row, Session},
        new_id, seal,
    },
};

pub(super) fn get(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let event = find::event(ask)?;
    let session = find::session(ask, &event)?;
    let mut row = Row::new();
    put(&mut row, "incoming_enabled", session.streams_in);
    if let Some(stream) = &session.stream {
        put(&mut row, "incoming_config", stream.clone());
    }
    Ok(Answer::json(ask.operation.success, shape::shaped(ask, "", &row)))
}

/// A key that was made once is used again.
pub(super) fn update(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let enabled = ask.body.get("incoming_enabled").and_then(Value::as_bool).unwrap_or(false);
    find::change(ask, |event, change| {
        let (from, until) = (event.start, event.end);
        let session = find::session_mut(ask, event)?;
        if session.kind() != 2 {
            let message = "Incoming livestream is supported only for webinar meeting_type sessions.";
            return Err(find::refuse(ask, 400, 26303, message));
        }
        let config = ask.body.get("incoming_config").and_then(Value::as_object);
        if enabled && config.is_none() {
            return Err(find::refuse(ask, 400, 26304, "Incoming livestream configuration is missing."));
        }
        if config.is_some_and(|config| config.get("stream_key_type") != Some(&"GENERATED".into())) {
            return Err(find::refuse(ask, 400, 26305, "Incoming livestream key type is invalid."));
        }
        session.streams_in = enabled;
        if enabled && session.stream.is_none() {
            let id = new_id(change.entropy);
            let stream = json!({
                "stream_key_id": id, "stream_key_name": format!("Key of {}", session.id),
                "stream_key_description": "", "stream_key_type": "GENERATED", "stream_key": new_id(change.entropy),
                "stream_url": "rtmp://127.0.0.1:1935/live", "stream_backup_url": "rtmp://127.0.0.1:1935/live?backup=1",
                "effective_time": instant(from), "expiration_time": instant(until),
            });
            session.stream = stream.as_object().cloned();
        }
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

pub(super) fn join_token(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let event = find::event(ask)?;
    let session = find::session(ask, &event)?;
    let (code, message) = standing(ask, &event, session);
    let token = if code == 0 {
        let key = ask.app.world.read(|state| state.key.clone());
        let me = &ask.caller.me.id;
        format!("sbx{}", URL_SAFE_NO_PAD.encode(seal(&key, &format!("join\n{}\n{}\n{me}", event.id, session.id))))
    } else {
        String::new()
    };
    let body = json!({ "code": code, "error_message": message, "join_token": token });
    Ok(Answer::json(ask.operation.success, body))
}

/// Whether the caller may join: a host without a ticket, everybody else with one.
fn standing(ask: &Ask<'_>, event: &Event, session: &Session) -> (u32, &'static str) {
    let me = &ask.caller.me;
    if session.meeting.is_none() {
        return (1120, "The session has no meeting or webinar.");
    }
    if event.host_id == me.id || event.tickets_of(&me.email).any(|ticket| event.admits(ticket, &session.id)) {
        return (0, "success");
    }
    if event.revoked.contains(&me.email.to_ascii_lowercase()) {
        return (1150, "The ticket was revoked.");
    }
    (1130, "The ticket was not found.")
}
