//! The settings of a webinar that this crate knows by name.

use crate::settings::commas;

settings! {
    /// Settings of a webinar. Absent ones are the host's own; sent, they are left out.
    WebinarSettings {
        /// The host's camera is on at the start.
        host_video: bool,
        /// Panelists' cameras are on at the start.
        panelists_video: bool,
        /// Host and panelists may rehearse before attendees are let in.
        practice_session: bool,
        /// Video in high definition.
        hd_video: bool,
        /// Registration: 0 with approval by itself, 1 by hand, 2 none.
        approval_type: u8,
        /// Registration for all sittings: 1 once for all, 2 for each, 3 for some.
        registration_type: u8,
        /// `both`, `telephony`, `voip` or `thirdParty`.
        audio: String,
        /// `local`, `cloud` or `none`.
        auto_recording: String,
        /// Users who may start it besides the host, by address or id.
        #[serde(with = "commas")]
        alternative_hosts: Vec<String>,
        /// Only signed-in attendees.
        meeting_authentication: bool,
        /// The address shown for questions.
        contact_email: String,
        /// The name shown for questions.
        contact_name: String,
    }
}
