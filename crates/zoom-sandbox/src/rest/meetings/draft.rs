//! What a body says about a meeting, laid over the meeting as it is.

use clock::{Entropy, Timestamp};
use jiff::{civil::DateTime, tz::TimeZone};
use serde_json::{Map, Value};

use super::{
    super::{Ask, words::worded},
    customs::Customs,
};
use crate::{
    answer::Refusal,
    world::{Kind, Licence, Meeting, Person, opaque},
};

/// The `type` that a body means, for a new or an existing meeting. Webinars that are sent with a meeting's type (as
/// some clients do) become the webinar type of the same rhythm.
pub(super) fn code(ask: &Ask<'_>, kind: Kind) -> Result<Option<u8>, Refusal> {
    let Some(given) = ask.body.get("type").and_then(Value::as_i64) else { return Ok(None) };
    let code = match (kind, given) {
        (Kind::Meeting, 1) => 1,
        (Kind::Meeting, 2) => 2,
        (Kind::Meeting, 3) => 3,
        (Kind::Meeting, 10) => 10,
        (Kind::Webinar, 5 | 2) => 5,
        (Kind::Webinar, 6 | 3) => 6,
        (Kind::Meeting, 8) => 8,
        (Kind::Webinar, 9 | 8) => 9,
        _ => return Err(Refusal::field("type")),
    };
    if i64::from(code) != given {
        ask.note(format!("A webinar was sent with a meeting's type {given}; read as {code}."));
    }
    Ok(Some(code))
}

/// The zone of the body, which must be one of the IANA database.
pub(super) fn zone(ask: &Ask<'_>) -> Result<Option<String>, Refusal> {
    match ask.text("timezone").filter(|name| !name.is_empty()) {
        Some(name) if TimeZone::get(name).is_ok() => Ok(Some(name.to_owned())),
        Some(_) => Err(Refusal::field("timezone")),
        None => Ok(None),
    }
}

/// The start of the body: UTC where it ends with `Z`, else local time in `zone`.
pub(super) fn start(ask: &Ask<'_>, zone: &str) -> Result<Option<Timestamp>, Refusal> {
    let Some(text) = ask.text("start_time").filter(|text| !text.is_empty()) else { return Ok(None) };
    read_start(text, zone).map(Some).ok_or_else(|| Refusal::field("start_time"))
}

/// The length of the body, in minutes.
pub(super) fn duration(ask: &Ask<'_>) -> Result<Option<i64>, Refusal> {
    let Some(duration) = ask.body.get("duration").and_then(Value::as_i64) else { return Ok(None) };
    // The webinar table gives no bounds; a day is the most either can be planned for.
    (1..=1440).contains(&duration).then_some(Some(duration)).ok_or_else(|| Refusal::field("duration"))
}

fn read_start(text: &str, zone: &str) -> Option<Timestamp> {
    if !text.contains('T') {
        return None;
    }
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant);
    }
    let local: DateTime = text.parse().ok()?;
    Some(local.to_zoned_datetime(TimeZone::get(zone).ok()?).ok()?.timestamp())
}

/// Lays the simple fields of the body over the meeting: topic, agenda, duration, tracking fields, settings, passcode.
/// `people` are those of the account, of whom some may be alternative hosts.
pub(super) fn lay_over(
    ask: &Ask<'_>,
    meeting: &mut Meeting,
    entropy: &dyn Entropy,
    people: &[Person],
    customs: &Customs,
) -> Result<(), Refusal> {
    if let Some(topic) = ask.text("topic").filter(|topic| !topic.is_empty()) {
        topic.clone_into(&mut meeting.topic);
    }
    if let Some(agenda) = ask.text("agenda") {
        agenda.clone_into(&mut meeting.agenda);
    }
    if let Some(duration) = duration(ask)? {
        meeting.duration = duration;
    }
    if let Some(is_pre) = ask.body.get("pre_schedule").and_then(Value::as_bool) {
        meeting.pre_schedule = pre_scheduled(ask, meeting, is_pre)?;
    }
    if let Some(fields) = ask.body.get("tracking_fields").and_then(Value::as_array) {
        meeting.tracking_fields.clone_from(fields);
    }
    if let Some(settings) = ask.body.get("settings").and_then(Value::as_object) {
        merge(&mut meeting.settings, settings);
    }
    open_chat(meeting, entropy);
    alternative_hosts(meeting, people)?;
    customs.hold(ask, meeting)?;
    if meeting.waiting_room() {
        let before = meeting.settings.insert("join_before_host".to_owned(), false.into());
        if before == Some(Value::Bool(true)) {
            ask.note("The waiting room is on, so join_before_host is off.");
        }
    }
    if let Some(given) = ask.text("password").filter(|given| !given.is_empty()) {
        if let Some(lacks) = customs.passcode.lacks(given).filter(|_| meeting.passcode != given) {
            let why = format!("300: the host's settings ask more of a passcode: {lacks}.");
            return Err(Refusal::field("password").because(why));
        }
        meeting.set_passcode(given, entropy);
    }
    Ok(())
}

