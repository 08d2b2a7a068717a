//! Get a poll.

use reqwest::Method;

use super::{Poll, Polls};
use crate::{Call, Error, held::Twins};

pub(super) static CALL: Twins = Twins {
    meeting: Call::new("meetingPollGet", Method::GET, "/meetings/{meetingId}/polls/{pollId}"),
    webinar: Call::new("webinarPollGet", Method::GET, "/webinars/{webinarId}/polls/{pollId}"),
};

impl Polls {
    /// A poll by id. Scope `meeting:read:poll` or `webinar:read:poll`; light.
    pub async fn get(&self, poll: &str) -> Result<Poll, Error> {
        self.0.ask_about(&CALL, &poll).read().await
    }
}
