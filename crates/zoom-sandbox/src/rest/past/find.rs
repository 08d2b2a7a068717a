//! From a path's number or UUID to a call that has ended.

use jiff::SignedDuration;
use zoom_spec::code::{ACCOUNT_NOT_FOUND, MEETING_NOT_FOUND, USER_ELSEWHERE, WEBINAR_NOT_FOUND};

use super::super::{
    Ask,
    meetings::{Reach, find, uuid_of},
    words::worded,
};
use crate::{
    answer::Refusal,
    world::{Instance, Kind, Meeting, Plan, Shared, State},
};

/// Zoom's code for what is over for more than a year.
const A_YEAR_AGO: u32 = 12_702;
/// Zoom's code for what is not there.
const NOT_FOUND: u32 = 3001;

/// The call the path names: by UUID that one, by number the latest.
pub(in crate::rest) fn ended(ask: &Ask<'_>, kind: Kind) -> Result<(Shared<Meeting>, Instance), Refusal> {
    let (meeting, mut held) = all(ask, kind)?;
    let given = given(ask, kind);
    if let Some(uuid) = uuid_of(given) {
        held.retain(|instance| instance.uuid == uuid);
    }
    let instance = held.pop().ok_or_else(|| missing(ask, kind))?;
    let year = SignedDuration::from_hours(365 * 24);
    let is_old = instance.ended_at.is_some_and(|end| ask.now.duration_since(end) > year);
    match ask.operation.errors().iter().find(|error| error.code == A_YEAR_AGO) {
        Some(error) if is_old => Err(Refusal::new(error.status, error.code, &*error.message)),
        _ => Ok((meeting, instance)),
    }
}

/// Every call of it that has ended, oldest first.
pub(super) fn all(ask: &Ask<'_>, kind: Kind) -> Result<(Shared<Meeting>, Vec<Instance>), Refusal> {
    paid(ask)?;
    let meeting = find(ask, kind, Reach::Past).map_err(|refusal| reworded(ask, kind, refusal))?;
    let held = ask.app.world.read(|state| {
        let all = state.instances.get(&meeting.number).into_iter().flatten();
        all.filter(|instance| instance.ended_at.is_some()).cloned().collect()
    });
    Ok((meeting, held))
}

/// Refuses an account that pays nothing, where Zoom documents that for the operation.
pub(in crate::rest) fn paid(ask: &Ask<'_>) -> Result<(), Refusal> {
    let plan = ask.app.world.read(|state| state.account(&ask.account_id).map(|account| account.plan));
    if plan != Some(Plan::Free) {
        return Ok(());
    }
    let words = ["Only available for", "This is only available for", "No permission"];
    let known = words.iter().find_map(|begins| worded(ask, begins, &ask.account_id));
    known.map_or(Ok(()), |refusal| Err(refusal.because("200: the account has the free plan.")))
}

fn given<'a>(ask: &'a Ask<'_>, kind: Kind) -> &'a str {
    ask.param(match kind {
        Kind::Meeting => "meetingId",
        Kind::Webinar => "webinarId",
    })
}

/// It is not there, in the operation's own words.
fn missing(ask: &Ask<'_>, kind: Kind) -> Refusal {
    let general = match kind {
        Kind::Meeting => MEETING_NOT_FOUND,
        Kind::Webinar => WEBINAR_NOT_FOUND,
    };
    let own = ask.operation.errors().iter().find(|error| error.code == NOT_FOUND);
    let words = own.and_then(|error| worded(ask, &error.message, given(ask, kind)));
    words.unwrap_or_else(|| Refusal::about(&general, given(ask, kind)))
}

/// Whose it is decides what Zoom says of what cannot be had: another account's, nobody's any more, or unknown.
fn reworded(ask: &Ask<'_>, kind: Kind, refusal: Refusal) -> Refusal {
    if refusal.code() == NOT_FOUND {
        let host = ask.app.world.read(|state| {
            let meeting = named(state, given(ask, kind))?;
            let host = state.person_by_id(&meeting.host_id).map(|host| host.account_id.clone());
            Some((meeting.host_id.clone(), host))
        });
        return match host {
            Some((id, None)) => worded(ask, "User does not exist", &id).unwrap_or_else(|| missing(ask, kind)),
            Some((_, Some(account))) if account != ask.account_id && ask.documents(USER_ELSEWHERE.code) => {
                worded(ask, "User does not belong", &ask.account_id)
                    .unwrap_or_else(|| Refusal::about(&ACCOUNT_NOT_FOUND, &ask.account_id))
            }
            _ => missing(ask, kind),
        };
    }
    if refusal.code() == zoom_spec::code::MEETING_ID_INVALID.code && !ask.documents(refusal.code()) {
        return missing(ask, kind);
    }
    let is_other_kind = refusal.code() == zoom_spec::code::IS_WEBINAR.code;
    if !is_other_kind || ask.documents(refusal.code()) {
        return refusal;
    }
    worded(ask, "Cannot access meeting information", "").unwrap_or_else(|| missing(ask, kind))
}

/// What has this number or this UUID, whosoever it is.
fn named<'a>(state: &'a State, given: &str) -> Option<&'a Meeting> {
    if let Ok(number) = given.parse::<i64>() {
        return state.meetings.get(number).map(|meeting| &**meeting);
    }
    let uuid = uuid_of(given)?;
    let held = state.instances.iter().find(|(_, held)| held.iter().any(|instance| instance.uuid == uuid));
    held.and_then(|(number, _)| state.meetings.get(*number)).map(|meeting| &**meeting)
}
