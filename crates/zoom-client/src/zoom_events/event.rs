//! List, create, get, change, delete events; publish, duplicate and cancel them.

use clock::Timestamp;
use reqwest::Method;
use serde::Serialize;

use super::{Events, OneEvent};
use crate::{Call, Error, instant};

pub(super) static LIST: Call = Call::new("getEvents", Method::GET, "/zoom_events/events");
pub(super) static CREATE: Call = Call::new("createEvent", Method::POST, "/zoom_events/events");
pub(super) static GET: Call = Call::new("getEventInfo", Method::GET, "/zoom_events/events/{eventId}");
pub(super) static UPDATE: Call = Call::new("updateEvent", Method::PATCH, "/zoom_events/events/{eventId}");
pub(super) static DELETE: Call = Call::new("deleteEvent", Method::DELETE, "/zoom_events/events/{eventId}");
pub(super) static ACT: Call = Call::new("EventActions", Method::POST, "/zoom_events/events/{eventId}/event_actions");

words! {
    /// What an event is.
    EventType {
        /// One session.
        Simple = "SIMPLE_EVENT",
        /// Several sessions on some days.
        Conference = "CONFERENCE",
        /// The same again and again.
        Recurring = "RECURRING",
    }
}

words! {
    /// Whose events are listed.
    Viewpoint {
        /// Those the user holds.
        Host = "host",
        /// Those the user has a ticket for.
        Attendee = "attendee",
    }
}

words! {
    /// Which events are listed.
    EventStatus {
        /// To come.
        Upcoming = "upcoming",
        /// Over.
        Past = "past",
        /// Not published.
        Draft = "draft",
        /// Called off.
        Cancelled = "cancelled",
    }
}

settings! {
    /// One day of an event.
    EventDay {
        /// When it begins, such as `2026-12-01T17:00:00Z`.
        start_time: String,
        /// When it ends.
        end_time: String,
    }
}

answer! {
    /// An event.
    ZoomEvent {
        /// Its id.
        event_id: String,
        /// Its name.
        name: String,
        /// What it is about.
        description: String,
        /// Its zone.
        timezone: String,
        /// What it is.
        event_type: Option<EventType>,
        /// `DRAFT`, `PUBLISHED` and so on.
        status: String,
        /// The id of its hub.
        hub_id: String,
        /// Who may see it.
        access_level: String,
        /// `virtual`, `in-person` or `hybrid`.
        attendance_type: String,
        /// Its days.
        calendar: Vec<EventDay>,
        /// When it begins.
        start_time: Option<Timestamp>,
        /// When it ends.
        end_time: Option<Timestamp>,
        /// Its page.
        event_url: Option<String>,
    }
}

settings! {
    /// How a recurring event recurs.
    EventRecurrence {
        /// 1 daily, 2 weekly, 3 monthly.
        #[serde(rename = "type")]
        kind: u8,
        /// Every so many days, weeks or months.
        repeat_interval: u16,
        /// Weekly: the days; Sunday is 1.
        weekly_days: Vec<u8>,
        /// Monthly: the days of the month.
        monthly_days: Vec<u8>,
        /// Ends after so many times.
        end_times: u16,
        /// How long it is each time, in minutes.
        duration: u32,
    }
}

settings! {
    /// What an event is to be. To create one, Zoom wants name, description, timezone, type, hub, access level and
    /// attendance type.
    EventWish {
        /// Its name.
        name: String,
        /// What it is about.
        description: String,
        /// Its zone (an IANA name).
        timezone: String,
        /// What it is.
        event_type: EventType,
        /// The id of its hub.
        hub_id: String,
        /// Who may see it, such as `PRIVATE_RESTRICTED`.
        access_level: String,
        /// `virtual`, `in-person` or `hybrid`.
        attendance_type: String,
        /// `MEETING` or `WEBINAR`, of simple events.
        meeting_type: String,
        /// Its days, at most six.
        calendar: Vec<EventDay>,
        /// How a recurring event recurs.
        recurrence: EventRecurrence,
        /// Its categories, in Zoom's words.
        categories: Vec<String>,
        /// Its tags.
        tags: Vec<String>,
        /// Whom to ask about it.
        contact_name: String,
        /// A line beneath its name.
        tagline: String,
        /// When its lobby opens.
        lobby_start_time: String,
        /// When its lobby closes.
        lobby_end_time: String,
    }
}

/// What to change about an event; what is not said stays.
pub type EventChange = EventWish;

/// What is done with an event.
#[derive(Serialize)]
#[serde(tag = "operation", rename_all = "lowercase")]
enum Act<'a> {
    Publish,
    Cancel { cancel_message: &'a str },
    Duplicate { duplicate_event: Copied<'a> },
}

/// How the copy of an event is to be.
#[derive(Serialize)]
struct Copied<'a> {
    name: &'a str,
    start_time: String,
    timezone: &'a str,
}

answer! {
    /// What became of it.
    EventActionDone {
        /// `published`, `duplicated` or `cancelled`.
        status: String,
        /// The id of the event; of the copy, where one was made.
        event_id: String,
    }
}

impl Events {
    /// Events to come that the user has tickets for, over all pages. Scope `zoom_events:read:list_events`; light.
    pub fn list(&self) -> ListEvents {
        ListEvents(self.ask(&LIST, &[]))
    }

    /// Makes a draft of an event. Never sent twice. Scope `zoom_events:write:event`; light.
    pub async fn create(&self, event: &EventWish) -> Result<ZoomEvent, Error> {
        self.ask(&CREATE, &[]).body(event).read().await
    }
}

impl OneEvent {
    /// The event. Scope `zoom_events:read:event`; light.
    pub async fn get(&self) -> Result<ZoomEvent, Error> {
        self.ask(&GET).read().await
    }

    /// Changes what `change` says. Scope `zoom_events:update:event`; light.
    pub async fn update(&self, change: &EventChange) -> Result<(), Error> {
        self.ask(&UPDATE).body(change).done().await
    }

    /// Deletes the event; drafts only. Scope `zoom_events:delete:event`; light.
    pub async fn delete(&self) -> Result<(), Error> {
        self.ask(&DELETE).done().await
    }

    /// Publishes the event. Scope `zoom_events:write:event`; light.
    pub async fn publish(&self) -> Result<EventActionDone, Error> {
        self.ask(&ACT).body(&Act::Publish).read().await
    }

    /// Calls the event off; ticket holders are told `message`. Scope `zoom_events:write:event`; light.
    pub async fn cancel(&self, message: &str) -> Result<EventActionDone, Error> {
        self.ask(&ACT).body(&Act::Cancel { cancel_message: message }).read().await
    }

    /// Makes a copy that begins at `start`. Never sent twice. Scope `zoom_events:write:event`; light.
    pub async fn duplicate(&self, name: &str, start: Timestamp, zone: &str) -> Result<EventActionDone, Error> {
        let copy = Copied { name, start_time: instant::utc(start), timezone: zone };
        self.ask(&ACT).body(&Act::Duplicate { duplicate_event: copy }).read().await
    }
}

list! {
    /// A list of events; await it for all of them.
    ListEvents of ZoomEvent, "events" {
        /// Whose.
        of: Viewpoint = "role_type",
        /// Others than those to come.
        which: EventStatus = "event_status_type",
    }
}
