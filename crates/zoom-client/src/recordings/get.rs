//! Get the recording of a sitting.

use reqwest::Method;

use super::{Recording, Recordings};
use crate::{Call, MeetingKey, ask::Ask};

pub(super) static CALL: Call = Call::new("recordingGet", Method::GET, "/meetings/{meetingId}/recordings");

impl Recordings {
    /// The recording of a sitting. Scope `cloud_recording:read:list_recording_files`; light.
    pub fn get(&self, meeting: impl Into<MeetingKey>) -> GetRecording {
        GetRecording(Ask::new(&self.0, &CALL, &[&meeting.into()]))
    }
}

ask! {
    /// A question for a recording; await it.
    GetRecording => Recording {}
}

impl GetRecording {
    /// With a token that downloads the files for so many seconds, at most seven days.
    pub fn download_token(self, seconds: u32) -> Self {
        Self(self.0.set("include_fields", "download_access_token").set("ttl", &seconds))
    }
}
