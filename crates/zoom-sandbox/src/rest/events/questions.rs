//! Registration questions, of an event and of its ticket types.

use serde_json::Value;

use super::{super::Ask, find, shape};
use crate::{
    answer::{Answer, Refusal},
    wire::put,
    world::{
        events::{Event, Row, text},
        new_id,
    },
};

pub(super) fn get(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let event = find::event(ask)?;
    let row = of(&event, kind(ask, &event)?).cloned().unwrap_or_default();
    Ok(Answer::json(ask.operation.success, shape::shaped(ask, "", &row)))
}

/// A ticket type without questions of its own asks those of the event.
fn of<'a>(event: &'a Event, kind: &str) -> Option<&'a Row> {
    event.questions.get(kind).or_else(|| event.questions.get(""))
}

/// The ticket type of the path; empty for the event itself.
fn kind<'a>(ask: &'a Ask<'_>, event: &Event) -> Result<&'a str, Refusal> {
    let id = ask.param("ticketTypeId");
    if id.is_empty() || event.ticket_type(id).is_some() {
        return Ok(id);
    }
    Err(find::refuse(ask, 404, 26502, "The ticket type ID is invalid."))
}

pub(super) fn replace(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    find::change(ask, |event, change| {
        let kind = kind(ask, event)?.to_owned();
        let mut row = Row::new();
        for list in ["questions", "custom_questions"] {
            let mut asked = ask.body.get(list).and_then(Value::as_array).cloned().unwrap_or_default();
            for one in asked.iter_mut().filter_map(Value::as_object_mut) {
                if text(one, "question_id").is_empty() {
                    put(one, "question_id", new_id(change.entropy));
                }
                one.entry("required").or_insert_with(|| false.into());
            }
            put(&mut row, list, asked);
        }
        event.questions.insert(kind, row);
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

/// Whether a wanted ticket answers what is asked: required questions always, and with `strict` nothing else.
pub(super) fn check(ask: &Ask<'_>, event: &Event, kind: &str, wanted: &Row) -> Result<(), Refusal> {
    const FIELDS: [&str; 12] = [
        "first_name",
        "last_name",
        "address",
        "city",
        "state",
        "zip",
        "country",
        "phone",
        "industry",
        "job_title",
        "organization",
        "organization_size",
    ];
    let level = ask.query("validation_level").unwrap_or("standard");
    let Some(row) = of(event, kind).filter(|_| level != "none") else { return Ok(()) };
    let asked = |list: &str| -> Vec<&Row> {
        row.get(list).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object).collect()
    };
    let given: Vec<&Row> = wanted
        .get("custom_questions")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .collect();
    let (own, custom) = (asked("questions"), asked("custom_questions"));
    let is_required = |one: &&&Row| one.get("required") == Some(&true.into());
    let mut lacking: Vec<&str> = own
        .iter()
        .filter(is_required)
        .map(|one| text(one, "field_name"))
        .filter(|name| text(wanted, name).is_empty())
        .collect();
    lacking.extend(
        custom
            .iter()
            .filter(is_required)
            .map(|one| text(one, "title"))
            .filter(|title| !given.iter().any(|one| text(one, "title") == *title && !text(one, "answer").is_empty())),
    );
    if !lacking.is_empty() {
        return Err(Refusal::new(400, 260_504, format!("Missing required fields - {}.", list(&lacking))));
    }
    let mut strange: Vec<&str> = FIELDS
        .into_iter()
        .filter(|name| wanted.contains_key(*name) && !own.iter().any(|one| text(one, "field_name") == *name))
        .collect();
    strange.extend(
        given
            .iter()
            .map(|one| text(one, "title"))
            .filter(|title| !custom.iter().any(|one| text(one, "title") == *title)),
    );
    if level == "strict" && !strange.is_empty() {
        return Err(Refusal::new(400, 260_503, format!("Nonconfigured fields - {}.", list(&strange))));
    }
    Ok(())
}

/// Names as Zoom's messages list them.
fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| Value::from(*name).to_string()).collect();
    format!("[{}]", quoted.join(", "))
}
