//! The text that invites to a meeting.

use reqwest::Method;
use secrecy::SecretString;

use super::Meetings;
use crate::{Call, Error, MeetingId, ask::Ask};

pub(super) static CALL: Call = Call::new("meetingInvitation", Method::GET, "/meetings/{meetingId}/invitation");

answer! {
    /// The text that invites to a meeting.
    Invitation {
        /// The text; it carries the way in and the passcode.
        #[serde(rename = "invitation")]
        text: Option<SecretString>,
    }
}

impl Meetings {
    /// The text that invites to a meeting. Scope `meeting:read:invitation`; light.
    pub async fn invitation(&self, meeting: MeetingId) -> Result<Invitation, Error> {
        Ask::new(&self.0, &CALL, &[&meeting]).read().await
    }
}
