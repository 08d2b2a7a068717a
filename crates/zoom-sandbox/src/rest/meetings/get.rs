//! `GET /meetings/{meetingId}` and `GET /webinars/{webinarId}`: by number or UUID.

use super::{
    super::Ask,
    find::{Reach, find, needs_webinar_plan},
    series::{self, Purpose},
};
use crate::{
    answer::{Answer, Refusal},
    wire,
    world::{Kind, Meeting, Occurrence, Shared, zak_life},
};

pub(in crate::rest) fn answer(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let meeting = find(ask, kind, Reach::NumberOrUuid)?;
    if kind == Kind::Webinar
        && let Some(host) = ask.app.world.person(&meeting.host_id)
    {
        needs_webinar_plan(ask, kind, &host)?;
    }
    let duration = meeting.duration;
    let mut shown = match series::asked(ask, &meeting, Purpose::Read)? {
        Some(one) => meeting.in_occurrence(&one).into(),
        None => meeting,
    };
    let is_to_come = |occurrence: &Occurrence| occurrence.end(duration) >= ask.now;
    // Looked at first: what is shared with the world is copied only where something is left out.
    if ask.query("show_previous_occurrences") != Some("true") && !shown.occurrences.iter().all(is_to_come) {
        shown.occurrences.retain(is_to_come);
    }
    Ok(whole(ask, &shown, true))
}

/// The whole meeting, with a fresh start link; `tells_own` is whether it says which invitees belong to the account.
pub(super) fn whole(ask: &Ask<'_>, meeting: &Shared<Meeting>, tells_own: bool) -> Answer {
    ask.app.world.read(|state| {
        let Some(host) = state.person_by_id(&meeting.host_id) else { return Answer::empty(ask.operation.success) };
        let zak = state.zak(&ask.app.noise, &host.id, ask.now, zak_life(host));
        let is_ours = |email: &str| state.person(email).is_some_and(|person| person.account_id == host.account_id);
        let is_ours: Option<&dyn Fn(&str) -> bool> = if tells_own { Some(&is_ours) } else { None };
        let body = wire::detail(meeting, host, is_ours, &ask.app.base, &zak);
        Answer::of_meeting(ask.operation.success, meeting.number, body)
    })
}
