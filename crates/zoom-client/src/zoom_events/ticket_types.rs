//! What tickets there are for an event.

use reqwest::Method;
use serde::Deserialize;

use super::OneEvent;
use crate::{Call, Error};

pub(super) static LIST: Call =
    Call::new("getEventTicketTypes", Method::GET, "/zoom_events/events/{eventId}/ticket_types");
pub(super) static CREATE: Call =
    Call::new("createTicketType", Method::POST, "/zoom_events/events/{eventId}/ticket_types");
pub(super) static UPDATE: Call =
    Call::new("updateTicketType", Method::PATCH, "/zoom_events/events/{eventId}/ticket_types/{ticketTypeId}");
pub(super) static DELETE: Call =
    Call::new("deleteEventTicketType", Method::DELETE, "/zoom_events/events/{eventId}/ticket_types/{ticketTypeId}");

settings! {
    /// A type of tickets. A new one needs a name, a currency and the times of its sale.
    TicketType {
        /// Its id, which is Zoom's and not sent.
        #[serde(skip_serializing)]
        ticket_type_id: String,
        /// How many were sold, which is Zoom's and not sent.
        #[serde(skip_serializing)]
        sold_quantity: f64,
        /// Its name.
        name: String,
        /// What it is.
        description: String,
        /// The currency, as three letters.
        currency: String,
        /// It costs nothing.
        free: bool,
        /// The price, as text.
        price: String,
        /// How many there are.
        quantity: u32,
        /// When the sale begins, such as `2026-12-01T17:00:00Z`.
        start_time: String,
        /// When the sale ends.
        end_time: String,
        /// The sessions it opens, by id.
        sessions: Vec<String>,
    }
}

#[derive(Deserialize)]
struct Created {
    ticket_type_id: String,
}

impl OneEvent {
    /// The types of tickets. Scope `zoom_events:read:list_ticket_types`; light.
    pub async fn ticket_types(&self) -> Result<Vec<TicketType>, Error> {
        self.client.whole(self.ask(&LIST), "ticket_types").await
    }

    /// Adds a type and gives its id. Never sent twice. Scope `zoom_events:write:ticket_type`; light.
    pub async fn add_ticket_type(&self, ticket_type: &TicketType) -> Result<String, Error> {
        let Created { ticket_type_id } = self.ask(&CREATE).body(ticket_type).read().await?;
        Ok(ticket_type_id)
    }

    /// Changes what `change` says. Scope `zoom_events:update:ticket_type`; light.
    pub async fn update_ticket_type(&self, ticket_type: &str, change: &TicketType) -> Result<(), Error> {
        self.ask_about(&UPDATE, ticket_type).body(change).done().await
    }

    /// Deletes a type of which nobody holds a ticket. Scope `zoom_events:delete:ticket_type`; light.
    pub async fn remove_ticket_type(&self, ticket_type: &str) -> Result<(), Error> {
        self.ask_about(&DELETE, ticket_type).done().await
    }
}
