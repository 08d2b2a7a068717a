//! Take recordings out of the trash.

use reqwest::Method;
use serde::Serialize;

use super::Recordings;
use crate::{Call, Error, MeetingKey, MeetingUuid, ask::Ask};

pub(super) static CALL: Call =
    Call::new("recordingStatusUpdate", Method::PUT, "/meetings/{meetingUUID}/recordings/status");
pub(super) static FILE: Call =
    Call::new("recordingStatusUpdateOne", Method::PUT, "/meetings/{meetingId}/recordings/{recordingId}/status");

#[derive(Serialize)]
struct Body {
    action: &'static str,
}

const RECOVER: Body = Body { action: "recover" };

impl Recordings {
    /// Takes the recording of a sitting out of the trash. Scope `cloud_recording:update:recover_meeting_recordings`;
    /// light.
    pub async fn recover(&self, sitting: &MeetingUuid) -> Result<(), Error> {
        Ask::new(&self.0, &CALL, &[sitting]).body(&RECOVER).done().await
    }

    /// Takes one file of it out of the trash. Scope `cloud_recording:update:recover_single_recording`; light.
    pub async fn recover_file(&self, meeting: impl Into<MeetingKey>, file: &str) -> Result<(), Error> {
        Ask::new(&self.0, &FILE, &[&meeting.into(), &file]).body(&RECOVER).done().await
    }
}
