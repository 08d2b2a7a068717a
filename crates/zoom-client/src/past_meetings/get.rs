//! Get a meeting that is over.

use clock::Timestamp;
use reqwest::Method;

use super::PastMeetings;
use crate::{Call, Error, MeetingId, MeetingKey, MeetingUuid, ask::Ask};

pub(super) static CALL: Call = Call::new("pastMeetingDetails", Method::GET, "/past_meetings/{meetingId}");

answer! {
    /// One sitting that is over.
    PastMeeting {
        /// The meeting's number.
        id: Option<MeetingId>,
        /// The sitting's identifier.
        uuid: Option<MeetingUuid>,
        /// What it was about.
        topic: String,
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
        /// The id of the user who held it.
        host_id: Option<String>,
        /// The name of the user who held it.
        user_name: String,
        /// The address of the user who held it.
        user_email: String,
        /// Whether it was summed up.
        has_meeting_summary: bool,
    }
}

impl PastMeetings {
    /// A sitting that is over. Scope `meeting:read:past_meeting`; light.
    pub async fn get(&self, meeting: impl Into<MeetingKey>) -> Result<PastMeeting, Error> {
        Ask::new(&self.0, &CALL, &[&meeting.into()]).read().await
    }
}
