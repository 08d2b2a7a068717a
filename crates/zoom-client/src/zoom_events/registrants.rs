//! Who registered for an event, and who is expected in a session.

use reqwest::Method;

use super::{OneEvent, OneSession};
use crate::Call;

pub(super) static LIST: Call = Call::new("getRegistrants", Method::GET, "/zoom_events/events/{eventId}/registrants");
pub(super) static ATTENDEES: Call =
    Call::new("getSessionAttendeeList", Method::GET, "/zoom_events/events/{eventId}/sessions/{sessionId}/attendees");

answer! {
    /// A ticket somebody holds.
    HeldTicket {
        /// Its id.
        ticket_id: String,
        /// What its holder is, such as `ATTENDEE`.
        role: String,
        /// How its holder proves who they are.
        authentication_method: String,
    }
}

answer! {
    /// Somebody who registered.
    EventRegistrant {
        /// The address.
        email: String,
        /// How far the registration is.
        registration_status: String,
        /// The tickets.
        tickets: Vec<HeldTicket>,
    }
}

answer! {
    /// Somebody who is expected in a session.
    SessionAttendee {
        /// The address.
        email: String,
        /// How they prove who they are.
        authentication_method: String,
    }
}

impl OneEvent {
    /// Who registered, over all pages. Scope `zoom_events:read:list_registrants`; light.
    pub fn registrants(&self) -> ListEventRegistrants {
        ListEventRegistrants(self.ask(&LIST))
    }
}

impl OneSession {
    /// Who is expected, over all pages. Scope `zoom_events:read:list_session_attendees`; light.
    pub fn attendees(&self) -> ListSessionAttendees {
        ListSessionAttendees(self.ask(&ATTENDEES))
    }
}

list! {
    /// A list of registrants; await it for all of them.
    ListEventRegistrants of EventRegistrant, "registrants" {}
}

list! {
    /// A list of those who are expected; await it for all of them.
    ListSessionAttendees of SessionAttendee, "attendees" {}
}
