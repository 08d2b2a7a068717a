//! `GET /meetings/{meetingId}` and `GET /webinars/{webinarId}`: by number or UUID.

use serde_json::Value;

use super::{
    super::Ask,
    find::{Reach, find, needs_webinar_plan},
    series::{self, Purpose},
};
use crate::{
    answer::{Answer, Refusal},
    wire,
    world::{Kind, Meeting, zak_life},
};

pub(in crate::rest) fn answer(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let meeting = find(ask, kind, Reach::NumberOrUuid)?;
    if let Some(host) = ask.app.world.person(&meeting.host_id) {
        needs_webinar_plan(ask, kind, &host)?;
    }
    let mut shown = match series::asked(ask, &meeting, Purpose::Read)? {
        Some(one) => meeting.in_occurrence(&one),
        None => meeting.clone(),
    };
    if ask.query("show_previous_occurrences") != Some("true") {
        shown.occurrences.retain(|occurrence| occurrence.end(meeting.duration) >= ask.now);
    }
    Ok(Answer::json(ask.operation.success, body(ask, &shown)))
}

/// The whole meeting, with a fresh start link.
pub(super) fn body(ask: &Ask<'_>, meeting: &Meeting) -> Value {
    ask.app.world.read(|state| {
        let host = state.person_by_id(&meeting.host_id);
        let zak = host.map(|host| state.zak(ask.app.entropy.as_ref(), &host.id, ask.now, zak_life(host)));
        let email = host.map_or("", |host| host.email.as_str());
        wire::detail(meeting, email, &ask.app.base, &zak.unwrap_or_default())
    })
}
