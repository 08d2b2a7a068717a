//! The sessions of an event.

use clock::Timestamp;
use reqwest::Method;

use super::{OneEvent, OneSession};
use crate::{Call, Error, MeetingId};

pub(super) static LIST: Call = Call::new("getEventSessionList", Method::GET, "/zoom_events/events/{eventId}/sessions");
pub(super) static CREATE: Call =
    Call::new("createEventSession", Method::POST, "/zoom_events/events/{eventId}/sessions");
pub(super) static GET: Call =
    Call::new("getEventSessionInfo", Method::GET, "/zoom_events/events/{eventId}/sessions/{sessionId}");
pub(super) static UPDATE: Call =
    Call::new("updateEventSession", Method::PATCH, "/zoom_events/events/{eventId}/sessions/{sessionId}");
pub(super) static DELETE: Call =
    Call::new("deleteEventSession", Method::DELETE, "/zoom_events/events/{eventId}/sessions/{sessionId}");

kinds! {
    /// In what a session is held.
    SessionKind {
        /// A meeting.
        Meeting = 0,
        /// A webinar.
        Webinar = 2,
        /// Nothing at Zoom: people are in one place.
        InPerson = 4,
    }
}
members!(SessionKind);

settings! {
    /// Somebody who speaks in a session.
    SessionSpeaker {
        /// The speaker's id.
        speaker_id: String,
        /// The speaker may change the session.
        access_to_edit_session: bool,
        /// The speaker is shown on the session's page.
        show_in_session_detail: bool,
        /// The speaker may start the session.
        has_alternative_host_permission: bool,
    }
}

settings! {
    /// Whether seats are reserved, and how many.
    SessionReservation {
        /// They are.
        allow_reservations: bool,
        /// How many there are.
        max_capacity: u32,
    }
}
members!(SessionReservation);

answer! {
    /// A session.
    Session {
        /// Its id.
        session_id: String,
        /// Its name.
        name: String,
        /// What it is about.
        description: String,
        /// Its zone.
        timezone: String,
        /// In what it is held.
        #[serde(rename = "type")]
        kind: Option<SessionKind>,
        /// When it begins.
        start_time: Option<Timestamp>,
        /// When it ends.
        end_time: Option<Timestamp>,
        /// The number of its meeting, once the event is published.
        meeting_id: Option<MeetingId>,
        /// The number of its webinar, once the event is published.
        webinar_id: Option<MeetingId>,
        /// Who speaks.
        session_speakers: Vec<SessionSpeaker>,
        /// Whether seats are reserved.
        session_reservation: Option<SessionReservation>,
        /// `virtual`, `in-person` or `hybrid`.
        attendance_type: String,
        /// Where it is.
        physical_location: Option<String>,
    }
}

settings! {
    /// What a session is to be. To create one, Zoom wants name, times, zone and kind.
    SessionWish {
        /// Its name.
        name: String,
        /// What it is about.
        description: String,
        /// When it begins, such as `2026-12-01T17:00:00Z`.
        start_time: String,
        /// When it ends.
        end_time: String,
        /// Its zone (an IANA name); only when it is made.
        timezone: String,
        /// In what it is held.
        #[serde(rename = "type")]
        kind: SessionKind,
        /// Who speaks.
        session_speakers: Vec<SessionSpeaker>,
        /// Who may start it besides the host, by address.
        alternative_host: Vec<String>,
        /// Who speaks at its webinar, by address.
        panelist: Vec<String>,
        /// Whether seats are reserved.
        session_reservation: SessionReservation,
        /// It is shown first.
        featured: bool,
        /// It is shown on the event's page.
        visible_in_landing_page: bool,
        /// What it belongs to.
        track_labels: Vec<String>,
        /// `virtual`, `in-person` or `hybrid`.
        attendance_type: String,
        /// Where it is.
        physical_location: String,
    }
}

impl OneEvent {
    /// The sessions. Scope `zoom_events:read:list_sessions`; light.
    pub async fn sessions(&self) -> Result<Vec<Session>, Error> {
        self.client.whole(self.ask(&LIST), "sessions").await
    }

    /// Adds a session; simple events have one already. Never sent twice. Scope `zoom_events:write:session`; light.
    pub async fn add_session(&self, session: &SessionWish) -> Result<Session, Error> {
        self.ask(&CREATE).body(session).read().await
    }
}

impl OneSession {
    /// The session. Scope `zoom_events:read:session`; light.
    pub async fn get(&self) -> Result<Session, Error> {
        self.ask(&GET).read().await
    }

    /// Changes what `change` says. Scope `zoom_events:update:session`; light.
    pub async fn update(&self, change: &SessionWish) -> Result<(), Error> {
        self.ask(&UPDATE).body(change).done().await
    }

    /// Deletes the session with its meeting or webinar. Scope `zoom_events:delete:session`; light.
    pub async fn delete(&self) -> Result<(), Error> {
        self.ask(&DELETE).done().await
    }
}
