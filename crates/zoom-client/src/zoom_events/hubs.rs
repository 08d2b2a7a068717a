//! Hubs, which hold events, and who may make events in them.

use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::{Events, Viewpoint};
use crate::{Call, Error};

pub(super) static LIST: Call = Call::new("getHubList", Method::GET, "/zoom_events/hubs");
pub(super) static HOSTS: Call = Call::new("gethubhostList", Method::GET, "/zoom_events/hubs/{hubId}/hosts");
pub(super) static ADD: Call = Call::new("createHubHost", Method::POST, "/zoom_events/hubs/{hubId}/hosts");
pub(super) static REMOVE: Call =
    Call::new("deleteHubHost", Method::DELETE, "/zoom_events/hubs/{hubId}/hosts/{hostUserId}");

answer! {
    /// What holds events.
    Hub {
        /// Its id.
        hub_id: String,
        /// Its name.
        name: String,
        /// What it is about.
        description: String,
        /// Who may see it.
        access_level: String,
        /// Its page.
        public_url: Option<String>,
        /// Whether it is in use.
        hub_active: bool,
    }
}

answer! {
    /// Somebody who may make events in a hub.
    HubHost {
        /// The user's id.
        host_user_id: String,
        /// The user's address.
        email: String,
    }
}

#[derive(Serialize)]
struct Email<'a> {
    email: &'a str,
}

#[derive(Deserialize)]
struct Added {
    host_user_id: String,
}

impl Events {
    /// The hubs of a host, or those an attendee sees. Scope `zoom_events:read:list_hubs`; light.
    pub async fn hubs(&self, of: &Viewpoint) -> Result<Vec<Hub>, Error> {
        self.0.whole(self.ask(&LIST, &[]).set("role_type", of), "hubs").await
    }

    /// Who may make events in a hub, over all pages. Scope `zoom_events:read:list_hub_hosts`; light.
    pub fn hub_hosts(&self, hub: &str) -> ListHubHosts {
        ListHubHosts(self.ask(&HOSTS, &[&hub]))
    }

    /// Lets a user make events in a hub; gives the user's id. Scope `zoom_events:write:hub_host`; light.
    pub async fn add_hub_host(&self, hub: &str, email: &str) -> Result<String, Error> {
        let Added { host_user_id } = self.ask(&ADD, &[&hub]).body(&Email { email }).read().await?;
        Ok(host_user_id)
    }

    /// A user makes events in a hub no more. Scope `zoom_events:delete:hub_host`; light.
    pub async fn remove_hub_host(&self, hub: &str, host: &str) -> Result<(), Error> {
        self.ask(&REMOVE, &[&hub, &host]).done().await
    }
}

list! {
    /// A list of hosts; await it for all of them.
    ListHubHosts of HubHost, "hosts" {}
}
