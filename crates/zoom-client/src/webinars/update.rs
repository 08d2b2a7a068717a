//! Change a webinar.

use reqwest::Method;

use super::{WebinarChange, Webinars};
use crate::{Call, Error, MeetingId, ZoomClient, send::Request};

pub(super) static CALL: Call = Call::new("webinarUpdate", Method::PATCH, "/webinars/{webinarId}");

impl Webinars {
    /// Changes what `change` says and leaves the rest. Scope `webinar:update:webinar`; light, and counted with the
    /// creations of a day ([`Error::RateLimited`]).
    pub fn update(&self, id: MeetingId, change: &WebinarChange) -> UpdateWebinar {
        UpdateWebinar { client: self.0.clone(), id, change: change.clone(), occurrence: None }
    }
}

/// A change of one webinar; await it.
#[derive(Clone, Debug)]
#[must_use]
pub struct UpdateWebinar {
    client: ZoomClient,
    id: MeetingId,
    change: WebinarChange,
    occurrence: Option<String>,
}

impl UpdateWebinar {
    /// Only this sitting.
    pub fn occurrence(mut self, occurrence_id: impl Into<String>) -> Self {
        self.occurrence = Some(occurrence_id.into());
        self
    }

    async fn send(self) -> Result<(), Error> {
        let request = Request::new(&CALL, &[self.id.to_string()]).maybe("occurrence_id", self.occurrence);
        self.client.done(request.body(&self.change)?).await
    }
}

awaitable!(UpdateWebinar => ());
