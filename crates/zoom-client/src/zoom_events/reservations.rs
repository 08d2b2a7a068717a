//! Who has reserved a seat in a session.

use reqwest::Method;
use serde::Serialize;

use super::OneSession;
use crate::{Call, Error};

pub(super) static LIST: Call = Call::new(
    "ListSessionReservations",
    Method::GET,
    "/zoom_events/events/{eventId}/sessions/{sessionId}/reservations",
);
pub(super) static ADD: Call = Call::new(
    "AddSessionReservations",
    Method::POST,
    "/zoom_events/events/{eventId}/sessions/{sessionId}/reservations",
);
pub(super) static REMOVE: Call = Call::new(
    "DeleteSessionReservations",
    Method::DELETE,
    "/zoom_events/events/{eventId}/sessions/{sessionId}/reservations",
);

answer! {
    /// A reserved seat.
    Reservation {
        /// The address.
        email: String,
        /// First name.
        first_name: String,
        /// Last name.
        last_name: String,
    }
}

#[derive(Serialize)]
struct Email<'a> {
    email: &'a str,
}

impl OneSession {
    /// Who has a seat, over all pages. Scope `zoom_events:read:list_session_reservations`; light.
    pub fn reservations(&self) -> ListReservations {
        ListReservations(self.ask(&LIST))
    }

    /// Reserves a seat for a ticket holder. Scope `zoom_events:write:session_reservations`; light. Where none is left,
    /// it is [`Error::Refused`] or [`Error::Invalid`].
    pub async fn reserve(&self, email: &str) -> Result<(), Error> {
        self.ask(&ADD).body(&Email { email }).done().await
    }

    /// Gives a seat back. Scope `zoom_events:delete:session_reservations`; light.
    pub async fn give_back(&self, email: &str) -> Result<(), Error> {
        self.ask(&REMOVE).body(&Email { email }).done().await
    }
}

list! {
    /// A list of reserved seats; await it for all of them.
    ListReservations of Reservation, "reservations" {}
}
