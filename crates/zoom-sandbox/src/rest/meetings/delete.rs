//! `DELETE /meetings/{meetingId}` and `DELETE /webinars/{webinarId}`. A call that is on ends.

use zoom_spec::code::PMI_DELETE;

use super::{
    super::{Ask, words::worded},
    find::{Reach, find, needs_webinar_plan},
    series::{self, Purpose},
};
use crate::{
    answer::{Answer, Refusal},
    world::{Happening, Kind, Meeting, PERSONAL_ROOM},
};

pub(in crate::rest) fn answer(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let meeting = find(ask, kind, Reach::Number)?;
    if let Some(host) = ask.app.world.person(&meeting.host_id) {
        needs_webinar_plan(ask, kind, &host)?;
    }
    if meeting.code == PERSONAL_ROOM {
        return Err(PMI_DELETE.into());
    }
    let is_of_an_event = ask.app.world.read(|state| state.zoom_events.held_in(meeting.number).is_some());
    if let Some(refusal) = worded(ask, "Your request could not be processed because", "").filter(|_| is_of_an_event) {
        return Err(refusal);
    }
    if ask.query("occurrence_id").is_some() {
        ask.change(|change| {
            let Some(mut series) = change.state.meetings.change(meeting.number) else { return Ok(()) };
            let Some(one) = series::asked(ask, &series, Purpose::Change)? else { return Ok(()) };
            series.occurrences.iter_mut().filter(|known| known.id == one.id).for_each(|known| known.deleted = true);
            let meeting = Box::new(series.in_occurrence(&one));
            change.happenings.push(Happening::Deleted { meeting, occurrence: Some(one.id), at: change.now });
            Ok(())
        })?;
        return Ok(Answer::empty(ask.operation.success));
    }
    ask.change(|change| {
        change.end_call(meeting.number);
        let at = change.now;
        if let Some(mut meeting) = change.state.meetings.change(meeting.number) {
            meeting.deleted_at = Some(at);
            let meeting = Box::new(Meeting::clone(&meeting));
            change.happenings.push(Happening::Deleted { meeting, occurrence: None, at });
        }
        Ok(())
    })?;
    ask.app.calls.end(meeting.number.unsigned_abs());
    Ok(Answer::empty(ask.operation.success))
}
