//! From a path's `{meetingId}` or `{webinarId}` to the meeting, or to Zoom's refusal.

use zoom_spec::code::{
    Code, IS_WEBINAR, MAY_NOT_HOST, MEETING_ID_INVALID, MEETING_NOT_FOUND, WEBINAR_ID_INVALID, WEBINAR_NOT_FOUND,
    WEBINAR_PLAN_MISSING,
};

use super::super::{Ask, words::worded};
use crate::{
    answer::Refusal,
    world::{Kind, Meeting, Person, Shared},
};

/// Which ids a verb takes, and whether it sees what was deleted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::rest) enum Reach {
    /// Numbers.
    Number,
    /// Numbers and UUIDs.
    NumberOrUuid,
    /// Numbers, also of what was deleted.
    EvenDeleted,
    /// Numbers and UUIDs, also of what was deleted or has expired: what is past stays.
    Past,
}

/// What the path names.
pub(in crate::rest) fn find(ask: &Ask<'_>, kind: Kind, reach: Reach) -> Result<Shared<Meeting>, Refusal> {
    let (name, invalid, missing) = match kind {
        Kind::Meeting => ("meetingId", MEETING_ID_INVALID, MEETING_NOT_FOUND),
        Kind::Webinar => ("webinarId", WEBINAR_ID_INVALID, WEBINAR_NOT_FOUND),
    };
    let given = ask.param(name);
    let number = given.parse::<i64>().ok().filter(|number| *number > 0 && given.bytes().all(|b| b.is_ascii_digit()));
    let looks_like_uuid = uuid_of(given);
    let found = ask.app.world.read(|state| {
        let known = match number {
            Some(number) => state.meetings.get(number),
            None => state.meetings.values().find(|meeting| {
                let held = state.instances.get(&meeting.number).into_iter().flatten();
                let uuids = std::iter::once(&meeting.uuid).chain(held.map(|instance| &instance.uuid));
                looks_like_uuid.is_some() && uuids.into_iter().any(|uuid| Some(uuid) == looks_like_uuid.as_ref())
            }),
        };
        let known =
            known.filter(|meeting| matches!(reach, Reach::EvenDeleted | Reach::Past) || meeting.exists(ask.now))?;
        // Somebody else's account is as good as nobody's.
        let host = state.person_by_id(&known.host_id)?;
        (host.account_id == ask.account_id).then(|| known.clone())
    });
    if number.is_none() && (!matches!(reach, Reach::NumberOrUuid | Reach::Past) || looks_like_uuid.is_none()) {
        return Err(spelt(ask, &invalid).unwrap_or_else(|| invalid.into()));
    }
    let found = match (found, number, kind) {
        (None, Some(number), Kind::Meeting) => personal_room(ask, number)?,
        (found, ..) => found,
    };
    match (kind, found) {
        (Kind::Meeting, Some(meeting)) if meeting.kind == Kind::Webinar => {
            let words = ["Cannot access webinar", "Cannot access Webinar", "Cannot access meeting info"];
            Err(words.iter().find_map(|begins| worded(ask, begins, given)).unwrap_or_else(|| IS_WEBINAR.into()))
        }
        (_, Some(meeting)) if meeting.kind == kind => {
            ask.app
                .world
                .read(|state| state.person_by_id(&meeting.host_id).map_or(Ok(()), |host| may_reach(ask, host)))?;
            Ok(meeting)
        }
        _ => Err(unknown(ask, &missing, &invalid, given)),
    }
}

/// The personal room of a user of the account, where the number is their personal meeting id.
fn personal_room(ask: &Ask<'_>, number: i64) -> Result<Option<Shared<Meeting>>, Refusal> {
    if ask.people().iter().any(|person| person.pmi == number && person.licence.may_host()) {
        return ask.change(|change| Ok(change.personal_room(number).map(Shared::new)));
    }
    Ok(None)
}

/// Refuses what this caller may not touch, and what belongs to somebody who may not hold meetings.
fn may_reach(ask: &Ask<'_>, host: &Person) -> Result<(), Refusal> {
    ask.caller.may_for(ask.operation, host)?;
    may_host(ask, host)
}

