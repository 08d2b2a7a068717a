//! Links by which people register for an event, or join it as a group.

use reqwest::Method;

use super::OneEvent;
use crate::{Call, Error};

pub(super) static LIST: Call =
    Call::new("getEventAccessLinks", Method::GET, "/zoom_events/events/{eventId}/access_links");
pub(super) static CREATE: Call =
    Call::new("createEventAccessLink", Method::POST, "/zoom_events/events/{eventId}/access_links");
pub(super) static GET: Call =
    Call::new("GetEventAccessLink", Method::GET, "/zoom_events/events/{eventId}/access_links/{accessLinkId}");
pub(super) static UPDATE: Call =
    Call::new("updateEventAccess", Method::PATCH, "/zoom_events/events/{eventId}/access_links/{accessLinkId}");
pub(super) static DELETE: Call =
    Call::new("deleteEventAccessLink", Method::DELETE, "/zoom_events/events/{eventId}/access_links/{accessLinkId}");

words! {
    /// What a link is for.
    LinkKind {
        /// To register.
        Registration = "registration",
        /// To join as a group.
        GroupJoin = "group-join",
    }
}

settings! {
    /// A link into an event. A new one needs a name, a kind and a way to prove who one is.
    AccessLink {
        /// The id, which is Zoom's and not sent.
        #[serde(skip_serializing)]
        access_link_id: String,
        /// The link itself, which is Zoom's and not sent.
        #[serde(skip_serializing)]
        url: String,
        /// Its name.
        name: String,
        /// What it is for; cannot be changed.
        #[serde(rename = "type")]
        kind: LinkKind,
        /// It is the one that the event's page has.
        is_default: bool,
        /// How people prove who they are, such as `zoom_account_otp`.
        authentication_method: String,
        /// The name of the company's own sign-in.
        idp_name: String,
        /// Only addresses of these domains.
        allow_domain_list: Vec<String>,
        /// Only these addresses.
        email_restrict_list: Vec<String>,
        /// The type of the ticket that is given.
        ticket_type_id: String,
    }
}

impl OneEvent {
    /// The event's links. Scope `zoom_events:read:list_access_links`; light.
    pub async fn access_links(&self) -> Result<Vec<AccessLink>, Error> {
        self.client.whole(self.ask(&LIST), "access_links").await
    }

    /// Makes a link. Never sent twice. Scope `zoom_events:write:access_links`; light.
    pub async fn add_access_link(&self, link: &AccessLink) -> Result<AccessLink, Error> {
        self.ask(&CREATE).body(link).read().await
    }

    /// A link by id. Scope `zoom_events:read:access_links`; light.
    pub async fn access_link(&self, link: &str) -> Result<AccessLink, Error> {
        self.ask_about(&GET, link).read().await
    }

    /// Changes what `change` says. Scope `zoom_events:update:access_links`; light.
    pub async fn update_access_link(&self, link: &str, change: &AccessLink) -> Result<(), Error> {
        self.ask_about(&UPDATE, link).body(change).done().await
    }

    /// Deletes a link. Scope `zoom_events:delete:access_links`; light.
    pub async fn remove_access_link(&self, link: &str) -> Result<(), Error> {
        self.ask_about(&DELETE, link).done().await
    }
}
