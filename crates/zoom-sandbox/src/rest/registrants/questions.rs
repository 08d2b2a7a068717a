//! What registrants are asked: `GET` and `PATCH` of `…/registrants/questions`.

use serde_json::{Value, json};

use super::{
    super::Ask,
    open::{open, registration},
};
use crate::{
    answer::{Answer, FieldError, Refusal},
    world::{Kind, Registration},
};

const LISTS: [&str; 2] = ["custom_questions", "questions"];

pub(super) fn get(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let meeting = open(ask, kind)?;
    Ok(Answer::json(ask.operation.success, asked_of(&registration(ask, &meeting))))
}

/// What a registration asks, as Zoom shows it.
pub(in crate::rest) fn asked_of(registration: &Registration) -> Value {
    let of = |name: &str| registration.questions.get(name).cloned().unwrap_or_else(|| json!([]));
    json!({ "custom_questions": of("custom_questions"), "questions": of("questions") })
}

pub(super) fn update(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let meeting = open(ask, kind)?;
    ask.change(|change| lay_questions(ask, change.state.registrations.entry(meeting.number).or_default()))?;
    Ok(Answer::empty(ask.operation.success))
}

/// Each list that is sent takes the place of the one before.
pub(in crate::rest) fn lay_questions(ask: &Ask<'_>, registration: &mut Registration) -> Result<(), Refusal> {
    let mut wrong = Vec::new();
    for (index, question) in
        ask.body.get("custom_questions").and_then(Value::as_array).into_iter().flatten().enumerate()
    {
        let text = |name: &str| question.get(name).and_then(Value::as_str).unwrap_or_default();
        let answers = question.get("answers").and_then(Value::as_array).map_or(0, Vec::len);
        if text("title").trim().is_empty() {
            wrong.push(FieldError::invalid(format!("custom_questions[{index}].title")));
        }
        if answers == 0 && !matches!(text("type"), "short" | "") {
            wrong.push(FieldError::invalid(format!("custom_questions[{index}].answers")));
        }
    }
    for (index, question) in ask.body.get("questions").and_then(Value::as_array).into_iter().flatten().enumerate() {
        if question.get("field_name").and_then(Value::as_str).is_none() {
            wrong.push(FieldError::invalid(format!("questions[{index}].field_name")));
        }
    }
    if !wrong.is_empty() {
        return Err(Refusal::fields(wrong));
    }
    for name in LISTS {
        if let Some(sent) = ask.body.get(name) {
            registration.questions.insert(name.to_owned(), sent.clone());
        }
    }
    Ok(())
}
