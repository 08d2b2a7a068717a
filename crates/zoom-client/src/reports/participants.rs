//! Who was there.

use clock::Timestamp;
use reqwest::Method;

use super::Reports;
use crate::{Call, MeetingKey, ask::Ask};

pub(super) static CALL: Call =
    Call::new("reportMeetingParticipants", Method::GET, "/report/meetings/{meetingId}/participants");
pub(super) static WEBINAR: Call =
    Call::new("reportWebinarParticipants", Method::GET, "/report/webinars/{webinarId}/participants");

answer! {
    /// One stay of somebody who was there.
    ReportParticipant {
        /// The user's id, where the participant was signed in.
        id: Option<String>,
        /// The participant's id in the call.
        user_id: Option<String>,
        /// The registration, where there was one and [`ListReportParticipants::registrant_ids`] was asked for.
        registrant_id: Option<String>,
        /// The key a program gave the participant.
        customer_key: Option<String>,
        /// The name.
        name: String,
        /// The address, where it is known and may be shown.
        user_email: Option<String>,
        /// When the participant came.
        join_time: Option<Timestamp>,
        /// When the participant left.
        leave_time: Option<Timestamp>,
        /// How long that was, in seconds.
        duration: u32,
        /// `in_meeting` or `in_waiting_room`.
        status: Option<String>,
    }
}

impl Reports {
    /// Who was in a sitting of a meeting, stay by stay. Scope `report:read:list_meeting_participants`; heavy. One with a
    /// single participant is not found.
    pub fn meeting_participants(&self, meeting: impl Into<MeetingKey>) -> ListReportParticipants {
        ListReportParticipants(Ask::new(&self.0, &CALL, &[&meeting.into()]))
    }

    /// Who was in a sitting of a webinar, stay by stay. Scope `report:read:list_webinar_participants`; heavy.
    pub fn webinar_participants(&self, webinar: impl Into<MeetingKey>) -> ListReportParticipants {
        ListReportParticipants(Ask::new(&self.0, &WEBINAR, &[&webinar.into()]))
    }
}

list! {
    /// A list of stays; await it for all of them.
    ListReportParticipants of ReportParticipant, "participants" {}
}

impl ListReportParticipants {
    /// With the ids of registrations.
    pub fn registrant_ids(self) -> Self {
        Self(self.0.set("include_fields", "registrant_id"))
    }
}
