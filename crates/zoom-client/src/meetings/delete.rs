//! Delete a meeting.

use reqwest::Method;

use super::Meetings;
use crate::{Call, Error, MeetingId, ZoomClient, send::Request};

pub(super) static CALL: Call = Call::new("meetingDelete", Method::DELETE, "/meetings/{meetingId}");

impl Meetings {
    /// Deletes a meeting with all its sittings. Scope `meeting:delete:meeting`; light. One that is gone already is
    /// [`Error::NotFound`].
    pub fn delete(&self, id: MeetingId) -> DeleteMeeting {
        DeleteMeeting { client: self.0.clone(), id, occurrence: None }
    }
}

/// A deletion; await it.
#[derive(Clone, Debug)]
#[must_use]
pub struct DeleteMeeting {
    client: ZoomClient,
    id: MeetingId,
    occurrence: Option<String>,
}

impl DeleteMeeting {
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

awaitable!(DeleteMeeting => ());
