//! One setting may have two names: Zoom moved some, and users' documents call some otherwise than accounts'.

/// Names (of a setting or of an object of settings) and the one the sandbox keeps them under.
const ALIASES: &[(&str, &str)] = &[
    ("chat.chat_etiquette_tool", "meeting_security.chat_etiquette_tool"),
    ("in_meeting.auto_generated_captions", "in_meeting.manual_captioning.auto_generated_captions"),
    ("in_meeting.full_transcript", "in_meeting.manual_captioning.full_transcript"),
    ("in_meeting.manual_captions", "in_meeting.manual_captioning.manual_captions"),
    ("in_meeting.polling", "in_meeting.meeting_polling.enable"),
    ("in_meeting.record_play_voice", "in_meeting.record_play_own_voice"),
    ("in_meeting.save_caption", "in_meeting.closed_captioning.save_caption"),
    ("in_meeting.save_captions", "in_meeting.manual_captioning.save_captions"),
    ("in_meeting.waiting_room", "meeting_security.waiting_room"),
    ("meeting_security.meeting_password", "schedule_meeting.require_password_for_scheduling_new_meetings"),
    ("meeting_security.waiting_room_options.enable", "meeting_security.waiting_room"),
    ("recording.recording_authentication", "recording_authentication.recording_authentication"),
    ("schedule_meeting.embed_password_in_join_link", "meeting_security.embed_password_in_join_link"),
    ("schedule_meeting.meeting_authentication", "meeting_authentication.meeting_authentication"),
    ("schedule_meeting.meeting_password_requirement", "meeting_security.meeting_password_requirement"),
    ("schedule_meeting.participants_video", "schedule_meeting.participant_video"),
    ("schedule_meeting.pstn_password_protected", "meeting_security.phone_password"),
    (
        "schedule_meeting.require_password_for_scheduled_meetings",
        "meeting_security.require_password_for_scheduled_meeting",
    ),
];

/// The name a setting is kept under.
pub(crate) fn canonical(path: &str) -> String {
    for (alias, kept) in ALIASES {
        if let Some(rest) = path.strip_prefix(alias).filter(|rest| rest.is_empty() || rest.starts_with('.')) {
            return format!("{kept}{rest}");
        }
    }
    path.to_owned()
}

/// Whether `name` is the setting or an object that the setting is in. Both are names that settings are kept under.
pub(crate) fn covers(name: &str, setting: &str) -> bool {
    setting.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_kept_under_one_name_whatever_a_document_calls_it() {
        assert_eq!(canonical("in_meeting.waiting_room"), "meeting_security.waiting_room");
        assert_eq!(
            canonical("schedule_meeting.meeting_password_requirement.length"),
            "meeting_security.meeting_password_requirement.length"
        );
        assert_eq!(canonical("schedule_meeting.host_video"), "schedule_meeting.host_video");
        assert!(ALIASES.iter().all(|(_, kept)| canonical(kept) == *kept), "no name leads to another alias");
    }

    #[test]
    fn a_lock_on_an_object_covers_what_is_in_it_and_nothing_that_only_begins_alike() {
        assert!(covers("in_meeting.chat", "in_meeting.chat"));
        assert!(covers("in_meeting.webinar_chat", "in_meeting.webinar_chat.enable"));
        assert!(!covers("in_meeting.chat", "in_meeting.chatty"));
    }
}
