//! What was answered in polls and asked in a call: `GET …/polls` and `…/qa` of what is past, and the reports of both.

use serde_json::{Map, Value, json};

use super::{super::Ask, find::ended};
use crate::{
    answer::{Answer, Refusal},
    wire::{instant, put},
    world::{Instance, Kind, Meeting, Person, PollAnswer, Question, Speaker},
};

/// Whom answers to an anonymous poll are said to be from.
const NOBODY: &str = "Anonymous Attendee";

/// Whether the plain list is asked for or the report, which tells more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rest) enum Detail {
    Plain,
    Report,
}

/// `…/polls`: one row for each person, with what they answered.
pub(in crate::rest) fn polls(ask: &Ask<'_>, kind: Kind, detail: Detail) -> Result<Answer, Refusal> {
    let (meeting, instance) = ended(ask, kind)?;
    let people = ask.people();
    let by = |answer: &PollAnswer| {
        let nobody = || Speaker { id: String::new(), name: NOBODY.to_owned(), email: String::new() };
        if answer.anonymous { nobody() } else { answer.by.clone() }
    };
    let rows = grouped(&instance.answers, by, |who, answers| {
        let mut row = speaker(who);
        if detail == Detail::Report {
            let (first, last) = names(who, &people);
            put(&mut row, "first_name", first);
            put(&mut row, "last_name", last);
        }
        let details: Vec<Value> = answers
            .iter()
            .map(|one| {
                json!({ "answer": one.answer, "date_time": instant(one.at), "polling_id": one.poll_id,
                        "question": one.question })
            })
            .collect();
        put(&mut row, "question_details", details);
        row
    });
    Ok(whole(ask, &meeting, &instance, &rows))
}

/// `…/qa`: one row for each person, with what they asked.
pub(in crate::rest) fn questions(ask: &Ask<'_>, kind: Kind, detail: Detail) -> Result<Answer, Refusal> {
    let (meeting, instance) = ended(ask, kind)?;
    let host = ask.app.world.person(&meeting.host_id);
    let rows = grouped(
        &instance.questions,
        |one: &Question| one.by.clone(),
        |who, asked| {
            let mut row = speaker(who);
            if detail == Detail::Report {
                put(&mut row, "user_id", who.id.as_str());
            }
            let details = asked.iter().map(|one| match detail {
                Detail::Plain => json!({ "question": one.text, "answer": one.reply.as_deref().unwrap_or_default() }),
                Detail::Report => reported(one, host.as_ref()),
            });
            put(&mut row, "question_details", details.collect::<Vec<Value>>());
            row
        },
    );
    Ok(whole(ask, &meeting, &instance, &rows))
}

fn reported(question: &Question, host: Option<&Person>) -> Value {
    let replies = question.reply.iter().map(|reply| {
        json!({
            "user_id": host.map_or("", |host| host.id.as_str()),
            "name": host.map_or("", |host| host.display_name.as_str()),
            "email": host.map_or("", |host| host.email.as_str()),
            "content": reply,
            "create_time": instant(question.at),
            "type": "host_answered_publicly",
        })
    });
    json!({
        "answer": question.reply.as_deref().unwrap_or_default(),
        "question": question.text,
        "question_id": question.id,
        "create_time": instant(question.at),
        "question_status": if question.reply.is_some() { "answered" } else { "open" },
        "answer_details": replies.collect::<Vec<Value>>(),
    })
}

fn speaker(who: &Speaker) -> Map<String, Value> {
    let mut row = Map::new();
    put(&mut row, "email", who.email.as_str());
    put(&mut row, "name", who.name.as_str());
    row
}

/// First and last name: a user's own, or the two parts of a guest's.
fn names(who: &Speaker, people: &[Person]) -> (String, String) {
    if let Some(person) = people.iter().find(|person| person.id == who.id) {
        return (person.first_name.clone(), person.last_name.clone());
    }
    let (first, last) = who.name.split_once(' ').unwrap_or((&who.name, ""));
    (first.to_owned(), last.to_owned())
}

/// One row for each speaker, in the order they first spoke.
fn grouped<T>(
    all: &[T],
    by: impl Fn(&T) -> Speaker,
    row: impl Fn(&Speaker, &[&T]) -> Map<String, Value>,
) -> Vec<Value> {
    let mut speakers: Vec<Speaker> = Vec::new();
    for one in all {
        let who = by(one);
        if !speakers.contains(&who) {
            speakers.push(who);
        }
    }
    let theirs = |who: &Speaker| all.iter().filter(|one| by(one) == *who).collect::<Vec<_>>();
    speakers.iter().map(|who| row(who, &theirs(who)).into()).collect()
}

fn whole(ask: &Ask<'_>, meeting: &Meeting, instance: &Instance, rows: &[Value]) -> Answer {
    let body = json!({
        "id": meeting.number,
        "uuid": instance.uuid,
        "start_time": instant(instance.started_at),
        "questions": rows,
    });
    Answer::json(ask.operation.success, body)
}
