//! Add panelists.

use reqwest::Method;
use serde::Serialize;

use super::Panelists;
use crate::{Call, Error, ask::Ask};

pub(super) static CALL: Call = Call::new("webinarPanelistCreate", Method::POST, "/webinars/{webinarId}/panelists");

body! {
    /// Somebody to speak at a webinar.
    NewPanelist(name: String, email: String) {}
}

#[derive(Serialize)]
struct Body<'a> {
    panelists: &'a [NewPanelist],
}

impl Panelists {
    /// Adds panelists, at most thirty at once. Scope `webinar:write:panelist`; medium.
    pub async fn add(&self, panelists: &[NewPanelist]) -> Result<(), Error> {
        Ask::new(&self.client, &CALL, &[&self.webinar]).body(&Body { panelists }).done().await
    }
}
