//! List who was there.

use clock::Timestamp;
use reqwest::Method;

use super::{PastMeetings, PastWebinars};
use crate::{Call, MeetingKey, ask::Ask};

pub(super) static CALL: Call =
    Call::new("pastMeetingParticipants", Method::GET, "/past_meetings/{meetingId}/participants");
pub(super) static WEBINAR: Call =
    Call::new("listWebinarParticipants", Method::GET, "/past_webinars/{webinarId}/participants");

answer! {
    /// One stay of somebody who was there.
    PastParticipant {
        /// The user's id, where the participant was signed in.
        id: Option<String>,
        /// The participant's id in the call.
        user_id: Option<String>,
        /// The registration, where the participant had one.
        registrant_id: Option<String>,
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
        /// Whether the participant belongs to the account.
        internal_user: bool,
    }
}

impl PastMeetings {
    /// Who was there, stay by stay. Scope `meeting:read:list_past_participants`; medium.
    pub fn participants(&self, meeting: impl Into<MeetingKey>) -> ListPastParticipants {
        ListPastParticipants(Ask::new(&self.0, &CALL, &[&meeting.into()]))
    }
}

impl PastWebinars {
    /// Who was there, stay by stay. Scope `webinar:read:list_past_participants`; medium.
    pub fn participants(&self, webinar: impl Into<MeetingKey>) -> ListPastParticipants {
        ListPastParticipants(Ask::new(&self.0, &WEBINAR, &[&webinar.into()]))
    }
}

list! {
    /// A list of stays; await it for all of them.
    ListPastParticipants of PastParticipant, "participants" {}
}
