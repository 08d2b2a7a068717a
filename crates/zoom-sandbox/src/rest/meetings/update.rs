//! `PATCH /meetings/{meetingId}` and `PATCH /webinars/{webinarId}`.

use super::{
    super::Ask,
    draft,
    find::{Reach, find, needs_webinar_plan},
};
use crate::{
    answer::{Answer, Refusal},
    world::{Happening, Kind},
};

pub(in crate::rest) fn answer(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let before = find(ask, kind, Reach::Number)?;
    if let Some(host) = ask.app.world.person(&before.host_id) {
        needs_webinar_plan(ask, kind, &host)?;
    }
    if ask.query("occurrence_id").is_some() {
        let message = "The sandbox has no occurrences yet: leave occurrence_id out.";
        return Err(Refusal::new(501, 501, message));
    }
    let mut after = before.clone();
    if let Some(code) = draft::code(ask, kind)? {
        after.code = code;
    }
    if let Some(zone) = draft::zone(ask)? {
        after.timezone = zone;
    }
    match draft::start(ask, &after.timezone)? {
        Some(start) if start >= ask.now => after.start = Some(start),
        Some(_) => ask.note("start_time has passed: Zoom ignores it on an update."),
        None => {}
    }
    draft::lay_over(ask, &mut after, ask.app.entropy.as_ref())?;
    if matches!(after.code, 1 | 3 | 6) {
        after.start = None;
    } else if after.start.is_none() {
        after.start = Some(ask.now);
    }
    ask.change(|change| {
        let at = change.now;
        if let Some(place) = change.state.meetings.get_mut(&after.number) {
            // What a call did meanwhile stays.
            after.status = place.status;
            after.started_at = place.started_at;
            after.uuid.clone_from(&place.uuid);
            after.past_uuids.clone_from(&place.past_uuids);
            after.ended_at = place.ended_at;
            after.clone_into(place);
        }
        change.happenings.push(Happening::Updated { before: Box::new(before), after: Box::new(after), at });
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}
