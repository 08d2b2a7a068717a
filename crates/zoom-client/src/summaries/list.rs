//! List summaries.

use clock::Timestamp;
use reqwest::Method;

use super::Summaries;
use crate::{Call, MeetingId, MeetingUuid, ask::Ask};

pub(super) static CALL: Call = Call::new("Listmeetingsummaries", Method::GET, "/meetings/meeting_summaries");

words! {
    /// By which time summaries are sought.
    SummaryTime {
        /// When what is summed up began.
        Start = "summary_start_time",
        /// When the summary was made.
        Created = "summary_created_time",
    }
}

answer! {
    /// A summary in a list: without what it says.
    ListedSummary {
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
        /// When it ended.
        meeting_end_time: Option<Timestamp>,
        /// When the summary was made.
        summary_created_time: Option<Timestamp>,
    }
}

impl Summaries {
    /// Every summary of the account, over all pages. Scope `meeting:read:list_summaries`; medium.
    pub fn list(&self) -> ListSummaries {
        ListSummaries(Ask::new(&self.0, &CALL, &[]))
    }
}

list! {
    /// A list of summaries; await it for all of them.
    ListSummaries of ListedSummary, "summaries" {
        /// From this instant on.
        from: Timestamp = "from",
        /// Up to this instant.
        to: Timestamp = "to",
        /// By which time.
        by: SummaryTime = "time_filter_field",
    }
}
