//! What webhooks say about Zoom Events.

use serde_json::Map;

use crate::{
    wire::{instant, put},
    world::{Change, Happening, Notice},
};

use super::{Event, Row, Session, Stage};

fn tell(change: &mut Change<'_>, name: &'static str, event: &Event, object: Row) {
    change.happenings.push(Happening::Told(Box::new(Notice {
        event: name,
        account_id: event.account_id.clone(),
        at: change.now,
        meeting: None,
        object,
        payload: Map::new(),
        envelope: Map::new(),
    })));
}

fn around(event: &Event) -> Row {
    let mut object = Row::new();
    put(&mut object, "event_id", event.id.as_str());
    put(&mut object, "host_id", event.host_id.as_str());
    object
}

fn with(mut object: Row, row: &Row, names: &[&str]) -> Row {
    for name in names {
        if let Some(value) = row.get(*name) {
            put(&mut object, name, value.clone());
        }
    }
    object
}

/// The event itself was published, changed, cancelled or duplicated (from the event with the id `source`).
pub(crate) fn event(change: &mut Change<'_>, name: &'static str, event: &Event, source: Option<&str>) {
    let mut object = around(event);
    put(&mut object, "hub_id", event.hub_id.as_str());
    put(&mut object, "status", event.stage.as_str());
    put(&mut object, "start_time", instant(event.start));
    put(&mut object, "end_time", instant(event.end));
    if let Some(source) = source {
        put(&mut object, "source_event_id", source);
    }
    let object = with(object, &event.row, &["name", "description", "event_type", "attendance_type", "timezone"]);
    tell(change, name, event, object);
}

/// Something happened to a speaker.
pub(crate) fn speaker(change: &mut Change<'_>, name: &'static str, event: &Event, speaker: &Row) {
    tell(change, name, event, with(around(event), speaker, &["speaker_id", "name", "email"]));
}

/// Something happened to a session. Nobody is told before the event is published.
pub(crate) fn session(change: &mut Change<'_>, name: &'static str, event: &Event, session: &Session) {
    if event.stage != Stage::Published {
        return;
    }
    // What a session does not say of itself holds as for its event.
    let mut object = with(around(event), &event.row, &["attendance_type", "timezone"]);
    object = with(object, &session.row, &["name", "attendance_type", "timezone"]);
    put(&mut object, "type", session.kind());
    if name == "zoom_events.session_ended" {
        object.remove("attendance_type");
    }
    put(&mut object, "session_id", session.id.as_str());
    put(&mut object, "start_time", instant(session.start));
    put(&mut object, "end_time", instant(session.end));
    tell(change, name, event, object);
}

impl Change<'_> {
    /// The call of this meeting is over: if a session was held in it, the session is over.
    pub(in crate::world) fn session_ended(&mut self, number: i64) {
        let held = self.state.zoom_events.held_in(number).map(|(event, session)| (event.clone(), session.clone()));
        if let Some((event, held)) = held {
            session(self, "zoom_events.session_ended", &event, &held);
        }
    }
}

/// Something happened to a ticket type.
pub(crate) fn ticket_type(change: &mut Change<'_>, name: &'static str, event: &Event, kind: &Row) {
    let shown = ["ticket_type_id", "name", "description", "attendance_type", "start_time", "end_time"];
    let object = with(with(around(event), &event.row, &["attendance_type"]), kind, &shown);
    tell(change, name, event, object);
}

/// Something happened to a ticket.
pub(crate) fn ticket(change: &mut Change<'_>, name: &'static str, event: &Event, ticket: &Row) {
    let shown =
        ["ticket_id", "ticket_type_id", "external_ticket_id", "ticket_role_type", "email", "authentication_method"];
    tell(change, name, event, with(around(event), ticket, &shown));
}
