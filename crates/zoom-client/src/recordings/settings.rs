//! Who sees a recording, and how.

use reqwest::Method;
use secrecy::SecretString;

use super::Recordings;
use crate::{Call, Error, MeetingKey, ask::Ask};

pub(super) static READ: Call =
    Call::new("recordingSettingUpdate", Method::GET, "/meetings/{meetingId}/recordings/settings");
pub(super) static WRITE: Call =
    Call::new("recordingSettingsUpdate", Method::PATCH, "/meetings/{meetingId}/recordings/settings");

words! {
    /// Who sees a recording.
    Sharing {
        /// Whoever has the link.
        Publicly = "publicly",
        /// Users of the account.
        Internally = "internally",
        /// Nobody but its owner.
        None = "none",
    }
}

answer! {
    /// Who sees a recording, and how.
    RecordingSettings {
        /// Who sees it.
        share_recording: Option<Sharing>,
        /// Only signed-in people.
        recording_authentication: Option<bool>,
        /// People register to see it.
        on_demand: Option<bool>,
        /// Registration: 0 with approval by itself, 1 by hand, 2 none.
        approval_type: Option<u32>,
        /// People may download it.
        viewer_download: Option<bool>,
        /// The host is mailed about registrations.
        send_email_to_host: Option<bool>,
        /// What it is about.
        topic: String,
        /// The passcode that opens it.
        #[serde(rename = "password")]
        passcode: Option<SecretString>,
    }
}

body! {
    /// What to change about who sees a recording; what is not said stays.
    RecordingSettingsChange {
        /// Who sees it.
        share_recording: Sharing,
        /// Only signed-in people.
        recording_authentication: bool,
        /// People register to see it.
        on_demand: bool,
        /// Registration: 0 with approval by itself, 1 by hand, 2 none.
        approval_type: u8,
        /// People may download it.
        viewer_download: bool,
        /// The host is mailed about registrations.
        send_email_to_host: bool,
        /// What it is about.
        topic: String,
        /// The passcode that opens it, 8 to 10 characters.
        #[serde(rename = "password", serialize_with = "crate::secret::write")]
        passcode: SecretString,
    }
}

impl Recordings {
    /// Who sees the recording of a sitting. Scope `cloud_recording:read:recording_settings`; light.
    pub async fn settings(&self, meeting: impl Into<MeetingKey>) -> Result<RecordingSettings, Error> {
        Ask::new(&self.0, &READ, &[&meeting.into()]).read().await
    }

    /// Changes who sees it. Scope `cloud_recording:update:recording_settings`; light.
    pub async fn set_settings(
        &self,
        meeting: impl Into<MeetingKey>,
        change: &RecordingSettingsChange,
    ) -> Result<(), Error> {
        Ask::new(&self.0, &WRITE, &[&meeting.into()]).body(change).done().await
    }
}
