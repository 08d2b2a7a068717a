//! `GET /meetings/{meetingId}/registrants` and `…/webinars/…`.

use serde_json::Value;

use super::{
    super::{Ask, meetings::no_such_occurrence, page},
    open::{open, registration},
};
use crate::{
    answer::{Answer, Refusal},
    wire,
    world::Kind,
};

pub(super) fn answer(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let meeting = open(ask, kind)?;
    let occurrence = ask.query("occurrence_id");
    if occurrence.is_some_and(|id| meeting.occurrence(id).is_none()) {
        return Err(no_such_occurrence(kind));
    }
    let status = ask.query("status").unwrap_or("approved");
    let source = ask.query("tracking_source_id");
    let registration = registration(ask, &meeting);
    let listed = registration.registrants.iter().filter(|one| {
        one.admission.as_str() == status
            && occurrence.is_none_or(|id| one.comes_to(id))
            && source.is_none_or(|source| one.answer("source_id") == source)
    });
    let rows = listed.map(|one| Value::Object(wire::registrant(one, &meeting, &ask.app.base))).collect();
    Ok(Answer::json(ask.operation.success, page::envelope(ask, "registrants", rows)?))
}
