//! Zoom Events: hubs, and the events they hold with everything that belongs to them.

pub(crate) mod heirs;
pub(crate) mod tell;

use std::collections::{BTreeMap, BTreeSet};

use clock::{Entropy, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Shared, ids, keep::parts};

/// Members as Zoom names them; what cannot be worked out from anything else.
pub(crate) type Row = Map<String, Value>;

/// Everything of Zoom Events.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct ZoomEvents {
    pub(crate) hubs: BTreeMap<String, Hub>,
    pub(crate) events: BTreeMap<String, Shared<Event>>,
}

parts!(ZoomEvents { hubs, events });

/// Where events are shown, and who may make them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Hub {
    pub(crate) id: String,
    pub(crate) account_id: String,
    pub(crate) name: String,
    pub(crate) description: String,
    /// User ids, in the order they came; the first is the hub's owner until somebody removes them.
    pub(crate) hosts: Vec<String>,
}

/// How far an event has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Stage {
    /// Only those who make it see it.
    Draft,
    /// Open to registrants.
    Published,
    /// Called off; it can only be read.
    Cancelled,
}

impl Stage {
    /// Zoom's word.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::Published => "PUBLISHED",
            Self::Cancelled => "CANCELLED",
        }
    }
}

/// An event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Event {
    pub(crate) id: String,
    pub(crate) account_id: String,
    pub(crate) hub_id: String,
    pub(crate) host_id: String,
    pub(crate) stage: Stage,
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
    pub(crate) created_at: Timestamp,
    /// Name, description, calendar and whatever else was sent about it.
    pub(crate) row: Row,
    pub(crate) speakers: Vec<Row>,
    pub(crate) links: Vec<Row>,
    pub(crate) sessions: Vec<Session>,
    pub(crate) ticket_types: Vec<Row>,
    /// The ticket type for those who name none, until it is deleted.
    pub(crate) default_ticket_type: String,
    pub(crate) tickets: Vec<Row>,
    /// E-mail addresses whose last ticket was taken away.
    pub(crate) revoked: BTreeSet<String>,
    pub(crate) coeditors: Vec<Row>,
    /// Registration questions of the event (under an empty name) and of ticket types that have their own.
    pub(crate) questions: BTreeMap<String, Row>,
    pub(crate) check_ins: Vec<Row>,
}

/// A sitting of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
    pub(crate) row: Row,
    /// The meeting or webinar it is held in, once the event is published.
    pub(crate) meeting: Option<i64>,
    pub(crate) interpreters: Vec<Row>,
    pub(crate) polls: Vec<Row>,
    /// The key it can be streamed in with, once one was made, and whether that is switched on.
    pub(crate) stream: Option<Row>,
    pub(crate) streams_in: bool,
    pub(crate) reservations: Vec<String>,
    pub(crate) check_ins: Vec<Row>,
}

impl ZoomEvents {
    /// One hub, owned by the account's owner: somebody must hold the Events licence.
    pub(crate) fn fresh(account_id: &str, owner_id: &str, entropy: &dyn Entropy) -> Self {
        let hub = Hub {
            id: ids::opaque(entropy, 22),
            account_id: account_id.to_owned(),
            name: "Northlight Events".to_owned(),
            description: "Open days, readings and conferences.".to_owned(),
            hosts: vec![owner_id.to_owned()],
        };
        Self { hubs: BTreeMap::from([(hub.id.clone(), hub)]), events: BTreeMap::new() }
    }

    /// The event and the session that are held in this meeting or webinar.
    pub(crate) fn held_in(&self, number: i64) -> Option<(&Event, &Session)> {
        self.events.values().find_map(|event| {
            let session = event.sessions.iter().find(|session| session.meeting == Some(number))?;
            Some((&**event, session))
        })
    }
}

impl Event {
    /// Whether it is over at `now`.
    pub(crate) fn is_past(&self, now: Timestamp) -> bool {
        self.end <= now
    }

    /// `SIMPLE_EVENT`, `CONFERENCE` or `RECURRING`.
    pub(crate) fn shape(&self) -> &str {
        text(&self.row, "event_type")
    }

    /// Whether sessions and ticket types can be added to it.
    pub(crate) fn is_conference(&self) -> bool {
        self.shape() == "CONFERENCE"
    }

    /// The tickets of somebody, by e-mail address in any case.
    pub(crate) fn tickets_of<'a>(&'a self, email: &'a str) -> impl Iterator<Item = &'a Row> {
        self.tickets.iter().filter(move |ticket| text(ticket, "email").eq_ignore_ascii_case(email))
    }

    /// The ticket type with this id.
    pub(crate) fn ticket_type(&self, id: &str) -> Option<&Row> {
        self.ticket_types.iter().find(|kind| text(kind, "ticket_type_id") == id)
    }

    /// Whether a ticket lets its holder into a session.
    pub(crate) fn admits(&self, ticket: &Row, session_id: &str) -> bool {
        let named = |row: &Row, list: &str| {
            row.get(list).and_then(Value::as_array).map(|ids| ids.iter().any(|id| id == session_id || id == "ALL"))
        };
        let kind = self.ticket_type(text(ticket, "ticket_type_id"));
        named(ticket, "session_ids").unwrap_or(true) && kind.and_then(|kind| named(kind, "sessions")).unwrap_or(true)
    }
}

impl Session {
    /// 0 meeting, 2 webinar, 4 neither.
    pub(crate) fn kind(&self) -> i64 {
        self.row.get("type").and_then(Value::as_i64).unwrap_or(4)
    }

    /// Whether somebody has a part in it beside listening.
    pub(crate) fn gives_a_part_to(&self, email: &str, speakers: &[Row]) -> bool {
        let is_them = |known: &str| known.eq_ignore_ascii_case(email);
        let listed = ["alternative_host", "panelist"].into_iter().any(|list| {
            let people = self.row.get(list).and_then(Value::as_array);
            people.is_some_and(|people| people.iter().filter_map(Value::as_str).any(is_them))
        });
        let speaks = speakers
            .iter()
            .filter(|speaker| is_them(text(speaker, "email")))
            .any(|speaker| self.speaker_ids().any(|id| id == text(speaker, "speaker_id")));
        listed || speaks || self.interpreters.iter().any(|one| is_them(text(one, "email")))
    }

    /// The speakers named for it.
    pub(crate) fn speaker_ids(&self) -> impl Iterator<Item = &str> {
        let named = self.row.get("session_speakers").and_then(Value::as_array);
        named.into_iter().flatten().filter_map(|one| one.get("speaker_id")?.as_str())
    }
}

/// A text of a row; empty where it has none.
pub(crate) fn text<'a>(row: &'a Row, name: &str) -> &'a str {
    row.get(name).and_then(Value::as_str).unwrap_or_default()
}
