//! The settings of a meeting that this crate knows by name.

use crate::settings::semicolons;

settings! {
    /// Settings of a meeting. Absent ones are the host's own; sent, they are left out.
    MeetingSettings {
        /// The host's camera is on at the start.
        host_video: bool,
        /// Participants' cameras are on at the start.
        participant_video: bool,
        /// Participants may be in before the host; a waiting room turns it off.
        join_before_host: bool,
        /// How many minutes before: 0 (any time), 5, 10 or 15.
        jbh_time: u16,
        /// Whoever comes in is muted.
        mute_upon_entry: bool,
        /// Whoever comes in waits until the host lets them in.
        waiting_room: bool,
        /// The host's personal number is used.
        use_pmi: bool,
        /// Registration: 0 with approval by itself, 1 by hand, 2 none.
        approval_type: u8,
        /// Registration for all sittings: 1 once for all, 2 for each, 3 for some.
        registration_type: u8,
        /// `both`, `telephony`, `voip` or `thirdParty`.
        audio: String,
        /// `local`, `cloud` or `none`.
        auto_recording: String,
        /// Users who may start it besides the host, by address or id.
        #[serde(with = "semicolons")]
        alternative_hosts: Vec<String>,
        /// Only signed-in participants.
        meeting_authentication: bool,
        /// It is summed up from its start on.
        auto_start_meeting_summary: bool,
        /// Zoom mails alternative hosts and participants about it.
        email_notification: bool,
    }
}
