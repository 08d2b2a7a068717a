//! Put recordings into the trash, or delete them.

use reqwest::Method;

use super::Recordings;
use crate::{Call, MeetingKey, ask::Ask};

pub(super) static CALL: Call = Call::new("recordingDelete", Method::DELETE, "/meetings/{meetingId}/recordings");
pub(super) static FILE: Call =
    Call::new("recordingDeleteOne", Method::DELETE, "/meetings/{meetingId}/recordings/{recordingId}");

impl Recordings {
    /// Puts the recording of a sitting into the trash, where it is for thirty days. Scope
    /// `cloud_recording:delete:meeting_recording`; light.
    pub fn delete(&self, meeting: impl Into<MeetingKey>) -> DeleteRecording {
        DeleteRecording(Ask::new(&self.0, &CALL, &[&meeting.into()]))
    }

    /// Puts one file of it into the trash. Scope `cloud_recording:delete:recording_file`; light.
    pub fn delete_file(&self, meeting: impl Into<MeetingKey>, file: &str) -> DeleteRecording {
        DeleteRecording(Ask::new(&self.0, &FILE, &[&meeting.into(), &file]))
    }
}

ask! {
    /// A deletion; await it.
    DeleteRecording => () {}
}

impl DeleteRecording {
    /// Deletes it, and nothing brings it back.
    pub fn for_good(self) -> Self {
        Self(self.0.set("action", "delete"))
    }
}
