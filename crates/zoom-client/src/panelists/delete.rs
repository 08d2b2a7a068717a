//! Remove panelists.

use reqwest::Method;

use super::Panelists;
use crate::{Call, Error, ask::Ask};

pub(super) static ONE: Call =
    Call::new("webinarPanelistDelete", Method::DELETE, "/webinars/{webinarId}/panelists/{panelistId}");
pub(super) static ALL: Call = Call::new("webinarPanelistsDelete", Method::DELETE, "/webinars/{webinarId}/panelists");

impl Panelists {
    /// Removes one panelist by id. Scope `webinar:delete:panelist`; light.
    pub async fn remove(&self, panelist: &str) -> Result<(), Error> {
        Ask::new(&self.client, &ONE, &[&self.webinar, &panelist]).done().await
    }

    /// Removes every panelist. Scope `webinar:delete:panelist`; light.
    pub async fn remove_all(&self) -> Result<(), Error> {
        Ask::new(&self.client, &ALL, &[&self.webinar]).done().await
    }
}
