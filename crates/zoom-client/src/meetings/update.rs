//! Change a meeting.

use reqwest::Method;

use super::{MeetingChange, Meetings};
use crate::{Call, Error, MeetingId, ZoomClient, send::Request};

pub(super) static CALL: Call = Call::new("meetingUpdate", Method::PATCH, "/meetings/{meetingId}");

impl Meetings {
    /// Changes what `change` says and leaves the rest. Scope `meeting:update:meeting`; light, and counted with the
    /// creations of a day ([`Error::RateLimited`]).
    pub fn update(&self, id: MeetingId, change: &MeetingChange) -> UpdateMeeting {
        UpdateMeeting { client: self.0.clone(), id, change: change.clone(), occurrence: None }
    }
}

/// A change of one meeting; await it.
#[derive(Clone, Debug)]
#[must_use]
pub struct UpdateMeeting {
    client: ZoomClient,
    id: MeetingId,
    change: MeetingChange,
    occurrence: Option<String>,
}

impl UpdateMeeting {
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

awaitable!(UpdateMeeting => ());