/// Prescheduling is for types 2 and 3; creating another ignores the wish, changing one into another is refused.
fn pre_scheduled(ask: &Ask<'_>, meeting: &Meeting, wished: bool) -> Result<bool, Refusal> {
    if !wished || matches!(meeting.code, 2 | 3) {
        return Ok(wished);
    }
    if let Some(refusal) = worded(ask, "Prescheduling is only available", "") {
        return Err(refusal);
    }
    ask.note("Only meetings of type 2 and 3 are prescheduled; pre_schedule was ignored.");
    Ok(false)
}

/// A new meeting gets a passcode where the host's settings want one, unless it was told not to and may do without.
pub(super) fn generate_passcode(ask: &Ask<'_>, meeting: &mut Meeting, entropy: &dyn Entropy, customs: &Customs) {
    let name = match meeting.kind {
        Kind::Meeting => "default_password",
        Kind::Webinar => "default_passcode",
    };
    let wanted = ask.body.get(name).and_then(Value::as_bool).unwrap_or(true);
    let signed_in_only = meeting.settings.get("meeting_authentication").and_then(Value::as_bool).unwrap_or(false);
    let protected = meeting.waiting_room() || signed_in_only;
    let (is_needed, is_locked) = customs.needs_passcode(meeting);
    let by_settings = is_needed && (wanted || is_locked);
    let by_security = customs.needs_protection && !protected;
    if meeting.passcode.is_empty() && (by_settings || by_security) {
        if !by_settings {
            ask.note("Passcode, waiting room and authentication were all off: a passcode was generated, as at Zoom.");
        }
        meeting.set_passcode(&customs.passcode.generate(entropy), entropy);
    }
}

/// Alternative hosts must be licensed users of the account, and nobody's own.
fn alternative_hosts(meeting: &Meeting, people: &[Person]) -> Result<(), Refusal> {
    for name in meeting.alternative_hosts() {
        let is_named = |person: &&Person| person.id == name || person.email.eq_ignore_ascii_case(&name);
        let may = |person: &Person| person.licence == Licence::Licensed && person.id != meeting.host_id;
        if !people.iter().find(is_named).is_some_and(may) {
            let why =
                format!("300: {name} cannot be an alternative host: not a licensed user of this account, or the host.");
            return Err(Refusal::field("settings.alternative_hosts").because(why));
        }
    }
    Ok(())
}

/// A meeting with a chat of its own has a channel for it.
fn open_chat(meeting: &mut Meeting, entropy: &dyn Entropy) {
    let has_chat = meeting.has_chat();
    if let Some(Value::Object(chat)) = meeting.settings.get_mut("continuous_meeting_chat")
        && has_chat
    {
        chat.entry("channel_id").or_insert_with(|| opaque(entropy, 32).into());
    }
}

/// Lays `over` over `under`: objects member by member, everything else replaced.
fn merge(under: &mut Map<String, Value>, over: &Map<String, Value>) {
    for (name, value) in over {
        match (under.get_mut(name), value) {
            (Some(Value::Object(inner)), Value::Object(value)) => merge(inner, value),
            (Some(place), value) => value.clone_into(place),
            (None, value) => drop(under.insert(name.clone(), value.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_is_utc_with_z_and_local_without() {
        let madrid = |text| read_start(text, "Europe/Madrid").map(|at| at.to_string());
        assert_eq!(madrid("2026-12-01T10:00:00Z").as_deref(), Some("2026-12-01T10:00:00Z"));
        assert_eq!(madrid("2026-12-01T10:00:00").as_deref(), Some("2026-12-01T09:00:00Z"));
        assert_eq!(madrid("2026-07-01T10:00:00").as_deref(), Some("2026-07-01T08:00:00Z"));
        for wrong in ["tomorrow", "2026-12-01", "2026-13-01T10:00:00", "2026-12-01 10:00:00"] {
            assert_eq!(madrid(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn settings_are_merged_member_by_member() {
        let object = |text| serde_json::from_str::<Map<String, Value>>(text).unwrap();
        let mut under = object(r#"{"a":{"x":1,"y":2},"b":[1,2],"c":true}"#);
        merge(&mut under, &object(r#"{"a":{"y":3},"b":[9],"d":"new"}"#));
        assert_eq!(under, object(r#"{"a":{"x":1,"y":3},"b":[9],"c":true,"d":"new"}"#));
    }
}
