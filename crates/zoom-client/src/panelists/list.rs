//! List panelists.

use reqwest::Method;
use secrecy::SecretString;

use super::Panelists;
use crate::{Call, Error, ask::Ask};

pub(super) static CALL: Call = Call::new("webinarPanelists", Method::GET, "/webinars/{webinarId}/panelists");

answer! {
    /// Somebody who speaks at a webinar.
    Panelist {
        /// The id that addresses the panelist in calls.
        id: String,
        /// The name.
        name: String,
        /// The address.
        email: String,
        /// The panelist's own way in; whoever has it speaks as the panelist.
        join_url: Option<SecretString>,
    }
}

impl Panelists {
    /// Every panelist. Scope `webinar:read:list_panelists`; medium.
    pub async fn list(&self) -> Result<Vec<Panelist>, Error> {
        self.client.whole(Ask::new(&self.client, &CALL, &[&self.webinar]), "panelists").await
    }
}
