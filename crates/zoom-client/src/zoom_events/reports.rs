//! Who registered, who came, and for how long.

use clock::Timestamp;
use reqwest::Method;

use super::{OneEvent, OneSession};
use crate::Call;

pub(super) static ATTENDANCE: Call =
    Call::new("EventAttendanceReport", Method::GET, "/zoom_events/events/{eventId}/reports/event_attendance");
pub(super) static SESSION: Call = Call::new(
    "SessionAttendanceReport",
    Method::GET,
    "/zoom_events/events/{eventId}/reports/sessions/{sessionId}/attendance",
);
pub(super) static REGISTRATIONS: Call =
    Call::new("EventRegistrationsReport", Method::GET, "/zoom_events/events/{eventId}/reports/ticket_registration");

answer! {
    /// Somebody at an event.
    EventAttendance {
        /// The address.
        email: String,
        /// The name shown.
        display_name: String,
        /// What they were, such as `Attendee`.
        role: String,
        /// Whether they came, in Zoom's words.
        event_attendance: String,
        /// How many sessions they joined.
        total_sessions_joined: f64,
        /// How many tickets they hold.
        number_of_tickets: f64,
    }
}

answer! {
    /// Somebody in a session.
    SessionAttendance {
        /// The address.
        email: String,
        /// The name shown.
        display_name: String,
        /// What they were.
        role_name: String,
        /// Whether they came, in Zoom's words.
        session_attendance: String,
        /// When they came.
        start_time: Option<Timestamp>,
        /// When they left.
        end_time: Option<Timestamp>,
        /// How long that was.
        duration_spent_in_session: f64,
    }
}

answer! {
    /// A registration.
    EventRegistration {
        /// The address.
        email: String,
        /// First name.
        first_name: String,
        /// Last name.
        last_name: String,
        /// When it was made.
        register_date: Option<Timestamp>,
        /// How it was made.
        registration_method: String,
        /// Where it came from.
        registration_source: Option<String>,
    }
}

impl OneEvent {
    /// Who came, over all pages. Scope `zoom_events:read:event_attendance`; heavy.
    pub fn attendance(&self) -> ListEventAttendance {
        ListEventAttendance(self.ask(&ATTENDANCE))
    }

    /// Who registered when and how, over all pages. Scope `zoom_events:read:event_registration`; heavy.
    pub fn registrations(&self) -> ListEventRegistrations {
        ListEventRegistrations(self.ask(&REGISTRATIONS))
    }
}

impl OneSession {
    /// Who came, over all pages. Scope `zoom_events:read:session_attendance`; light.
    pub fn attendance(&self) -> ListSessionAttendance {
        ListSessionAttendance(self.ask(&SESSION))
    }
}

list! {
    /// A list of those who came to an event; await it for all of them.
    ListEventAttendance of EventAttendance, "attendees" {
        /// From this instant on.
        from: Timestamp = "from",
        /// Up to this instant.
        to: Timestamp = "to",
    }
}

list! {
    /// A list of registrations; await it for all of them.
    ListEventRegistrations of EventRegistration, "registrations" {
        /// From this instant on.
        from: Timestamp = "from",
        /// Up to this instant.
        to: Timestamp = "to",
    }
}

list! {
    /// A list of those who came to a session; await it for all of them.
    ListSessionAttendance of SessionAttendance, "attendees" {}
}
