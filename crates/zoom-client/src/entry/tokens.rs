//! Tokens with which programs stream, archive or record a call.

use reqwest::Method;
use secrecy::SecretString;

use super::Entry;
use crate::{Call, Error, held::Twins};

pub(super) static STREAMING: Twins = Twins {
    meeting: Call::new("meetingLiveStreamingJoinToken", Method::GET, "/meetings/{meetingId}/jointoken/live_streaming"),
    webinar: Call::new("webinarLiveStreamingJoinToken", Method::GET, "/webinars/{webinarId}/jointoken/live_streaming"),
};
pub(super) static ARCHIVING: Twins = Twins {
    meeting: Call::new(
        "meetingLocalArchivingArchiveToken",
        Method::GET,
        "/meetings/{meetingId}/jointoken/local_archiving",
    ),
    webinar: Call::new(
        "webinarLocalArchivingArchiveToken",
        Method::GET,
        "/webinars/{webinarId}/jointoken/local_archiving",
    ),
};
pub(super) static RECORDING: Twins = Twins {
    meeting: Call::new(
        "meetingLocalRecordingJoinToken",
        Method::GET,
        "/meetings/{meetingId}/jointoken/local_recording",
    ),
    webinar: Call::new(
        "webinarLocalRecordingJoinToken",
        Method::GET,
        "/webinars/{webinarId}/jointoken/local_recording",
    ),
};

answer! {
    /// A token for a program that joins.
    EntryToken {
        /// How long it is good, in seconds.
        expire_in: u32,
        /// The token.
        token: Option<SecretString>,
    }
}

impl Entry {
    /// A token to stream the call. Scope `meeting:read:live_streaming_token` or `webinar:read:live_streaming_token`;
    /// light.
    pub async fn streaming_token(&self) -> Result<EntryToken, Error> {
        self.0.ask(&STREAMING).read().await
    }

    /// A token to archive the call. Scope `meeting:read:local_archiving_token` or
    /// `webinar:read:local_archiving_token`; light.
    pub async fn archiving_token(&self) -> Result<EntryToken, Error> {
        self.0.ask(&ARCHIVING).read().await
    }

    /// A token to record the call on one's own disk. Scope `meeting:read:local_recording_token` or
    /// `webinar:read:local_recording_token`; light.
    pub fn recording_token(&self) -> LocalRecordingToken {
        LocalRecordingToken(self.0.ask(&RECORDING))
    }
}

ask! {
    /// A question for a token; await it.
    LocalRecordingToken => EntryToken {
        /// The program need not wait for the host (meetings).
        bypass_waiting_room: bool = "bypass_waiting_room",
    }
}
