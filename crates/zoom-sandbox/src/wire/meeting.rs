//! A meeting's and a webinar's JSON.

use serde_json::{Map, Value, json};

use super::{derived, instant, occurrences, registration_url};
use crate::world::{Kind, Meeting, Person};

/// How much of an agenda lists show, in characters.
const AGENDA_IN_LISTS: usize = 250;

/// Sets a member.
pub(crate) fn put(members: &mut Map<String, Value>, name: &str, value: impl Into<Value>) {
    members.insert(name.to_owned(), value.into());
}

/// The join link, with the passcode, so that whoever has the link need not type it.
///
/// Zoom puts an encrypted form there; the sandbox's call pages take the passcode itself.
pub(crate) fn join_url(meeting: &Meeting, base: &str) -> String {
    let link = format!("{base}/j/{}", meeting.shown_number());
    if meeting.passcode.is_empty() || !meeting.embeds_passcode {
        return link;
    }
    let passcode = percent_encoding::utf8_percent_encode(&meeting.passcode, percent_encoding::NON_ALPHANUMERIC);
    format!("{link}?pwd={passcode}")
}

fn shared(meeting: &Meeting, base: &str) -> Map<String, Value> {
    let mut members = Map::new();
    put(&mut members, "id", meeting.number);
    put(&mut members, "uuid", meeting.uuid.as_str());
    put(&mut members, "host_id", meeting.host_id.as_str());
    put(&mut members, "topic", meeting.topic.as_str());
    put(&mut members, "type", meeting.code);
    if let Some(start) = meeting.start {
        put(&mut members, "start_time", instant(start));
    }
    put(&mut members, "duration", meeting.duration);
    put(&mut members, "timezone", meeting.timezone.as_str());
    put(&mut members, "created_at", instant(meeting.created_at));
    put(&mut members, "join_url", join_url(meeting, base));
    members
}

/// A row of a list.
pub(crate) fn row(meeting: &Meeting, base: &str) -> Value {
    let mut members = shared(meeting, base);
    let agenda: String = meeting.agenda.chars().take(AGENDA_IN_LISTS).collect();
    put(&mut members, "agenda", agenda);
    if meeting.kind == Kind::Webinar {
        put(&mut members, "is_simulive", false);
    }
    Value::Object(members)
}

/// The answer of create and get, with a start link that carries `zak`.
pub(crate) fn detail(meeting: &Meeting, host: &Person, is_ours: &dyn Fn(&str) -> bool, base: &str, zak: &str) -> Value {
    let mut members = shared(meeting, base);
    put(&mut members, "host_email", host.email.as_str());
    put(&mut members, "agenda", meeting.agenda.as_str());
    put(&mut members, "start_url", format!("{base}/s/{}?zak={zak}", meeting.shown_number()));
    put(&mut members, "settings", derived::settings(meeting, is_ours));
    put(&mut members, "creation_source", "open_api");
    if meeting.approval().is_some() {
        put(&mut members, "registration_url", registration_url(meeting, base));
    }
    if let Some(rule) = &meeting.recurrence {
        put(&mut members, "recurrence", rule.to_json());
        put(&mut members, "occurrences", occurrences(meeting));
    }
    if !meeting.tracking_fields.is_empty() {
        put(&mut members, "tracking_fields", derived::tracking_fields(meeting));
    }
    if meeting.kind == Kind::Meeting {
        put(&mut members, "status", meeting.status.as_str());
        put(&mut members, "pre_schedule", meeting.pre_schedule);
        if !meeting.assistant_id.is_empty() {
            put(&mut members, "assistant_id", meeting.assistant_id.as_str());
        }
        if let Some(pmi) = meeting.pmi {
            put(&mut members, "pmi", pmi.to_string());
        }
        if meeting.has_chat() {
            put(&mut members, "chat_join_url", format!("{base}/launch/jc/{}", meeting.number));
        }
    } else {
        put(&mut members, "is_simulive", false);
        put(&mut members, "transition_to_live", false);
        put(&mut members, "simulive_delay_start", json!({ "enable": false }));
    }
    if !meeting.passcode.is_empty() {
        put(&mut members, "password", meeting.passcode.as_str());
        let (digits, encrypted): (&[&str], &str) = match meeting.kind {
            Kind::Meeting => (&["h323_password", "pstn_password"], "encrypted_password"),
            Kind::Webinar => (&["h323_passcode"], "encrypted_passcode"),
        };
        for name in digits {
            put(&mut members, name, meeting.digits.as_str());
        }
        put(&mut members, encrypted, meeting.encrypted_passcode.as_str());
    }
    Value::Object(members)
}
