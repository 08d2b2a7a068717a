//! `DELETE /meetings/{meetingId}` and `DELETE /webinars/{webinarId}`. A call that is on ends.

use super::{
    super::Ask,
    find::{Reach, find, needs_webinar_plan},
};
use crate::{
    answer::{Answer, Refusal},
    world::{Happening, Kind, Meeting},
};

pub(in crate::rest) fn answer(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let meeting = find(ask, kind, Reach::Number)?;
    if let Some(host) = ask.app.world.person(&meeting.host_id) {
        needs_webinar_plan(ask, kind, &host)?;
    }
    if ask.query("occurrence_id").is_some() {
        return Err(Refusal::new(400, 300, "Invalid parameter: `occurrence_id`."));
    }
    ask.change(|change| {
        change.end_call(meeting.number);
        let at = change.now;
        if let Some(meeting) = change.state.meetings.get_mut(&meeting.number) {
            meeting.deleted_at = Some(at);
            change.happenings.push(Happening::Deleted { meeting: Box::new(Meeting::clone(meeting)), at });
        }
        Ok(())
    })?;
    ask.app.calls.end(meeting.number.unsigned_abs());
    Ok(Answer::empty(ask.operation.success))
}
