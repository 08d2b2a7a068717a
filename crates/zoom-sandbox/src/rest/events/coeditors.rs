//! `/zoom_events/events/{eventId}/coeditors`.

use serde_json::{Value, json};

use super::{super::Ask, find, shape};
use crate::{
    answer::{Answer, Refusal},
    world::{
        PersonStatus, State,
        events::{Event, Row, text},
    },
};

/// How many an event takes.
const CAPACITY: usize = 3;

pub(super) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    shape::listed(ask, "coeditors", &find::event(ask)?.coeditors)
}

/// Some may be taken and others not: those are named in the answer.
pub(super) fn act(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let named: Vec<Row> = ask
        .body
        .get("coeditors")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|one| one.as_object().cloned())
        .collect();
    let operation = ask.text("operation").ok_or_else(|| Refusal::field("operation"))?;
    let errors: Vec<Value> = find::change(ask, |event, change| {
        let mut errors = Vec::new();
        for one in &named {
            if let Err(message) = take(event, &change.state, operation, one) {
                errors.push(json!({ "email": text(one, "email"), "message": message }));
            }
        }
        Ok(errors)
    })?;
    Ok(Answer::json(ask.operation.success, json!({ "errors": errors })))
}

fn take(event: &mut Event, state: &State, operation: &str, one: &Row) -> Result<(), &'static str> {
    let email = text(one, "email");
    let at = event.coeditors.iter().position(|known| text(known, "email").eq_ignore_ascii_case(email));
    match (operation, at) {
        ("add", Some(_)) => Err("User is a co-editor already."),
        ("add", None) => {
            let person = state.person(email).filter(|person| person.account_id == event.account_id);
            if !person.is_some_and(|person| person.status == PersonStatus::Active && person.id != event.host_id) {
                return Err("User not eligible for co-editor.");
            }
            if event.coeditors.len() >= CAPACITY {
                return Err("The event has as many co-editors as it takes.");
            }
            event.coeditors.push(one.clone());
            Ok(())
        }
        ("update", Some(at)) => {
            if let Some(known) = event.coeditors.get_mut(at) {
                shape::lay(known, one);
            }
            Ok(())
        }
        ("delete", Some(at)) => {
            event.coeditors.remove(at);
            Ok(())
        }
        _ => Err("User is not a co-editor."),
    }
}
