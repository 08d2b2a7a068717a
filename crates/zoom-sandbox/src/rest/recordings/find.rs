//! From a path's number or UUID to a recording, or to Zoom's refusal.

use zoom_spec::code::{USER_ELSEWHERE, USER_NOT_FOUND};

use super::super::{Ask, meetings::uuid_of, words::worded};
use crate::{answer::Refusal, world::Recording};

/// Zoom's code for what was not recorded.
const NONE: u32 = 3301;

/// The recording the path names: by UUID that one, by number the latest of those `is_meant` takes.
pub(super) fn find(ask: &Ask<'_>, is_meant: impl Fn(&Recording) -> bool) -> Result<Recording, Refusal> {
    let given = match ask.param("meetingId") {
        "" => ask.param("meetingUUID"),
        id => id,
    };
    let (number, uuid) = (given.parse::<i64>().ok(), uuid_of(given));
    let found = ask.app.world.read(|state| {
        let all = state.recordings.values().flatten();
        let named = all.filter(|one| Some(one.number) == number || Some(&one.uuid) == uuid.as_ref());
        let one = named.filter(|one| is_meant(one)).max_by_key(|one| one.started_at)?;
        Some((one.clone(), state.person_by_id(&one.host_id).cloned()))
    });
    let Some((recording, host)) = found else { return Err(none(ask)) };
    let Some(host) = host else {
        let words = ["User {userId}", "User \"{userId}\"", "User does not exist"];
        let known = words.iter().find_map(|begins| worded(ask, begins, &recording.host_id));
        return Err(known.unwrap_or_else(|| Refusal::about(&USER_NOT_FOUND, &recording.host_id)));
    };
    if host.account_id != ask.account_id {
        let words = ["User does not belong", "User not found on this account"];
        let known = words.iter().find_map(|begins| worded(ask, begins, &ask.account_id));
        return Err(known.unwrap_or_else(|| Refusal::about(&USER_ELSEWHERE, &ask.account_id)));
    }
    ask.caller.may_for(ask.operation, &host)?;
    Ok(recording)
}

/// There is none.
pub(super) fn none(ask: &Ask<'_>) -> Refusal {
    let known = ask.operation.errors().iter().find(|error| error.code == NONE);
    known.map_or_else(
        || Refusal::new(404, NONE, "There is no recording for this meeting."),
        |error| Refusal::new(error.status, error.code, &*error.message),
    )
}

/// Refuses who looks at other people's recordings without the permission, where Zoom documents that.
pub(super) fn permitted(ask: &Ask<'_>, recording: &Recording, permission: &str) -> Result<(), Refusal> {
    if ask.caller.me.id == recording.host_id || ask.caller.is_permitted(permission) {
        return Ok(());
    }
    let why = format!("200: the role of who made this app lacks {permission}.");
    worded(ask, "You do not have the right permissions", "").map_or(Ok(()), |refusal| Err(refusal.because(why)))
}
