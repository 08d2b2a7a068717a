//! Get a meeting.

use reqwest::Method;

use super::{Meeting, Meetings};
use crate::{Call, Error, MeetingId, ZoomClient, send::Request};

pub(super) static CALL: Call = Call::new("meeting", Method::GET, "/meetings/{meetingId}");

impl Meetings {
    /// A meeting by its number. Scope `meeting:read:meeting`; light. One that does not exist, or not any more, is
    /// [`Error::NotFound`].
    pub fn get(&self, id: MeetingId) -> GetMeeting {
        GetMeeting { client: self.0.clone(), id, occurrence: None, previous: None }
    }
}

/// A question for one meeting; await it.
#[derive(Clone, Debug)]
#[must_use]
pub struct GetMeeting {
    client: ZoomClient,
    id: MeetingId,
    occurrence: Option<String>,
    previous: Option<bool>,
}

impl GetMeeting {
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

    async fn send(self) -> Result<Meeting, Error> {
        let request = Request::new(&CALL, &[self.id.to_string()])
            .maybe("occurrence_id", self.occurrence)
            .maybe("show_previous_occurrences", self.previous.map(|show| show.to_string()));
        self.client.read(request).await
    }
}

awaitable!(GetMeeting => Meeting);
