//! `PUT /meetings/{meetingId}/status` (end, recover) and `PUT /webinars/{webinarId}/status` (end).

use super::{
    super::Ask,
    find::{Reach, find, needs_webinar_plan},
};
use crate::{
    answer::{Answer, Refusal},
    world::{Happening, Kind, Meeting},
};

pub(in crate::rest) fn answer(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    match (kind, ask.text("action")) {
        (_, Some("end")) => {
            let meeting = find(ask, kind, Reach::Number)?;
            if let Some(host) = ask.app.world.person(&meeting.host_id) {
                needs_webinar_plan(ask, kind, &host)?;
            }
            // A personal id is where several meetings are held: the one that is on ends.
            let number = ask.app.world.called_number(meeting.number);
            let ended = ask.change(|change| Ok(change.end_call(number)))?;
            if !ended {
                ask.note("It was not started, so there was nothing to end.");
            }
            ask.app.calls.end(number.unsigned_abs());
        }
        (Kind::Meeting, Some("recover")) => {
            let meeting = find(ask, kind, Reach::EvenDeleted)?;
            ask.change(|change| {
                let at = change.now;
                let deleted = change.state.meetings.change(meeting.number);
                if let Some(mut meeting) = deleted.filter(|meeting| meeting.deleted_at.is_some()) {
                    meeting.deleted_at = None;
                    let meeting = Box::new(Meeting::clone(&meeting));
                    change.happenings.push(Happening::Recovered { meeting, at });
                }
                Ok(())
            })?;
        }
        _ => return Err(Refusal::field("action")),
    }
    Ok(Answer::empty(ask.operation.success))
}
