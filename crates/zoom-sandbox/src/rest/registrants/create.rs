//! `POST /meetings/{meetingId}/registrants` and `…/webinars/…`.

use serde_json::{Map, Value};

use super::{
    super::Ask,
    open::open,
    register::{Form, chosen, register},
};
use crate::{
    answer::{Answer, Refusal},
    wire::{self, put},
    world::Kind,
};

pub(super) fn answer(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let meeting = open(ask, kind)?;
    let form = Form {
        answers: &ask.body,
        occurrences: chosen(ask, &meeting)?,
        auto_approve: ask.body.get("auto_approve").and_then(Value::as_bool).unwrap_or(false),
        is_asked: true,
    };
    let one = ask.change(|change| register(ask, change, &meeting, form))?;
    let mut members = Map::new();
    put(&mut members, "id", meeting.number);
    put(&mut members, "registrant_id", one.id.as_str());
    put(&mut members, "topic", meeting.topic.as_str());
    let first = meeting.coming(ask.now).find(|sitting| one.comes_to(&sitting.id)).map(|sitting| sitting.start);
    if let Some(start) = first.or(meeting.start) {
        put(&mut members, "start_time", wire::instant(start));
    }
    if meeting.recurrence.is_some() {
        let rows = wire::occurrences_of(&meeting, |sitting| {
            !sitting.deleted && sitting.end(meeting.duration) >= ask.now && one.comes_to(&sitting.id)
        });
        put(&mut members, "occurrences", rows);
    }
    wire::put_link(&mut members, &one, &meeting, &ask.app.base);
    Ok(Answer::json(ask.operation.success, members))
}
