//! `/zoom_events/events/{eventId}/sessions/{sessionId}/interpreters`.

use serde_json::{Value, json};

use super::{super::Ask, find, shape};
use crate::{
    answer::{Answer, Refusal},
    wire::put,
    world::events::{Row, text},
};

const LANGUAGES: [(&str, &str); 9] = [
    ("US", "English"),
    ("CN", "Chinese"),
    ("JP", "Japanese"),
    ("DE", "German"),
    ("FR", "French"),
    ("RU", "Russian"),
    ("PT", "Portuguese"),
    ("ES", "Spanish"),
    ("KR", "Korean"),
];

fn display(id: &str) -> &str {
    LANGUAGES.iter().find(|(known, _)| *known == id).map_or(id, |(_, name)| name)
}

pub(super) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let event = find::event(ask)?;
    let rows: Vec<Row> = find::session(ask, &event)?.interpreters.iter().map(named).collect();
    shape::listed(ask, "interpreters", &rows)
}

fn named(one: &Row) -> Row {
    let mut row = one.clone();
    for side in ["source", "target"] {
        let id = text(one, &format!("{side}_language_id"));
        if !id.is_empty() {
            put(&mut row, &format!("{side}_language_display_name"), display(id));
        }
    }
    row
}

/// What a session shows of an interpreter: the language they speak into.
pub(super) fn language(one: &Row) -> Value {
    let id = text(one, "target_language_id");
    json!({ "language_id": id, "language_display_name": display(id) })
}

/// The list that is sent takes the place of the one there was.
pub(super) fn replace(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let sent = ask.body.get("interpreters").and_then(Value::as_array).cloned().unwrap_or_default();
    let rows: Vec<Row> = sent.into_iter().filter_map(|one| one.as_object().cloned()).collect();
    find::change(ask, |event, _| {
        let session = find::session_mut(ask, event)?;
        for (index, one) in rows.iter().enumerate() {
            let spoken = one.get("type").and_then(Value::as_i64) != Some(2);
            let target = text(one, "target_language_id");
            if !text(one, "email").contains('@') {
                return Err(Refusal::field(&format!("interpreters[{index}].email")));
            }
            if spoken && text(one, "source_language_id").is_empty() {
                return Err(Refusal::field(&format!("interpreters[{index}].source_language_id")));
            }
            if target.is_empty() || spoken && !LANGUAGES.iter().any(|(known, _)| *known == target) {
                return Err(Refusal::field(&format!("interpreters[{index}].target_language_id")));
            }
        }
        session.interpreters = rows;
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}
