//! Get a webinar.

use reqwest::Method;

use super::{Webinar, Webinars};
use crate::{Call, Error, MeetingId, ZoomClient, send::Request};

pub(super) static CALL: Call = Call::new("webinar", Method::GET, "/webinars/{webinarId}");

impl Webinars {
    /// A webinar by its number. Scope `webinar:read:webinar`; light. One that does not exist, or not any more, is
    /// [`Error::NotFound`].
    pub fn get(&self, id: MeetingId) -> GetWebinar {
        GetWebinar { client: self.0.clone(), id, occurrence: None, previous: None }
    }
}

/// A question for one webinar; await it.
#[derive(Clone, Debug)]
#[must_use]
pub struct GetWebinar {
    client: ZoomClient,
    id: MeetingId,
    occurrence: Option<String>,
    previous: Option<bool>,
}

impl GetWebinar {
    /// Only this sitting.
    pub fn occurrence(mut self, occurrence_id: impl Into<String>) -> Self {
        self.occurrence = Some(occurrence_id.into());
        self
    }

    /// Past sittings too.
    pub fn previous_occurrences(mut self, show: bool) -> Self {
        self.previous = Some(show);
        self
    }

    async fn send(self) -> Result<Webinar, Error> {
        let request = Request::new(&CALL, &[self.id.to_string()])
            .maybe("occurrence_id", self.occurrence)
            .maybe("show_previous_occurrences", self.previous.map(|show| show.to_string()));
        self.client.read(request).await
    }
}

awaitable!(GetWebinar => Webinar);
