//! The `settings` of a meeting or webinar whose request sent none: Zoom's defaults.

use serde_json::{Map, Value, json};

use crate::world::Kind;

/// What every new meeting or webinar of this kind begins with.
pub(crate) fn default_settings(kind: Kind) -> Map<String, Value> {
    let own = match kind {
        Kind::Meeting => of_meetings(),
        Kind::Webinar => of_webinars(),
    };
    [of_both(), own].into_iter().filter_map(|settings| settings.as_object().cloned()).flatten().collect()
}

fn of_both() -> Value {
    json!({
        "host_video": false,
        "allow_multiple_devices": false,
        "alternative_hosts": "",
        "alternative_host_update_polls": false,
        "approval_type": 2,
        "audio": "both",
        "auto_recording": "none",
        "close_registration": false,
        "contact_email": "",
        "contact_name": "",
        "meeting_authentication": false,
        "registrants_confirmation_email": true,
        "registrants_email_notification": true,
        "show_share_button": false,
        "show_join_info": false,
        "email_in_attendee_report": true,
        "request_permission_to_unmute_participants": false,
    })
}

fn of_meetings() -> Value {
    json!({
        "participant_video": false,
        "join_before_host": false,
        "jbh_time": 0,
        "mute_upon_entry": false,
        "waiting_room": false,
        "watermark": false,
        "use_pmi": false,
        "cn_meeting": false,
        "in_meeting": false,
        "alternative_hosts_email_notification": true,
        "email_notification": true,
        "encryption_type": "enhanced_encryption",
        "focus_mode": false,
        "internal_meeting": false,
        "private_meeting": false,
        "participant_focused_meeting": false,
        "push_change_to_calendar": false,
        "device_testing": false,
        "disable_participant_video": false,
        "approved_or_denied_countries_or_regions": { "enable": false },
        "breakout_room": { "enable": false },
    })
}

fn of_webinars() -> Value {
    json!({
        "panelists_video": false,
        "practice_session": false,
        "hd_video": false,
        "hd_video_for_attendees": false,
        "send_1080p_video_to_attendees": false,
        "on_demand": false,
        "panelist_authentication": false,
        "panelists_invitation_email_notification": true,
        "post_webinar_survey": false,
        "registrants_restrict_number": 0,
        "registration_type": 1,
        "email_language": "en-US",
        "add_watermark": false,
        "add_audio_watermark": false,
        "question_and_answer": { "enable": true, "allow_submit_questions": true, "answer_questions": "only" },
    })
}
