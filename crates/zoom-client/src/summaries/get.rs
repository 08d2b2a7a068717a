//! Get a summary.

use clock::Timestamp;
use reqwest::Method;

use super::Summaries;
use crate::{Call, Error, MeetingId, MeetingKey, MeetingUuid, ask::Ask};

pub(super) static CALL: Call = Call::new("Getameetingsummary", Method::GET, "/meetings/{meetingId}/meeting_summary");

answer! {
    /// What a meeting or webinar came to.
    MeetingSummary {
        /// The number of the meeting or webinar.
        meeting_id: Option<MeetingId>,
        /// The sitting's identifier.
        meeting_uuid: Option<MeetingUuid>,
        /// What it was about.
        meeting_topic: String,
        /// The address of the user who held it.
        meeting_host_email: String,
        /// When it began.
        meeting_start_time: Option<Timestamp>,
        /// The summary's title.
        summary_title: String,
        /// The summary, as Markdown.
        summary_content: String,
        /// When the summary was made.
        summary_created_time: Option<Timestamp>,
        /// When somebody last changed it.
        summary_last_modified_time: Option<Timestamp>,
        /// Where it can be read.
        summary_doc_url: Option<String>,
    }
}

impl Summaries {
    /// The summary of a sitting. Scope `meeting:read:summary`; light.
    pub async fn get(&self, meeting: impl Into<MeetingKey>) -> Result<MeetingSummary, Error> {
        Ask::new(&self.0, &CALL, &[&meeting.into()]).read().await
    }
}