/// Refuses what belongs to somebody who may not hold meetings, where Zoom documents that. Operations word it differently.
pub(super) fn may_host(ask: &Ask<'_>, host: &Person) -> Result<(), Refusal> {
    let documented = ask.operation.errors().iter().find(|error| error.code == MAY_NOT_HOST.code);
    match documented.filter(|_| !host.licence.may_host()) {
        Some(error) => {
            let why = format!("3161: {} has no licence to hold meetings.", host.display_name);
            Err(Refusal::new(error.status, error.code, &*error.message).because(why))
        }
        None => Ok(()),
    }
}

/// The documented refusal with these words, in whatever case the operation spells them.
fn spelt(ask: &Ask<'_>, code: &Code) -> Option<Refusal> {
    let known = ask.operation.errors().iter().find(|error| error.message.eq_ignore_ascii_case(code.message))?;
    Some(Refusal::new(known.status, known.code, &*known.message))
}

/// What is not there: Zoom's operations have other codes for it, and a few call the id invalid.
fn unknown(ask: &Ask<'_>, missing: &Code, invalid: &Code, given: &str) -> Refusal {
    let begins = missing.message.split('{').next().unwrap_or_default().trim_end_matches([' ', ':']);
    let known = worded(ask, begins, given).or_else(|| spelt(ask, invalid).filter(|_| !ask.documents(missing.code)));
    known.unwrap_or_else(|| Refusal::about(missing, given))
}

/// The meeting or webinar that the path names by number, of a host who may hold it.
pub(in crate::rest) fn held(ask: &Ask<'_>, kind: Kind) -> Result<Shared<Meeting>, Refusal> {
    let meeting = find(ask, kind, Reach::Number)?;
    if let Some(host) = ask.app.world.read(|state| state.person_by_id(&meeting.host_id).cloned()) {
        needs_webinar_plan(ask, kind, &host)?;
    }
    Ok(meeting)
}

/// A UUID out of a path, which was decoded once: 24 characters of base64. Any may have been encoded twice, and one that
/// begins with `/` or holds `//` must have been: encoded once, its slashes are the path's own by the time it is looked
/// up, and what is left of it is no call's.
pub(in crate::rest) fn uuid_of(given: &str) -> Option<String> {
    if is_uuid(given) {
        return Some(if is_awkward(given) { parts(given) } else { given.to_owned() });
    }
    let again = percent_encoding::percent_decode_str(given).decode_utf8().ok()?.into_owned();
    is_uuid(&again).then_some(again)
}

/// What the log says where a path holds a UUID that should have been encoded twice and was not.
pub(in crate::rest) fn forgotten(given: &str) -> Option<String> {
    (is_uuid(given) && is_awkward(given)).then(|| {
        let read = parts(given);
        format!("The UUID {given} begins with / or holds //: encode it twice, else Zoom looks for {read}.")
    })
}

fn is_uuid(text: &str) -> bool {
    text.len() == 24 && text.ends_with("==")
}

fn is_awkward(uuid: &str) -> bool {
    uuid.starts_with('/') || uuid.contains("//")
}

/// The segments of a path, without the empty ones, which do not count.
fn parts(text: &str) -> String {
    text.split('/').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
}

/// Refuses whoever lacks the webinar licence, where a webinar is asked for. Operations word it differently.
pub(in crate::rest) fn needs_webinar_plan(ask: &Ask<'_>, kind: Kind, host: &Person) -> Result<(), Refusal> {
    if kind == Kind::Meeting || host.webinar {
        return Ok(());
    }
    // The webinar of an event's session comes with the licence for events.
    let number = ask.param("webinarId").parse().unwrap_or(0);
    if ask.app.world.read(|state| state.zoom_events.held_in(number).is_some()) {
        return Ok(());
    }
    let documented = ask.operation.errors().iter().find(|e| e.code == 200 && e.message.starts_with("Webinar plan"));
    let message = documented.map_or(WEBINAR_PLAN_MISSING.message, |error| &*error.message);
    let mut message = message.to_owned();
    for name in ["{userId}", "{userID}"] {
        message = message.replace(name, &host.id);
    }
    let why = format!("200: {} has no webinar licence. Choose another host.", host.display_name);
    Err(Refusal::new(WEBINAR_PLAN_MISSING.status, WEBINAR_PLAN_MISSING.code, message).because(why))
}
