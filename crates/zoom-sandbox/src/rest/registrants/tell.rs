//! The events of registration, as subscribers hear of them.

use clock::Timestamp;
use serde_json::Map;

use crate::{
    wire::{self, put},
    world::{Happening, Kind, Meeting, Notice, Person, Registrant},
};

/// What happened to a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    Created,
    Approved,
    Cancelled,
    Denied,
}

impl Turn {
    fn event(self, kind: Kind) -> &'static str {
        match (kind, self) {
            (Kind::Meeting, Self::Created) => "meeting.registration_created",
            (Kind::Meeting, Self::Approved) => "meeting.registration_approved",
            (Kind::Meeting, Self::Cancelled) => "meeting.registration_cancelled",
            (Kind::Meeting, Self::Denied) => "meeting.registration_denied",
            (Kind::Webinar, Self::Created) => "webinar.registration_created",
            (Kind::Webinar, Self::Approved) => "webinar.registration_approved",
            (Kind::Webinar, Self::Cancelled) => "webinar.registration_cancelled",
            (Kind::Webinar, Self::Denied) => "webinar.registration_denied",
        }
    }
}

/// The event; `by` is who decided, which Zoom does not say of a registration itself.
pub(super) fn told(
    turn: Turn,
    meeting: &Meeting,
    registrant: &Registrant,
    account_id: &str,
    by: Option<&Person>,
    (base, at): (&str, Timestamp),
) -> Happening {
    let mut person = match turn {
        Turn::Created => wire::registrant(registrant, meeting, base),
        _ => wire::registrant_head(registrant),
    };
    person.remove("create_time");
    person.remove("language");
    if turn == Turn::Approved {
        wire::put_link(&mut person, registrant, meeting, base);
    }
    let source = registrant.answer("source_id");
    if meeting.kind == Kind::Webinar && !source.is_empty() {
        put(&mut person, "tracking_source", wire::tracking_source(meeting, source, base));
    }
    let mut object = Map::new();
    put(&mut object, "uuid", meeting.uuid.as_str());
    put(&mut object, "id", meeting.shown_number());
    put(&mut object, "host_id", meeting.host_id.as_str());
    put(&mut object, "topic", meeting.topic.as_str());
    put(&mut object, "type", meeting.code);
    if let Some(start) = meeting.start {
        put(&mut object, "start_time", wire::instant(start));
    }
    put(&mut object, "duration", meeting.duration);
    put(&mut object, "timezone", meeting.timezone.as_str());
    if meeting.recurrence.is_some() {
        let mut rows = wire::occurrences_of(meeting, |one| !one.deleted && registrant.comes_to(&one.id));
        for row in rows.iter_mut().filter_map(serde_json::Value::as_object_mut) {
            row.retain(|name, _| ["occurrence_id", "start_time"].contains(&name.as_str()));
        }
        put(&mut object, "occurrences", rows);
    }
    put(&mut object, "registrant", person);
    let mut payload = Map::new();
    if let Some(by) = by {
        put(&mut payload, "operator", by.email.as_str());
        put(&mut payload, "operator_id", by.id.as_str());
    }
    Happening::Told(Box::new(Notice {
        event: turn.event(meeting.kind),
        account_id: account_id.to_owned(),
        at,
        meeting: Some(meeting.number),
        object,
        payload,
        envelope: Map::new(),
    }))
}
