//! A meeting's and a webinar's JSON.

use bytes::Bytes;
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Map, Value};

use super::{derived, instant, occurrences, registration_url};
use crate::world::{Kind, Meeting, Person, Shared};

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

/// What rows of lists and whole meetings both have.
fn shared<M: SerializeMap>(members: &mut M, meeting: &Meeting, base: &str) -> Result<(), M::Error> {
    members.serialize_entry("id", &meeting.number)?;
    members.serialize_entry("uuid", &meeting.uuid)?;
    members.serialize_entry("host_id", &meeting.host_id)?;
    members.serialize_entry("topic", &meeting.topic)?;
    members.serialize_entry("type", &meeting.code)?;
    if let Some(start) = meeting.start {
        members.serialize_entry("start_time", &instant(start))?;
    }
    members.serialize_entry("duration", &meeting.duration)?;
    members.serialize_entry("timezone", &meeting.timezone)?;
    members.serialize_entry("created_at", &instant(meeting.created_at))?;
    members.serialize_entry("join_url", &join_url(meeting, base))
}

/// A row of a list.
pub(crate) fn row(meeting: &Meeting, base: &str) -> Value {
    // A map whose names are texts is always one of JSON.
    serde_json::to_value(Row { meeting, base }).unwrap_or_default()
}

struct Row<'a> {
    meeting: &'a Meeting,
    base: &'a str,
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        shared(&mut members, self.meeting, self.base)?;
        let agenda: String = self.meeting.agenda.chars().take(AGENDA_IN_LISTS).collect();
        members.serialize_entry("agenda", &agenda)?;
        if self.meeting.kind == Kind::Webinar {
            members.serialize_entry("is_simulive", &false)?;
        }
        members.end()
    }
}

/// The answer of create and get, with a start link that carries `zak`. `is_ours` tells which addresses belong to the
/// account, where that is to be said of invitees; `base` is one and the same for a sandbox.
pub(crate) fn detail(
    meeting: &Shared<Meeting>,
    host: &Person,
    is_ours: Option<&dyn Fn(&str) -> bool>,
    base: &str,
    zak: &str,
) -> Bytes {
    let write = |meeting: &Meeting| json(&Steady { meeting, is_ours, base });
    // Whoever polls a meeting should not wait for it to be written each time. Of those with invitees the text depends on
    // who belongs to the account.
    let fresh: Bytes;
    let steady = if meeting.settings.contains_key("meeting_invitees") {
        fresh = write(meeting).into();
        &fresh
    } else {
        meeting.written(|meeting| write(meeting).into())
    };
    let start_url = format!("{base}/s/{}?zak={zak}", meeting.shown_number());
    let varying = [(",\"host_email\":", json(&host.email)), (",\"start_url\":", json(&start_url))];
    let mut body =
        Vec::with_capacity(steady.len() + varying.iter().map(|(name, text)| name.len() + text.len()).sum::<usize>());
    body.extend_from_slice(steady.strip_suffix(b"}").unwrap_or_default());
    for (name, text) in varying {
        body.extend_from_slice(name.as_bytes());
        body.extend(text);
    }
    body.push(b'}');
    body.into()
}

/// Texts, and maps of them, always become JSON.
fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

/// What follows from the meeting alone.
struct Steady<'a> {
    meeting: &'a Meeting,
    is_ours: Option<&'a dyn Fn(&str) -> bool>,
    base: &'a str,
}

impl Serialize for Steady<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { meeting, is_ours, base } = *self;
        let mut members = serializer.serialize_map(None)?;
        shared(&mut members, meeting, base)?;
        members.serialize_entry("agenda", &meeting.agenda)?;
        members.serialize_entry("settings", &derived::Settings { meeting, is_ours })?;
        members.serialize_entry("creation_source", "open_api")?;
        if meeting.approval().is_some() {
            members.serialize_entry("registration_url", &registration_url(meeting, base))?;
        }
        if let Some(rule) = &meeting.recurrence {
            members.serialize_entry("recurrence", &rule.to_json())?;
            members.serialize_entry("occurrences", &occurrences(meeting))?;
        }
        if !meeting.tracking_fields.is_empty() {
            members.serialize_entry("tracking_fields", &derived::tracking_fields(meeting))?;
        }
        match meeting.kind {
            Kind::Meeting => of_meeting(&mut members, meeting, base)?,
            Kind::Webinar => {
                members.serialize_entry("is_simulive", &false)?;
                members.serialize_entry("transition_to_live", &false)?;
                members.serialize_entry(
                    "simulive_delay_start",
                    &Map::from_iter([("enable".to_owned(), Value::Bool(false))]),
                )?;
            }
        }
        passcodes(&mut members, meeting)?;
        members.end()
    }
}

fn of_meeting<M: SerializeMap>(members: &mut M, meeting: &Meeting, base: &str) -> Result<(), M::Error> {
    members.serialize_entry("status", meeting.status.as_str())?;
    members.serialize_entry("pre_schedule", &meeting.pre_schedule)?;
    if !meeting.assistant_id.is_empty() {
        members.serialize_entry("assistant_id", &meeting.assistant_id)?;
    }
    if let Some(pmi) = meeting.pmi {
        members.serialize_entry("pmi", &pmi.to_string())?;
    }
    if meeting.has_chat() {
        members.serialize_entry("chat_join_url", &format_args!("{base}/launch/jc/{}", meeting.number))?;
    }
    Ok(())
}

fn passcodes<M: SerializeMap>(members: &mut M, meeting: &Meeting) -> Result<(), M::Error> {
    if meeting.passcode.is_empty() {
        return Ok(());
    }
    members.serialize_entry("password", &meeting.passcode)?;
    let (digits, encrypted): (&[&str], &str) = match meeting.kind {
        Kind::Meeting => (&["h323_password", "pstn_password"], "encrypted_password"),
        Kind::Webinar => (&["h323_passcode"], "encrypted_passcode"),
    };
    for name in digits {
        members.serialize_entry(name, &meeting.digits)?;
    }
    members.serialize_entry(encrypted, &meeting.encrypted_passcode)
}
