//! Ways in that are handed to others: the text of an invitation, links with a name in them, tokens for programs.

use jiff::{SignedDuration, tz::TimeZone};
use serde_json::{Value, json};

use super::{
    super::Ask,
    find::{Reach, find, needs_webinar_plan},
};
use crate::{
    answer::{Answer, Refusal},
    call::Guest,
    wire,
    world::{Kind, Licence, Meeting, Shared, mint_invite, opaque},
};

/// How long a join token is good for, in seconds.
const TOKEN_LIFE: u32 = 120;

/// How long an invite link is good for unless the request says otherwise, in seconds.
const LINK_LIFE: i64 = 7200;

/// `GET /meetings/{meetingId}/invitation`.
pub(in crate::rest) fn invitation(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let meeting = find(ask, Kind::Meeting, Reach::Number)?;
    let host = ask.user_named(&meeting.host_id)?;
    let sip = format!("{}@sip.invalid", meeting.number);
    let mut lines = vec![
        format!("{} is inviting you to a scheduled Zoom meeting.", host.display_name),
        String::new(),
        format!("Topic: {}", meeting.topic),
    ];
    lines.extend(time(&meeting).map(|time| format!("Time: {time}")));
    lines.extend([
        String::new(),
        "Join Zoom Meeting".to_owned(),
        wire::join_url(&meeting, &ask.app.base),
        String::new(),
        format!("Meeting ID: {}", in_groups(meeting.number)),
    ]);
    if !meeting.passcode.is_empty() {
        lines.push(format!("Passcode: {}", meeting.passcode));
    }
    lines.extend([String::new(), "Join by SIP".to_owned(), sip.clone(), String::new()]);
    Ok(Answer::json(ask.operation.success, json!({ "invitation": lines.join("\r\n"), "sip_links": [sip] })))
}

/// Such as `Mar 25, 2022 03:32 PM America/Los_Angeles`; none for a meeting without a fixed time.
fn time(meeting: &Meeting) -> Option<String> {
    let zone = TimeZone::get(&meeting.timezone).ok()?;
    let local = zone.to_datetime(meeting.start?);
    Some(format!("{} {}", local.strftime("%b %-d, %Y %I:%M %p"), meeting.timezone))
}

/// A number as people read it out: 555 4444 3210.
fn in_groups(number: i64) -> String {
    let digits = number.to_string();
    let (first, rest) = digits.split_at_checked(3).unwrap_or((&digits, ""));
    let middle = rest.len().saturating_sub(4);
    let (second, third) = rest.split_at_checked(middle).unwrap_or((rest, ""));
    [first, second, third].join(" ")
}

/// `POST /meetings/{meetingId}/invite_links` and `…/webinars/{webinarId}/…`: a link for each name.
pub(in crate::rest) fn links(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let meeting = reached(ask, kind)?;
    let life = ask.body.get("ttl").and_then(Value::as_i64).unwrap_or(LINK_LIFE);
    let until = ask.now.saturating_add(SignedDuration::from_secs(life)).unwrap_or(ask.now);
    let attendees = ask.body.get("attendees").and_then(Value::as_array).cloned().unwrap_or_default();
    if attendees.is_empty() {
        return Err(Refusal::field("attendees"));
    }
    let key = ask.app.world.read(|state| state.key.clone());
    let link = |one: &Value| {
        let name = one.get("name")?.as_str()?;
        let is_off = |what: &str| one.get(what) == Some(&Value::Bool(true));
        let guest = Guest {
            name: name.to_owned(),
            without_sound: is_off("disable_audio"),
            without_picture: is_off("disable_video"),
            ..Guest::default()
        };
        let token = mint_invite(&key, meeting.number, &guest, until);
        Some(json!({ "name": name, "join_url": wire::personal_link(&meeting, &token, &ask.app.base) }))
    };
    let made: Vec<Value> = attendees.iter().filter_map(link).collect();
    Ok(Answer::json(ask.operation.success, json!({ "attendees": made })))
}

/// `GET …/jointoken/{live_streaming|local_archiving|local_recording}`: for hosts with a licence and the setting.
pub(in crate::rest) fn join_token(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let meeting = reached(ask, kind)?;
    let host = ask.user_named(&meeting.host_id)?;
    let setting = match (ask.operation.path.rsplit('/').next(), kind) {
        (Some("live_streaming"), Kind::Meeting) => "in_meeting.allow_live_streaming",
        (Some("live_streaming"), Kind::Webinar) => "in_meeting.webinar_live_streaming.enable",
        (Some("local_recording"), _) => "recording.local_recording",
        _ => "recording.archive.enable",
    };
    if host.licence != Licence::Licensed || !ask.is_on_for_host(&meeting, setting) {
        let documented = ask.operation.errors().iter().find(|error| error.message.starts_with("Not allowed to start"));
        if let Some(error) = documented {
            let why = format!("{}: {} has no licence for it, or {setting} is off.", error.code, host.display_name);
            return Err(Refusal::new(error.status, error.code, &*error.message).because(why));
        }
    }
    let token = opaque(ask.app.entropy.as_ref(), 43);
    Ok(Answer::json(ask.operation.success, json!({ "expire_in": TOKEN_LIFE, "token": token })))
}

fn reached(ask: &Ask<'_>, kind: Kind) -> Result<Shared<Meeting>, Refusal> {
    let meeting = find(ask, kind, Reach::Number)?;
    let host = ask.user_named(&meeting.host_id)?;
    needs_webinar_plan(ask, kind, &host)?;
    Ok(meeting)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_all_lengths_are_read_out_in_groups() {
        assert_eq!(in_groups(55_544_443_210), "555 4444 3210");
        assert_eq!(in_groups(5_551_234_567), "555 123 4567");
        assert_eq!(in_groups(555_123_456), "555 12 3456");
    }
}
