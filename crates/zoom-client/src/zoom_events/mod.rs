//! Zoom Events: hubs, events with their sessions, speakers and tickets, and who came.

mod check_ins;
mod coeditors;
mod event;
mod hubs;
mod links;
mod questions;
mod registrants;
mod reports;
mod reservations;
mod rooms;
mod sessions;
mod speakers;
mod ticket_types;
mod tickets;

pub use check_ins::{CheckIn, CheckInFailure, ListCheckIns};
pub use coeditors::{CoEditor, CoEditorAction};
pub use event::{
    EventActionDone, EventChange, EventDay, EventRecurrence, EventStatus, EventType, EventWish, ListEvents, Viewpoint,
    ZoomEvent,
};
pub use hubs::{Hub, HubHost, ListHubHosts};
pub use links::{AccessLink, LinkKind};
pub use questions::{EventCustomQuestion, EventQuestion, EventQuestions};
pub use registrants::{EventRegistrant, HeldTicket, ListEventRegistrants, ListSessionAttendees, SessionAttendee};
pub use reports::{
    EventAttendance, EventRegistration, ListEventAttendance, ListEventRegistrations, ListSessionAttendance,
    SessionAttendance,
};
pub use reservations::{ListReservations, Reservation};
pub use rooms::{Interpreter, JoinToken, Livestream, SessionPoll, SessionPollQuestion, StreamKey};
pub use sessions::{Session, SessionKind, SessionReservation, SessionSpeaker, SessionWish};
pub use speakers::Speaker;
pub use ticket_types::TicketType;
pub use tickets::{
    CreateTickets, ListTickets, NewTicket, NewTickets, Ticket, TicketAnswer, TicketChange, TicketFailure, TicketsMade,
    Validation,
};

use crate::{
    Call, ZoomClient,
    ask::{Ask, Param},
};

pub(crate) const CALLS: &[&Call] = &[
    &event::LIST,
    &event::CREATE,
    &event::GET,
    &event::UPDATE,
    &event::DELETE,
    &event::ACT,
    &hubs::LIST,
    &hubs::HOSTS,
    &hubs::ADD,
    &hubs::REMOVE,
    &speakers::LIST,
    &speakers::CREATE,
    &speakers::GET,
    &speakers::UPDATE,
    &speakers::DELETE,
    &links::LIST,
    &links::CREATE,
    &links::GET,
    &links::UPDATE,
    &links::DELETE,
    &coeditors::LIST,
    &coeditors::ACT,
    &check_ins::LIST,
    &check_ins::WRITE,
    &check_ins::SESSION_LIST,
    &check_ins::SESSION_WRITE,
    &registrants::LIST,
    &registrants::ATTENDEES,
    &reports::ATTENDANCE,
    &reports::SESSION,
    &reports::REGISTRATIONS,
    &sessions::LIST,
    &sessions::CREATE,
    &sessions::GET,
    &sessions::UPDATE,
    &sessions::DELETE,
    &rooms::INTERPRETERS,
    &rooms::SET_INTERPRETERS,
    &rooms::TOKEN,
    &rooms::STREAM,
    &rooms::SET_STREAM,
    &rooms::POLLS,
    &rooms::SET_POLLS,
    &reservations::LIST,
    &reservations::ADD,
    &reservations::REMOVE,
    &questions::READ,
    &questions::WRITE,
    &questions::TICKET_READ,
    &questions::TICKET_WRITE,
    &ticket_types::LIST,
    &ticket_types::CREATE,
    &ticket_types::UPDATE,
    &ticket_types::DELETE,
    &tickets::LIST,
    &tickets::CREATE,
    &tickets::GET,
    &tickets::UPDATE,
    &tickets::DELETE,
];

/// Asks about hubs and events; from [`ZoomClient::events`]. Hosts need a licence for events
/// ([`Error::Forbidden`](crate::Error::Forbidden) or [`Error::Refused`](crate::Error::Refused)); what is not there is
/// [`Error::NotFound`](crate::Error::NotFound).
#[derive(Clone, Debug)]
pub struct Events(pub(crate) ZoomClient);

/// Asks about one event; from [`Events::event`].
#[derive(Clone, Debug)]
pub struct OneEvent {
    client: ZoomClient,
    id: String,
}

/// Asks about one session of an event; from [`OneEvent::session`].
#[derive(Clone, Debug)]
pub struct OneSession {
    event: OneEvent,
    id: String,
}

impl Events {
    /// One event, by id.
    pub fn event(&self, id: impl Into<String>) -> OneEvent {
        OneEvent { client: self.0.clone(), id: id.into() }
    }

    fn ask(&self, call: &'static Call, params: &[&dyn Param]) -> Ask {
        Ask::new(&self.0, call, params)
    }
}

impl OneEvent {
    /// One session of it, by id.
    pub fn session(&self, id: impl Into<String>) -> OneSession {
        OneSession { event: self.clone(), id: id.into() }
    }

    fn ask(&self, call: &'static Call) -> Ask {
        Ask::new(&self.client, call, &[&self.id])
    }

    fn ask_about(&self, call: &'static Call, thing: &str) -> Ask {
        Ask::new(&self.client, call, &[&self.id, &thing])
    }
}

impl OneSession {
    fn ask(&self, call: &'static Call) -> Ask {
        self.event.ask_about(call, &self.id)
    }

    fn client(&self) -> &ZoomClient {
        &self.event.client
    }
}
