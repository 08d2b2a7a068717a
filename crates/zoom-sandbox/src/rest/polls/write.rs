//! `POST /meetings/{meetingId}/polls`, `…/batch_polls`, `PUT …/polls/{pollId}`, and the same of webinars.

use serde_json::{Map, Value, json};

use super::{
    super::{Ask, words::worded},
    check::{Asked, wrong_questions},
    open::{may_be_advanced, no_such_poll, open},
    read::{NOT_STARTED, body},
};
use crate::{
    answer::{Answer, FieldError, Refusal},
    world::{Change, Kind, Meeting, Poll, opaque},
};

/// How many polls a meeting has at most.
const MOST: usize = 50;

pub(super) fn create(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let meeting = open(ask, kind)?;
    may_be_advanced(ask, &meeting, &ask.body)?;
    refuse(wrong(&ask.body, ""))?;
    let made = ask.change(|change| add(ask, change, &meeting, std::slice::from_ref(&ask.body)))?;
    let body = made.first().map(|poll| body(poll, NOT_STARTED)).unwrap_or_default();
    Ok(Answer::json(ask.operation.success, body))
}

/// All of them or none.
pub(super) fn batch(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let meeting = open(ask, Kind::Meeting)?;
    let sent = ask.body.get("polls").and_then(Value::as_array).ok_or_else(|| Refusal::field("polls"))?;
    let sent: Vec<_> = sent.iter().filter_map(Value::as_object).cloned().collect();
    sent.iter().try_for_each(|poll| may_be_advanced(ask, &meeting, poll))?;
    let wrong = sent.iter().enumerate().flat_map(|(index, poll)| wrong(poll, &format!("polls[{index}].")));
    refuse(wrong.collect())?;
    let made = ask.change(|change| add(ask, change, &meeting, &sent))?;
    let rows: Vec<_> = made.iter().map(|poll| body(poll, NOT_STARTED)).collect();
    Ok(Answer::json(ask.operation.success, json!({ "polls": rows })))
}

/// What is sent takes the place of what was.
pub(super) fn update(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let meeting = open(ask, kind)?;
    may_be_advanced(ask, &meeting, &ask.body)?;
    ask.change(|change| {
        let polls = change.state.polls.entry(meeting.number).or_default();
        let known = polls.iter_mut().find(|poll| poll.id == ask.param("pollId"));
        let known = known.ok_or_else(|| no_such_poll(ask))?;
        let mut content = known.content.clone();
        content.extend(ask.body.clone());
        refuse(wrong(&content, ""))?;
        known.content = content;
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

fn add(
    ask: &Ask<'_>,
    change: &mut Change<'_>,
    meeting: &Meeting,
    sent: &[Map<String, Value>],
) -> Result<Vec<Poll>, Refusal> {
    let polls = change.state.polls.entry(meeting.number).or_default();
    if polls.len() + sent.len() > MOST {
        let message = format!("You can only add a maximum of {MOST} polls.");
        return Err(worded(ask, "You can only add", "").unwrap_or_else(|| Refusal::new(400, 4400, message)));
    }
    let entropy = change.entropy;
    let made = sent.iter().map(|content| Poll { id: opaque(entropy, 22), content: content.clone() });
    let made: Vec<_> = made.collect();
    polls.extend(made.iter().cloned());
    Ok(made)
}

/// What is wrong in a poll whose fields stand behind `at`.
fn wrong(poll: &Map<String, Value>, at: &str) -> Vec<FieldError> {
    let is_quiz = poll.get("poll_type").and_then(Value::as_i64) == Some(3);
    let asked = if is_quiz { Asked::Quiz } else { Asked::Poll };
    let mut wrong = Vec::new();
    if poll.get("title").and_then(Value::as_str).is_none_or(|title| title.trim().is_empty()) {
        wrong.push(FieldError::invalid(format!("{at}title")));
    }
    match poll.get("questions").and_then(Value::as_array) {
        Some(questions) if !questions.is_empty() => {
            wrong.extend(wrong_questions(asked, &format!("{at}questions"), questions));
        }
        _ => wrong.push(FieldError::invalid(format!("{at}questions"))),
    }
    wrong
}

fn refuse(wrong: Vec<FieldError>) -> Result<(), Refusal> {
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::fields(wrong)) }
}
