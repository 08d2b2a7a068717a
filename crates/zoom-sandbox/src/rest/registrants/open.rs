//! The meeting of a path, if one can register for it.

use super::super::{Ask, meetings::held, words::worded};
use crate::{
    answer::Refusal,
    world::{Kind, Meeting, Registration, Shared},
};

/// The meeting or webinar of the path, which must have registration.
pub(super) fn open(ask: &Ask<'_>, kind: Kind) -> Result<Shared<Meeting>, Refusal> {
    let meeting = held(ask, kind)?;
    if meeting.approval().is_some() {
        return Ok(meeting);
    }
    let number = meeting.number.to_string();
    let words = ["Registration has not been enabled", "This webinar does not have registration"];
    let refusal = words.iter().find_map(|begins| worded(ask, begins, &number)).unwrap_or_else(|| {
        let message = match kind {
            Kind::Meeting => format!("Registration has not been enabled for this meeting: {number}."),
            Kind::Webinar => format!("Registration has not been enabled for this webinar: {number}."),
        };
        Refusal::new(400, if kind == Kind::Meeting { 300 } else { 3000 }, message)
    });
    Err(refusal.because("settings.approval_type is 2, so nobody can register. Set it to 0 or 1."))
}

/// The registration of a meeting, as it is now.
pub(super) fn registration(ask: &Ask<'_>, meeting: &Meeting) -> Registration {
    let kept = ask.app.world.read(|state| state.registrations.get(&meeting.number).cloned());
    kept.map(|kept| Registration::clone(&kept)).unwrap_or_default()
}

/// Of what the path calls `{registrantId}` there is nobody, or nobody any more.
pub(super) fn no_such_registrant(ask: &Ask<'_>) -> Refusal {
    let id = ask.param("registrantId");
    let words = ["This registrant does not exist", "The value that you entered for the Registrant ID"];
    words.iter().find_map(|begins| worded(ask, begins, id)).unwrap_or_else(|| {
        let message = "The value that you entered for the Registrant ID field is invalid. Enter a valid value and \
                       try again.";
        Refusal::new(400, 300, message)
    })
}
