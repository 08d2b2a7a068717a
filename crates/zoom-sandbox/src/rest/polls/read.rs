//! `GET /meetings/{meetingId}/polls`, `…/polls/{pollId}`, and the same of webinars.

use serde_json::{Map, Value, json};

use super::{
    super::Ask,
    open::{no_such_poll, open},
};
use crate::{
    answer::{Answer, Refusal},
    wire::put,
    world::{Kind, Meeting, Poll, Shared},
};

/// The status of a poll that nobody has answered.
pub(super) const NOT_STARTED: &str = "notstart";

pub(super) fn list(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let meeting = open(ask, kind)?;
    let anonymous = ask.query("anonymous").map(|text| text == "true");
    let polls = polls(ask, &meeting);
    let rows: Vec<_> = polls
        .iter()
        .filter(|poll| anonymous.is_none_or(|a| poll.is_anonymous() == a))
        .map(|poll| body(poll, status(ask, &meeting, poll)))
        .collect();
    Ok(Answer::json(ask.operation.success, json!({ "total_records": rows.len(), "polls": rows })))
}

pub(super) fn one(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let meeting = open(ask, kind)?;
    let polls = polls(ask, &meeting);
    let poll = polls.iter().find(|poll| poll.id == ask.param("pollId")).ok_or_else(|| no_such_poll(ask))?;
    Ok(Answer::json(ask.operation.success, body(poll, status(ask, &meeting, poll))))
}

fn polls(ask: &Ask<'_>, meeting: &Meeting) -> Shared<Vec<Poll>> {
    ask.app.world.read(|state| state.polls.get(&meeting.number).cloned()).unwrap_or_default()
}

/// Where a poll stands: in the call somebody answered it in it is on, afterwards it is over.
fn status(ask: &Ask<'_>, meeting: &Meeting, poll: &Poll) -> &'static str {
    ask.app.world.read(|state| {
        let held = state.instances.get(&meeting.number).into_iter().flatten();
        let mut answered = held.filter(|held| held.answers.iter().any(|answer| answer.poll_id == poll.id));
        match answered.next_back().map(|held| held.ended_at) {
            None => NOT_STARTED,
            Some(None) => "started",
            Some(Some(_)) => "ended",
        }
    })
}

/// The poll with the defaults of what was not sent.
pub(super) fn body(poll: &Poll, status: &str) -> Map<String, Value> {
    let mut members = Map::new();
    put(&mut members, "id", poll.id.as_str());
    put(&mut members, "status", status);
    put(&mut members, "title", "");
    put(&mut members, "anonymous", false);
    put(&mut members, "poll_type", 1);
    put(&mut members, "questions", Vec::<Value>::new());
    members.extend(poll.content.clone());
    for question in members.get_mut("questions").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Value::Object(question) = question {
            for name in ["answer_required", "case_sensitive", "show_as_dropdown"] {
                question.entry(name).or_insert(Value::Bool(false));
            }
        }
    }
    members
}
