//! `GET /past_meetings/{meetingId}/instances` and its twin for webinars.

use serde_json::{Value, json};

use super::{super::Ask, find::all};
use crate::{
    answer::{Answer, Refusal},
    wire::instant,
    world::Kind,
};

pub(super) fn answer(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let (_, held) = all(ask, kind)?;
    let rows = held.iter().map(|instance| json!({ "start_time": instant(instance.started_at), "uuid": instance.uuid }));
    let mut rows: Vec<Value> = rows.collect();
    // Days in UTC; one without the other has no effect.
    if let (Some(from), Some(to)) = (ask.query("from"), ask.query("to")) {
        rows.retain(|row| {
            let day = row.get("start_time").and_then(Value::as_str).and_then(|start| start.get(..10));
            day.is_some_and(|day| from <= day && day <= to)
        });
    }
    let name = match kind {
        Kind::Meeting => "meetings",
        Kind::Webinar => "webinars",
    };
    Ok(Answer::json(ask.operation.success, json!({ name: rows })))
}
