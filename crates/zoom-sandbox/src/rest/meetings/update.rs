//! `PATCH /meetings/{meetingId}` and `PATCH /webinars/{webinarId}`.

use super::{
    super::Ask,
    draft,
    find::{Reach, find, needs_webinar_plan},
};
use crate::{
    answer::{Answer, Refusal},
    world::{Change, Happening, Kind, Meeting},
};

pub(in crate::rest) fn answer(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let found = find(ask, kind, Reach::Number)?;
    if let Some(host) = ask.app.world.person(&found.host_id) {
        needs_webinar_plan(ask, kind, &host)?;
    }
    if ask.query("occurrence_id").is_some() {
        let message = "The sandbox has no occurrences yet: leave occurrence_id out.";
        return Err(Refusal::new(501, 501, message));
    }
    ask.app.limits.count_plan(&found.host_id, ask.now)?;
    ask.change(|change| {
        // Read again: somebody else may have changed it meanwhile.
        let before = change.state.meetings.get(&found.number).map_or(found, |meeting| Meeting::clone(meeting));
        let after = changed(ask, &before, change)?;
        change.state.meetings.insert(after.number, after.clone().into());
        let at = change.now;
        change.happenings.push(Happening::Updated { before: Box::new(before), after: Box::new(after), at });
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

/// The meeting with the body laid over it.
fn changed(ask: &Ask<'_>, before: &Meeting, change: &Change<'_>) -> Result<Meeting, Refusal> {
    let mut after = before.clone();
    if let Some(code) = draft::code(ask, before.kind)? {
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
    draft::lay_over(ask, &mut after, change.entropy, &change.state.people)?;
    if matches!(after.code, 1 | 3 | 6) {
        after.start = None;
    } else if after.start.is_none() {
        after.start = Some(ask.now);
    }
    Ok(after)
}
