//! From a path's number or UUID to a call that has ended.

use jiff::SignedDuration;
use zoom_spec::code::{MEETING_NOT_FOUND, WEBINAR_NOT_FOUND};

use super::super::{
    Ask,
    meetings::{Reach, find, uuid_of},
};
use crate::{
    answer::Refusal,
    world::{Instance, Kind, Meeting},
};

/// Zoom's code for what is over for more than a year.
const A_YEAR_AGO: u32 = 12_702;

/// The call the path names: by UUID that one, by number the latest.
pub(super) fn ended(ask: &Ask<'_>, kind: Kind) -> Result<(Meeting, Instance), Refusal> {
    let (meeting, mut held) = all(ask, kind)?;
    let (name, missing) = match kind {
        Kind::Meeting => ("meetingId", MEETING_NOT_FOUND),
        Kind::Webinar => ("webinarId", WEBINAR_NOT_FOUND),
    };
    let given = ask.param(name);
    if let Some(uuid) = uuid_of(given) {
        held.retain(|instance| instance.uuid == uuid);
    }
    let instance = held.pop().ok_or_else(|| Refusal::about(&missing, given))?;
    let year = SignedDuration::from_hours(365 * 24);
    let is_old = instance.ended_at.is_some_and(|end| ask.now.duration_since(end) > year);
    match ask.operation.errors().iter().find(|error| error.code == A_YEAR_AGO) {
        Some(error) if is_old => Err(Refusal::new(error.status, error.code, &*error.message)),
        _ => Ok((meeting, instance)),
    }
}

/// Every call of it that has ended, oldest first.
pub(super) fn all(ask: &Ask<'_>, kind: Kind) -> Result<(Meeting, Vec<Instance>), Refusal> {
    let meeting = find(ask, kind, Reach::Past)?;
    let mut held = ask.app.world.read(|state| state.instances.get(&meeting.number).cloned()).unwrap_or_default();
    held.retain(|instance| instance.ended_at.is_some());
    Ok((meeting, held))
}
