//! List polls.

use reqwest::Method;

use super::{Poll, Polls};
use crate::{Call, Error, ask::Ask, held::Twins};

pub(super) static CALL: Twins = Twins {
    meeting: Call::new("meetingPolls", Method::GET, "/meetings/{meetingId}/polls"),
    webinar: Call::new("webinarPolls", Method::GET, "/webinars/{webinarId}/polls"),
};

impl Polls {
    /// Every poll. Scope `meeting:read:list_polls` or `webinar:read:list_polls`; light.
    pub fn list(&self) -> ListPolls {
        ListPolls(self.0.ask(&CALL))
    }
}

/// A list of polls; await it.
#[derive(Clone, Debug)]
#[must_use = "a call is sent when it is awaited"]
pub struct ListPolls(Ask);

impl ListPolls {
    /// Only the anonymous ones.
    pub fn anonymous(self, only: bool) -> Self {
        Self(self.0.set("anonymous", &only))
    }

    async fn send(self) -> Result<Vec<Poll>, Error> {
        self.0.client.clone().whole(self.0, "polls").await
    }
}

awaitable!(ListPolls => Vec<Poll>);
