//! The bodies of webhooks: what happened, in Zoom's envelope.

use serde_json::{Map, Value, json};

use crate::{
    wire::{instant, join_url, occurrences, put, registration_url, tracking_fields},
    world::{Happening, Kind, Meeting, Notice, Person},
};

/// An event, ready to be signed.
pub(super) struct Event {
    pub(super) name: String,
    pub(super) meeting: Option<i64>,
    pub(super) body: Value,
}

impl Event {
    /// The id of the user it is about: a meeting's host, or the user who was changed.
    pub(super) fn user(&self) -> Option<&str> {
        let object = self.body.get("payload")?.get("object")?;
        let id = if self.name.starts_with("user.") { "id" } else { "host_id" };
        object.get(id)?.as_str()
    }
}

/// The facts around an event.
pub(super) struct Around<'a> {
    pub(super) account_id: &'a str,
    /// Whose token the API calls were made with.
    pub(super) operator: &'a Person,
    pub(super) host_email: &'a str,
    pub(super) base: &'a str,
}

/// What Zoom sends for `happening`.
pub(super) fn event(happening: &Happening, around: &Around<'_>) -> Event {
    let (verb, meeting, at) = match happening {
        Happening::Told(notice) => return told(notice, around),
        Happening::Created { meeting, at } => ("created", meeting, at),
        Happening::Updated { after, at, .. } => ("updated", after, at),
        Happening::Deleted { meeting, at, .. } => ("deleted", meeting, at),
        Happening::Recovered { meeting, at } => ("recovered", meeting, at),
        Happening::Started { meeting, at } => ("started", meeting, at),
        Happening::Ended { meeting, at } => ("ended", meeting, at),
    };
    let mut payload = Map::new();
    put(&mut payload, "account_id", around.account_id);
    let object = match happening {
        Happening::Started { .. } => in_call(meeting, around.host_email),
        Happening::Ended { at, .. } => {
            let mut object = in_call(meeting, around.host_email);
            put(&mut object, "end_time", instant(*at));
            if meeting.kind == Kind::Webinar {
                put(
                    &mut object,
                    "practice_session",
                    meeting.settings.get("practice_session").cloned().unwrap_or_else(|| false.into()),
                );
            }
            object
        }
        Happening::Created { .. } => created(meeting, around.base),
        Happening::Told(_) => Map::new(),
        Happening::Recovered { .. } => taken(meeting, None),
        Happening::Deleted { occurrence, .. } => taken(meeting, occurrence.as_deref()),
        Happening::Updated { before, occurrence, .. } => {
            let (mut object, mut old) = changes(before, meeting, occurrence.is_none(), around.base);
            if occurrence.is_some() {
                put_occurrences(&mut object, meeting, occurrence.as_deref(), &[]);
                put_occurrences(&mut old, before, occurrence.as_deref(), &[]);
            }
            // Of webinars Zoom's schema has it beside the object, and Zoom's example within.
            if meeting.kind == Kind::Webinar {
                put(&mut object, "old_object", old.clone());
            }
            put(&mut payload, "old_object", old);
            put(&mut payload, "scope", reach(meeting, occurrence.as_deref()));
            put(&mut payload, "time_stamp", at.as_millisecond());
            object
        }
    };
    put(&mut payload, "object", object);
    if let Happening::Deleted { occurrence, .. } = happening {
        put(&mut payload, "operation", reach(meeting, occurrence.as_deref()));
    } else if let Happening::Created { .. } | Happening::Recovered { .. } = happening {
        put(&mut payload, "operation", reach(meeting, None));
    }
    if !matches!(happening, Happening::Started { .. } | Happening::Ended { .. }) {
        put(&mut payload, "operator", around.operator.email.as_str());
        put(&mut payload, "operator_id", around.operator.id.as_str());
    }
    let name = format!("{}.{verb}", meeting.kind.as_str());
    let body = json!({ "event": name, "event_ts": at.as_millisecond(), "payload": payload });
    Event { name, meeting: Some(meeting.number), body }
}

/// What is said of a meeting that is deleted, or there again.
fn taken(meeting: &Meeting, occurrence: Option<&str>) -> Map<String, Value> {
    let mut object = planned(meeting);
    put_occurrences(&mut object, meeting, occurrence, &["occurrence_id", "start_time"]);
    object
}

fn told(notice: &Notice, around: &Around<'_>) -> Event {
    let mut payload = notice.payload.clone();
    put(&mut payload, "account_id", around.account_id);
    put(&mut payload, "object", notice.object.clone());
    let mut body = notice.envelope.clone();
    put(&mut body, "event", notice.event);
    put(&mut body, "event_ts", notice.at.as_millisecond());
    put(&mut body, "payload", payload);
    Event { name: notice.event.to_owned(), meeting: notice.meeting, body: body.into() }
}

/// Whether all of a series is meant, or one meeting.
fn reach(meeting: &Meeting, occurrence: Option<&str>) -> &'static str {
    if meeting.recurrence.is_some() && occurrence.is_none() { "all" } else { "single" }
}

