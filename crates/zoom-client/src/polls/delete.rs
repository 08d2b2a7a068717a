//! Delete a poll.

use reqwest::Method;

use super::Polls;
use crate::{Call, Error, held::Twins};

pub(super) static CALL: Twins = Twins {
    meeting: Call::new("meetingPollDelete", Method::DELETE, "/meetings/{meetingId}/polls/{pollId}"),
    webinar: Call::new("webinarPollDelete", Method::DELETE, "/webinars/{webinarId}/polls/{pollId}"),
};

impl Polls {
    /// Deletes a poll. Scope `meeting:delete:poll` or `webinar:delete:poll`; light.
    pub async fn delete(&self, poll: &str) -> Result<(), Error> {
        self.0.ask_about(&CALL, &poll).done().await
    }
}
