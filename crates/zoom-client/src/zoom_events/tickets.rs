//! Tickets for an event.

use reqwest::Method;
use secrecy::SecretString;

use super::OneEvent;
use crate::{Call, Error};

pub(super) static LIST: Call = Call::new("getTickets", Method::GET, "/zoom_events/events/{eventId}/tickets");
pub(super) static CREATE: Call = Call::new("createTickets", Method::POST, "/zoom_events/events/{eventId}/tickets");
pub(super) static GET: Call =
    Call::new("getTicketDetails", Method::GET, "/zoom_events/events/{eventId}/tickets/{ticketId}");
pub(super) static UPDATE: Call =
    Call::new("Updateticket", Method::PATCH, "/zoom_events/events/{eventId}/tickets/{ticketId}");
pub(super) static DELETE: Call =
    Call::new("deleteTicket", Method::DELETE, "/zoom_events/events/{eventId}/tickets/{ticketId}");

settings! {
    /// An answer to a question of the host's own.
    TicketAnswer {
        /// The question.
        title: String,
        /// The answer.
        answer: String,
    }
}

body! {
    /// A ticket for somebody.
    NewTicket(email: String) {
        /// Its type.
        ticket_type_id: String,
        /// An id of one's own.
        external_ticket_id: String,
        /// Zoom mails it.
        send_notification: bool,
        /// Its holder need not sign in.
        fast_join: bool,
        /// Its holder must register.
        registration_needed: bool,
        /// First name.
        first_name: String,
        /// Last name.
        last_name: String,
        /// Organisation.
        organization: String,
        /// Answers to the host's own questions.
        custom_questions: Vec<TicketAnswer>,
    }
}

body! {
    /// Tickets to be made, at most thirty.
    NewTickets(tickets: Vec<NewTicket>) {
        /// Where they come from; at most 16 characters.
        registration_source: String,
    }
}

body! {
    /// What to change about a ticket.
    TicketChange {
        /// First name.
        first_name: String,
        /// Last name.
        last_name: String,
        /// Organisation.
        organization: String,
        /// Job title.
        job_title: String,
        /// An id of one's own.
        external_ticket_id: String,
        /// Answers to the host's own questions.
        custom_questions: Vec<TicketAnswer>,
    }
}

answer! {
    /// A ticket.
    Ticket {
        /// Its id.
        ticket_id: String,
        /// Its type.
        ticket_type_id: String,
        /// An id of one's own.
        external_ticket_id: Option<String>,
        /// Whose it is.
        email: String,
        /// First name.
        first_name: Option<String>,
        /// Last name.
        last_name: Option<String>,
        /// What its holder is, such as `normal`.
        ticket_role_type: Option<String>,
        /// Where it comes from.
        registration_source: Option<String>,
        /// The way in; whoever has it comes as the holder.
        event_join_link: Option<SecretString>,
        /// Answers to the host's own questions.
        custom_questions: Vec<TicketAnswer>,
    }
}

answer! {
    /// For whom no ticket was made, and why.
    TicketFailure {
        /// The address.
        email: String,
        /// Zoom's word for the reason.
        error_code: String,
        /// Zoom's sentence.
        message: String,
    }
}

answer! {
    /// The tickets that were made, and for whom none was.
    TicketsMade {
        /// The tickets.
        tickets: Vec<Ticket>,
        /// For whom none was made.
        errors: Vec<TicketFailure>,
    }
}

words! {
    /// How strictly answers to questions are looked at.
    Validation {
        /// As Zoom's page does.
        Standard = "standard",
        /// Each must be right.
        Strict = "strict",
        /// Not at all.
        None = "none",
    }
}

impl OneEvent {
    /// Every ticket, over all pages. Scope `zoom_events:read:list_tickets`; light.
    pub fn tickets(&self) -> ListTickets {
        ListTickets(self.ask(&LIST))
    }

    /// Makes tickets of a published event. That it failed for some is no error. Never sent twice. Scope
    /// `zoom_events:write:ticket`; light.
    pub fn create_tickets(&self, tickets: &NewTickets) -> CreateTickets {
        CreateTickets(self.ask(&CREATE).body(tickets))
    }

    /// A ticket by id. Scope `zoom_events:read:ticket`; light.
    pub async fn ticket(&self, ticket: &str) -> Result<Ticket, Error> {
        self.ask_about(&GET, ticket).read().await
    }

    /// Changes what `change` says. Scope `zoom_events:write:ticket`; light.
    pub async fn update_ticket(&self, ticket: &str, change: &TicketChange) -> Result<(), Error> {
        self.ask_about(&UPDATE, ticket).body(change).done().await
    }

    /// Deletes a ticket. Scope `zoom_events:delete:ticket`; light.
    pub async fn remove_ticket(&self, ticket: &str) -> Result<(), Error> {
        self.ask_about(&DELETE, ticket).done().await
    }
}

ask! {
    /// Tickets to be made; await it.
    CreateTickets => TicketsMade {
        /// How strictly answers are looked at.
        validation: Validation = "validation_level",
    }
}

list! {
    /// A list of tickets; await it for all of them.
    ListTickets of Ticket, "tickets" {
        /// Only those of this address.
        email: String = "email",
        /// Only those of this type.
        ticket_type: String = "ticket_type_id",
        /// Only that with this id of one's own.
        external_id: String = "external_ticket_id",
    }
}
