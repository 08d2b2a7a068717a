//! `/zoom_events/events/{eventId}/sessions/{sessionId}/polls`.

use serde_json::Value;

use super::{super::Ask, find, shape};
use crate::{
    answer::{Answer, Refusal},
    wire::put,
    world::{
        events::{Row, text},
        new_id,
    },
};

pub(super) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let event = find::event(ask)?;
    shape::listed(ask, "polls", &find::session(ask, &event)?.polls)
}

/// The list that is sent takes the place of the one there was; polls with an id must be among those there were.
pub(super) fn replace(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let sent = ask.body.get("polls").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut rows: Vec<Row> = sent.into_iter().filter_map(|one| one.as_object().cloned()).collect();
    find::change(ask, |event, change| {
        let session = find::session_mut(ask, event)?;
        for (index, poll) in rows.iter_mut().enumerate() {
            let id = text(poll, "id").to_owned();
            if id.is_empty() {
                put(poll, "id", new_id(change.entropy));
            } else if find::position(&session.polls, "id", &id).is_none() {
                return Err(Refusal::field(&format!("polls[{index}].id")));
            }
            poll.entry("status").or_insert_with(|| "active".into());
        }
        session.polls = rows;
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}
