//! Delete a summary.

use reqwest::Method;

use super::Summaries;
use crate::{Call, Error, MeetingKey, ask::Ask};

pub(super) static CALL: Call =
    Call::new("Deletemeetingorwebinarsummary", Method::DELETE, "/meetings/{meetingId}/meeting_summary");

impl Summaries {
    /// Puts the summary of a sitting into the trash, where it is for thirty days. Scope `meeting:delete:summary`; light.
    pub async fn delete(&self, meeting: impl Into<MeetingKey>) -> Result<(), Error> {
        Ask::new(&self.0, &CALL, &[&meeting.into()]).done().await
    }
}
