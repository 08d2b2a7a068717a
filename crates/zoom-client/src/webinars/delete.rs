//! Delete a webinar.

use reqwest::Method;

use super::Webinars;
use crate::{Call, Error, MeetingId, ZoomClient, send::Request};

pub(super) static CALL: Call = Call::new("webinarDelete", Method::DELETE, "/webinars/{webinarId}");

impl Webinars {
    /// Deletes a webinar with all its sittings. Scope `webinar:delete:webinar`; light. One that is gone already is
    /// [`Error::NotFound`].
    pub fn delete(&self, id: MeetingId) -> DeleteWebinar {
        DeleteWebinar { client: self.0.clone(), id, occurrence: None }
    }
}

/// A deletion; await it.
#[derive(Clone, Debug)]
#[must_use]
pub struct DeleteWebinar {
    client: ZoomClient,
    id: MeetingId,
    occurrence: Option<String>,
}

impl DeleteWebinar {
    /// Only this sitting.
    pub fn occurrence(mut self, occurrence_id: impl Into<String>) -> Self {
        self.occurrence = Some(occurrence_id.into());
        self
    }

    async fn send(self) -> Result<(), Error> {
        let request = Request::new(&CALL, &[self.id.to_string()]).maybe("occurrence_id", self.occurrence);
        self.client.done(request).await
    }
}

awaitable!(DeleteWebinar => ());
