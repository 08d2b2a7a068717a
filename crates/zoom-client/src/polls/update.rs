//! Change a poll.

use reqwest::Method;

use super::{Poll, Polls};
use crate::{Call, Error, held::Twins};

pub(super) static CALL: Twins = Twins {
    meeting: Call::new("meetingPollUpdate", Method::PUT, "/meetings/{meetingId}/polls/{pollId}"),
    webinar: Call::new("webinarPollUpdate", Method::PUT, "/webinars/{webinarId}/polls/{pollId}"),
};

impl Polls {
    /// Puts `change` in the place of the poll with this id. Scope `meeting:update:poll` or `webinar:update:poll`; light.
    pub async fn update(&self, poll: &str, change: &Poll) -> Result<(), Error> {
        self.0.ask_about(&CALL, &poll).body(change).done().await
    }
}
