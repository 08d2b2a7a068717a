//! The meeting of a path, if it can have polls, and the refusals of polls.

use serde_json::{Map, Value};

use super::super::{Ask, meetings::held, words::worded};
use crate::{
    answer::Refusal,
    world::{Kind, Licence, Meeting, Shared},
};

/// The meeting or webinar of the path. Instant meetings and hosts without a licence have no polls, and hosts whose
/// settings say so.
pub(super) fn open(ask: &Ask<'_>, kind: Kind) -> Result<Shared<Meeting>, Refusal> {
    let meeting = held(ask, kind).map_err(|refusal| {
        // Some of these operations know no 3001.
        let is_other = refusal.code() == 3001 && !ask.operation.errors().iter().any(|error| error.code == 3001);
        let other = ask.operation.errors().iter().find(|error| error.status == 404).filter(|_| is_other);
        other.map_or(refusal, |error| Refusal::new(error.status, error.code, &*error.message))
    })?;
    let host = ask.app.world.read(|state| state.person_by_id(&meeting.host_id).map(|host| host.licence));
    let setting = match kind {
        Kind::Meeting => "in_meeting.meeting_polling.enable",
        Kind::Webinar => "in_meeting.webinar_polling.enable",
    };
    if meeting.code != 1 && host == Some(Licence::Licensed) && ask.is_on_for_host(&meeting, setting) {
        return Ok(meeting);
    }
    let begins = if kind == Kind::Meeting { "Meeting polls disabled" } else { "Webinar polls disabled" };
    let refusal = worded(ask, begins, "").unwrap_or_else(|| Refusal::new(400, 4400, format!("{begins}.")));
    Err(refusal.because("4400: an instant meeting, or its host has no licence or has polls off."))
}

/// Refuses advanced polls and quizzes to hosts of meetings whose settings do not allow them.
pub(super) fn may_be_advanced(ask: &Ask<'_>, meeting: &Meeting, poll: &Map<String, Value>) -> Result<(), Refusal> {
    let is_advanced = poll.get("poll_type").and_then(Value::as_i64).is_some_and(|kind| kind > 1);
    if !is_advanced || ask.is_on_for_host(meeting, "in_meeting.meeting_polling.advanced_polls") {
        return Ok(());
    }
    worded(ask, "Advanced meeting polls disabled", "").map_or(Ok(()), Err)
}

/// Of what the path calls `{pollId}` there is none.
pub(super) fn no_such_poll(ask: &Ask<'_>) -> Refusal {
    let words = ["Meeting Poll not found", "Meeting poll not found", "Invalid poll IDs"];
    let known = words.iter().find_map(|begins| worded(ask, begins, ""));
    known.unwrap_or_else(|| Refusal::new(400, 4400, "Invalid poll IDs."))
}
