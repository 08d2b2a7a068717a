//! One sitting.

use clock::Timestamp;
use reqwest::Method;

use super::Reports;
use crate::{Call, Error, MeetingId, MeetingKey, MeetingUuid, ask::Ask};

pub(super) static CALL: Call = Call::new("reportMeetingDetails", Method::GET, "/report/meetings/{meetingId}");
pub(super) static WEBINAR: Call = Call::new("reportWebinarDetails", Method::GET, "/report/webinars/{webinarId}");

answer! {
    /// One sitting of a meeting or webinar.
    SittingReport {
        /// The number.
        id: Option<MeetingId>,
        /// The sitting's identifier.
        uuid: Option<MeetingUuid>,
        /// What it was about.
        topic: String,
        /// The name of the user who held it.
        user_name: String,
        /// The address of the user who held it.
        user_email: String,
        /// The department of the user who held it.
        dept: String,
        /// When it began.
        start_time: Option<Timestamp>,
        /// When it ended.
        end_time: Option<Timestamp>,
        /// How long it was, in minutes.
        duration: u32,
        /// The minutes of all participants together.
        total_minutes: u32,
        /// How many took part.
        participants_count: u32,
    }
}

impl Reports {
    /// One sitting of a meeting. Scope `report:read:meeting`; heavy.
    pub async fn meeting(&self, meeting: impl Into<MeetingKey>) -> Result<SittingReport, Error> {
        Ask::new(&self.0, &CALL, &[&meeting.into()]).read().await
    }

    /// One sitting of a webinar. Scope `report:read:webinar`; heavy.
    pub async fn webinar(&self, webinar: impl Into<MeetingKey>) -> Result<SittingReport, Error> {
        Ask::new(&self.0, &WEBINAR, &[&webinar.into()]).read().await
    }
}
