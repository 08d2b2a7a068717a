//! Meetings held under the host's personal meeting id, by `settings.use_pmi` or by the host's own setting.

use serde_json::Value;

use super::super::Ask;
use crate::{
    answer::Refusal,
    world::{Kind, Meeting, Person, State},
};

/// The setting for meetings that begin at once.
const OF_INSTANT: &str = "schedule_meeting.use_pmi_for_instant_meetings";

/// Puts the meeting under its host's personal meeting id where that is wished for. Only scheduled ones and those
/// without a fixed time can be.
pub(super) fn under(ask: &Ask<'_>, state: &State, meeting: &mut Meeting, host: &Person) {
    if meeting.kind == Kind::Webinar {
        return;
    }
    let asked = meeting.settings.get("use_pmi").and_then(Value::as_bool).unwrap_or(false);
    let can_be_asked = matches!(meeting.code, 2 | 3);
    if asked && !can_be_asked {
        ask.note("Only meetings of type 2 and 3 can use the personal meeting id; use_pmi was ignored.");
    }
    // Of those that begin at once the host's setting says it.
    let by_setting = meeting.code == 1 && state.is_on(host, OF_INSTANT);
    meeting.pmi = (asked && can_be_asked || by_setting).then_some(host.pmi);
    meeting.settings.insert("use_pmi".to_owned(), meeting.pmi.is_some().into());
}

/// What is held under a personal meeting id has that room's passcode, unless it is given another, which is then the
/// room's too.
pub(super) fn passcode(ask: &Ask<'_>, meeting: &mut Meeting) -> Result<(), Refusal> {
    let Some(pmi) = meeting.pmi.filter(|_| ask.text("password").is_none_or(str::is_empty)) else { return Ok(()) };
    if let Some(room) = ask.change(|change| Ok(change.personal_room(pmi)))? {
        meeting.passcode = room.passcode;
        meeting.encrypted_passcode = room.encrypted_passcode;
        meeting.digits = room.digits;
    }
    Ok(())
}
