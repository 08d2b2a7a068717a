//! Create a poll.

use reqwest::Method;

use super::{Poll, Polls};
use crate::{Call, Error, held::Twins};

pub(super) static CALL: Twins = Twins {
    meeting: Call::new("meetingPollCreate", Method::POST, "/meetings/{meetingId}/polls"),
    webinar: Call::new("webinarPollCreate", Method::POST, "/webinars/{webinarId}/polls"),
};

impl Polls {
    /// Creates a poll. Never sent twice. Scope `meeting:write:poll` or `webinar:write:poll`; light.
    pub async fn create(&self, poll: &Poll) -> Result<Poll, Error> {
        self.0.ask(&CALL).body(poll).read().await
    }
}
