//! `GET /past_webinars/{webinarId}/absentees`: who registered and did not come.

use serde_json::Value;

use super::{
    super::{Ask, meetings::needs_webinar_plan, page, words::refused},
    find::{all, ended},
};
use crate::{
    answer::{Answer, Refusal},
    wire,
    world::{Admission, Instance, Kind, Meeting},
};

pub(super) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let (webinar, instance) = ended(ask, Kind::Webinar)?;
    if let Some(host) = ask.app.world.person(&webinar.host_id) {
        needs_webinar_plan(ask, Kind::Webinar, &host)?;
    }
    if webinar.approval().is_none() {
        return Err(refused(ask, "This webinar doesn't have registration", &instance.uuid));
    }
    let occurrence = ask.query("occurrence_id");
    let instance = match occurrence {
        Some(id) => held_at(ask, &webinar, id)?,
        None => instance,
    };
    let registration =
        ask.app.world.read(|state| state.registrations.get(&webinar.number).cloned()).unwrap_or_default();
    let came = |email: &str| instance.participants.iter().any(|stay| stay.email.eq_ignore_ascii_case(email));
    let absent = registration.registrants.iter().filter(|one| {
        one.admission == Admission::Approved && occurrence.is_none_or(|id| one.comes_to(id)) && !came(&one.email)
    });
    let rows = absent.map(|one| Value::Object(wire::registrant(one, &webinar, &ask.app.base))).collect();
    Ok(Answer::json(ask.operation.success, page::envelope(ask, "registrants", rows)?))
}

/// The call that was held nearest to an occurrence of the series.
fn held_at(ask: &Ask<'_>, webinar: &Meeting, id: &str) -> Result<Instance, Refusal> {
    let occurrence = webinar.occurrence(id).ok_or_else(|| {
        refused(ask, "The request could not be completed because you have provided an invalid occurrence", id)
    })?;
    let (_, held) = all(ask, Kind::Webinar)?;
    let distance = |instance: &Instance| instance.started_at.duration_since(occurrence.start).abs();
    let nearest = held.into_iter().min_by_key(distance);
    nearest.ok_or_else(|| refused(ask, "Webinar {webinarUUID} not found", &webinar.uuid))
}
