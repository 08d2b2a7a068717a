//! Who was let in at the door of an event or a session.

use reqwest::Method;
use serde::Serialize;

use super::{OneEvent, OneSession};
use crate::{Call, Error};

pub(super) static LIST: Call =
    Call::new("ListEventAttendeeActions", Method::GET, "/zoom_events/events/{eventId}/attendee_action");
pub(super) static WRITE: Call =
    Call::new("UpdateEventAttendeeActions", Method::PATCH, "/zoom_events/events/{eventId}/attendee_action");
pub(super) static SESSION_LIST: Call = Call::new(
    "ListSessionAttendeeActions",
    Method::GET,
    "/zoom_events/events/{eventId}/sessions/{sessionId}/attendee_action",
);
pub(super) static SESSION_WRITE: Call = Call::new(
    "UpdateSessionAttendeeActions",
    Method::PATCH,
    "/zoom_events/events/{eventId}/sessions/{sessionId}/attendee_action",
);

answer! {
    /// Somebody who was let in.
    CheckIn {
        /// The address.
        email: String,
        /// Which program said so.
        source: Option<String>,
        /// `check-in`.
        action: String,
    }
}

answer! {
    /// With whom something failed, and why.
    CheckInFailure {
        /// The address.
        email: String,
        /// Zoom's reason.
        message: String,
    }
}

#[derive(Serialize)]
struct Body<'a> {
    attendees: Vec<One<'a>>,
    source: &'a str,
}

#[derive(Serialize)]
struct One<'a> {
    email: &'a str,
    action: &'static str,
}

impl<'a> Body<'a> {
    fn new(source: &'a str, emails: &[&'a str]) -> Self {
        Self { attendees: emails.iter().map(|email| One { email, action: "check-in" }).collect(), source }
    }
}

impl OneEvent {
    /// Who was let in, over all pages. Scope `zoom_events:read:list_attendee_actions`; light.
    pub fn check_ins(&self) -> ListCheckIns {
        ListCheckIns(self.ask(&LIST))
    }

    /// Lets ticket holders in, by address, at most 300; gives those with whom it failed. `source` names the program
    /// that does. Scope `zoom_events:update:batch_attendee_actions`; light.
    pub async fn check_in(&self, source: &str, emails: &[&str]) -> Result<Vec<CheckInFailure>, Error> {
        self.client.whole(self.ask(&WRITE).body(&Body::new(source, emails)), "errors").await
    }
}

impl OneSession {
    /// Who was let in, over all pages. Scope `zoom_events:read:list_session_attendee_actions`; light.
    pub fn check_ins(&self) -> ListCheckIns {
        ListCheckIns(self.ask(&SESSION_LIST))
    }

    /// As [`OneEvent::check_in`], at the door of the session. Scope
    /// `zoom_events:update:batch_session_attendee_actions`; light.
    pub async fn check_in(&self, source: &str, emails: &[&str]) -> Result<Vec<CheckInFailure>, Error> {
        self.client().whole(self.ask(&SESSION_WRITE).body(&Body::new(source, emails)), "errors").await
    }
}

list! {
    /// A list of those who were let in; await it for all of them.
    ListCheckIns of CheckIn, "attendees" {
        /// Only this one.
        email: String = "email",
    }
}