/// The sittings of a series, all or one, with the members that `shown` names; with all where it names none.
fn put_occurrences(object: &mut Map<String, Value>, meeting: &Meeting, only: Option<&str>, shown: &[&str]) {
    if meeting.recurrence.is_none() {
        return;
    }
    let mut rows = occurrences(meeting);
    rows.retain(|row| only.is_none_or(|only| row.get("occurrence_id").and_then(Value::as_str) == Some(only)));
    for row in rows.iter_mut().filter_map(Value::as_object_mut).filter(|_| !shown.is_empty()) {
        row.retain(|name, _| shown.contains(&name.as_str()));
    }
    put(object, "occurrences", rows);
}

/// In started and ended events the number is a text, unlike everywhere else.
fn in_call(meeting: &Meeting, host_email: &str) -> Map<String, Value> {
    members(json!({
        "id": meeting.shown_number().to_string(),
        "uuid": meeting.uuid,
        "host_id": meeting.host_id,
        "host_email": host_email,
        "topic": meeting.topic,
        "type": meeting.code,
        "start_time": instant(meeting.started_at.or(meeting.start).unwrap_or(meeting.created_at)),
        "timezone": meeting.timezone,
        "duration": meeting.duration,
    }))
}

fn planned(meeting: &Meeting) -> Map<String, Value> {
    let mut object = members(json!({
        "id": meeting.shown_number(),
        "uuid": meeting.uuid,
        "host_id": meeting.host_id,
        "topic": meeting.topic,
        "type": meeting.code,
        "duration": meeting.duration,
        "timezone": meeting.timezone,
    }));
    if let Some(start) = meeting.start {
        put(&mut object, "start_time", instant(start));
    }
    object
}

fn created(meeting: &Meeting, base: &str) -> Map<String, Value> {
    let mut object = planned(meeting);
    put(&mut object, "join_url", join_url(meeting, base));
    if !meeting.passcode.is_empty() {
        put(&mut object, "password", meeting.passcode.as_str());
    }
    if let Some(pmi) = meeting.pmi {
        put(&mut object, "pmi", pmi.to_string());
    }
    put(&mut object, "creation_source", "open_api");
    let shown = ["alternative_hosts", "use_pmi", "join_before_host", "jbh_time", "meeting_invitees"];
    let mut settings = members(json!({ "alternative_hosts": "", "use_pmi": false }));
    settings.extend(shown.into_iter().filter_map(|name| Some((name.to_owned(), meeting.settings.get(name)?.clone()))));
    put(&mut object, "settings", settings);
    put_tracking_fields(&mut object, meeting, &["field", "value", "visible"]);
    if let Some(rule) = &meeting.recurrence {
        put(&mut object, "recurrence", rule.to_json());
        put_occurrences(&mut object, meeting, None, &[]);
    }
    object
}

/// The tracking fields, each with the members that `shown` names.
fn put_tracking_fields(object: &mut Map<String, Value>, meeting: &Meeting, shown: &[&str]) {
    let mut fields = tracking_fields(meeting);
    for field in fields.iter_mut().filter_map(Value::as_object_mut) {
        field.retain(|name, _| shown.contains(&name.as_str()));
    }
    if meeting.kind == Kind::Meeting && !fields.is_empty() {
        put(object, "tracking_fields", fields);
    }
}

/// The changed members as they are and as they were; both name the meeting.
fn changes(before: &Meeting, after: &Meeting, all: bool, base: &str) -> (Map<String, Value>, Map<String, Value>) {
    let whole = |meeting: &Meeting| {
        let mut object = planned(meeting);
        put(&mut object, "agenda", meeting.agenda.as_str());
        put(&mut object, "password", meeting.passcode.as_str());
        put(&mut object, "settings", meeting.settings.clone());
        put_tracking_fields(&mut object, meeting, &["field", "value"]);
        if meeting.kind == Kind::Meeting {
            put(&mut object, "join_url", join_url(meeting, base));
        }
        if meeting.approval().is_some() {
            put(&mut object, "registration_url", registration_url(meeting, base));
        }
        if let Some(rule) = meeting.recurrence.as_ref().filter(|_| all) {
            put(&mut object, "recurrence", rule.to_json());
            put_occurrences(&mut object, meeting, None, &[]);
        }
        object
    };
    let (old, new) = (whole(before), whole(after));
    (differing(&new, &old, after), differing(&old, &new, before))
}

fn differing(of: &Map<String, Value>, from: &Map<String, Value>, meeting: &Meeting) -> Map<String, Value> {
    let mut kept = only_changed(of, from);
    kept.insert("id".to_owned(), meeting.shown_number().into());
    kept.insert("uuid".to_owned(), meeting.uuid.as_str().into());
    kept.insert("host_id".to_owned(), meeting.host_id.as_str().into());
    kept
}

fn only_changed(of: &Map<String, Value>, from: &Map<String, Value>) -> Map<String, Value> {
    let changed = of.iter().filter(|(name, value)| from.get(name.as_str()) != Some(value));
    changed
        .map(|(name, value)| match (name.as_str(), from.get(name.as_str())) {
            ("settings", Some(Value::Object(other))) => {
                let inside = value.as_object().map(|value| only_changed(value, other));
                (name.clone(), inside.unwrap_or_default().into())
            }
            _ => (name.clone(), value.clone()),
        })
        .collect()
}

/// The members of an object literal.
fn members(literal: Value) -> Map<String, Value> {
    match literal {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
