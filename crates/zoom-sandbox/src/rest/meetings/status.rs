//! `PUT /meetings/{meetingId}/status` (end, recover) and `PUT /webinars/{webinarId}/status` (end).

use super::{
    super::Ask,
    find::{Reach, find, needs_webinar_plan},
};
use crate::{
    answer::{Answer, Refusal},
    world::Kind,
};

pub(in crate::rest) fn answer(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    match (kind, ask.text("action")) {
        (_, Some("end")) => {
            let meeting = find(ask, kind, Reach::Number)?;
            if let Some(host) = ask.app.world.person(&meeting.host_id) {
                needs_webinar_plan(ask, kind, &host)?;
            }
            let ended = ask.change(|change| Ok(change.end_call(meeting.number)))?;
            if !ended {
                ask.note("It was not started, so there was nothing to end.");
            }
            ask.app.calls.end(meeting.number.unsigned_abs());
        }
        (Kind::Meeting, Some("recover")) => {
            let meeting = find(ask, kind, Reach::EvenDeleted)?;
            ask.change(|change| {
                if let Some(meeting) = change.state.meetings.get_mut(&meeting.number) {
                    meeting.deleted_at = None;
                }
                Ok(())
            })?;
        }
        _ => return Err(Refusal::field("action")),
    }
    Ok(Answer::empty(ask.operation.success))
}
