//! A recording with its files.

use clock::Timestamp;
use secrecy::SecretString;

use crate::{MeetingId, MeetingUuid};

answer! {
    /// One file of a recording.
    RecordingFile {
        /// Its id.
        id: String,
        /// `MP4`, `M4A`, `CHAT`, `TRANSCRIPT` and so on.
        file_type: String,
        /// Its size in bytes.
        file_size: f64,
        /// What it shows, such as `shared_screen_with_speaker_view`.
        recording_type: Option<String>,
        /// `completed` or `processing`.
        status: Option<String>,
        /// When it begins.
        recording_start: Option<Timestamp>,
        /// When it ends.
        recording_end: Option<Timestamp>,
        /// Where it is downloaded, with an access token or the recording's download token.
        download_url: Option<SecretString>,
        /// Where it is seen.
        play_url: Option<SecretString>,
        /// When it was put into the trash.
        deleted_time: Option<Timestamp>,
    }
}

answer! {
    /// The recording of one sitting.
    Recording {
        /// The number of the meeting or webinar.
        id: Option<MeetingId>,
        /// The sitting's identifier.
        uuid: Option<MeetingUuid>,
        /// The id of the user who held it.
        host_id: String,
        /// What it was about.
        topic: String,
        /// When it began.
        start_time: Option<Timestamp>,
        /// How long it was, in minutes.
        duration: u32,
        /// The size of all files in bytes.
        total_size: u64,
        /// How many files there are.
        recording_count: u32,
        /// The files.
        recording_files: Vec<RecordingFile>,
        /// A file for the sound of each participant, where that was wanted.
        participant_audio_files: Vec<RecordingFile>,
        /// The passcode that opens it.
        #[serde(rename = "password")]
        passcode: Option<SecretString>,
        /// The link that shows it.
        share_url: Option<SecretString>,
        /// What downloads its files for as long as was asked for; see [`GetRecording::download_token`](super::GetRecording::download_token).
        download_access_token: Option<SecretString>,
    }
}
