//! What every setting begins as: the table's default where it has one, else the least the table allows. The settings
//! that the sandbox itself goes by have values that suit a new account.

use std::{collections::BTreeMap, sync::LazyLock};

use serde_json::{Value, json};
use zoom_spec::{Field, Kind, Level};

use super::{canonical, countries::COUNTRIES, fields, shapes};

/// By the name a setting is kept under. Accounts' documents come first: users inherit from them.
static DEFAULTS: LazyLock<BTreeMap<String, Value>> = LazyLock::new(|| {
    let options = [None, Some("meeting_authentication"), Some("recording_authentication"), Some("meeting_security")];
    let mut found = BTreeMap::new();
    for id in ["accountSettings", "userSettings"] {
        let Some(operation) = zoom_spec::operation_at(Level::Account, id) else { continue };
        for option in options {
            for one in fields(operation, &shapes(id, option)) {
                found.entry(canonical(&one.path)).or_insert_with(|| initial(one.field));
            }
        }
    }
    if let Value::Object(chosen) = chosen() {
        found.extend(chosen);
    }
    found
});

/// What a setting begins as, by any of its names; nothing for a path that is no setting.
pub(crate) fn default(path: &str) -> Option<&'static Value> {
    DEFAULTS.get(&canonical(path))
}

/// The table's default of a field, or the first or least value it may have.
pub(crate) fn initial(field: &Field) -> Value {
    let text = field.default.as_deref().or_else(|| field.choices.first().map(|choice| &**choice));
    match field.kind {
        Kind::Boolean => (text == Some("true")).into(),
        Kind::Integer | Kind::Number => {
            text.and_then(|text| text.parse().ok()).unwrap_or_else(|| field.min.unwrap_or(0)).into()
        }
        Kind::String => text.unwrap_or_default().into(),
        Kind::Array => json!([]),
        Kind::Object => json!({}),
        Kind::Any => Value::Null,
    }
}

/// Where the table says nothing that would do.
fn chosen() -> Value {
    let countries: Vec<Value> = COUNTRIES.iter().map(|one| json!({ "code": one.code, "name": one.name })).collect();
    json!({
        "audio_conferencing.call_me_and_invite_by_phone.call_out_countries.allowed_countries": countries,
        "audio_conferencing.global_dial_in_countries.allowed_countries": countries,
        "tsp.global_dial_in_countries.allowed_countries": countries,
        "profile.recording_storage_location.allowed_values": ["US"],
        "profile.recording_storage_location.value": "US",
        "feature.concurrent_meeting": "None",
        "email_notification.alternative_host_reminder": true,
        "in_meeting.allow_live_streaming": true,
        "in_meeting.breakout_room": true,
        "in_meeting.chat": true,
        "in_meeting.data_center_regions": REGIONS,
        "meeting_security.chat_etiquette_tool.policy_max_count": 50,
        "in_meeting.meeting_polling.advanced_polls": true,
        "in_meeting.meeting_polling.enable": true,
        "in_meeting.meeting_summary_with_ai_companion.enable": true,
        "in_meeting.meeting_survey": true,
        "in_meeting.webinar_live_streaming.enable": true,
        "in_meeting.webinar_polling.enable": true,
        "in_meeting.webinar_question_answer": true,
        "in_meeting.webinar_survey": true,
        "meeting_authentication.authentication_options": [
            option("signIn_sbxAnybody", "Sign in to Zoom", "enforce_login", true),
            option("internal_sbxAccount", "Sign in to this account", "enforce_login_with_same_account", false),
        ],
        "meeting_security.auto_security": true,
        "meeting_security.embed_password_in_join_link": true,
        "meeting_security.end_to_end_encrypted_meetings": true,
        "meeting_security.webinar_password": true,
        "other_options.email_in_attendee_report_for_meeting": true,
        "recording.archive.enable": true,
        "recording.auto_recording": "none",
        "recording.cloud_recording": true,
        "recording.local_recording": true,
        "recording_authentication.authentication_options": [
            option("internal_sbxAccount", "Signed-in users of this account", "internally", true),
            option("signIn_sbxAnybody", "Sign in to Zoom", "enforce_login", false),
        ],
        "schedule_meeting.personal_meeting": true,
        "schedule_meeting.require_password_for_instant_meetings": true,
        "schedule_meeting.require_password_for_pmi_meetings": "all",
        "schedule_meeting.require_password_for_scheduling_new_meetings": true,
    })
}

/// Where calls may run.
pub(crate) const REGIONS: [&str; 13] = ["AU", "LA", "CA", "CN", "DE", "HK", "IN", "IE", "TY", "MX", "NL", "SG", "US"];

/// A way to sign in that participants may be asked for.
fn option(id: &str, name: &str, kind: &str, is_default: bool) -> Value {
    json!({ "id": id, "name": name, "type": kind, "default_option": is_default, "visible": true, "domains": "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chosen_value_is_a_setting_of_the_table_under_the_name_it_is_kept_by() {
        let options =
            [None, Some("meeting_authentication"), Some("recording_authentication"), Some("meeting_security")];
        let known: Vec<String> = ["accountSettings", "userSettings"]
            .into_iter()
            .flat_map(|id| {
                let operation = zoom_spec::operation(id).unwrap();
                options.into_iter().flat_map(move |option| fields(operation, &shapes(id, option)))
            })
            .map(|one| canonical(&one.path))
            .collect();
        for path in chosen().as_object().unwrap().keys() {
            assert!(known.contains(path), "{path}");
        }
        assert!(DEFAULTS.len() > 500, "{}", DEFAULTS.len());
    }

    #[test]
    fn the_table_gives_what_nobody_chose() {
        assert_eq!(default("schedule_meeting.audio_type"), Some(&json!("both")), "its default");
        assert_eq!(default("in_meeting.allow_participants_chat_with"), Some(&json!(1)), "its first choice");
        assert_eq!(default("in_meeting.dscp_audio"), Some(&json!(1)), "its least value");
        assert_eq!(default("in_meeting.waiting_room"), Some(&json!(false)), "its type");
        assert_eq!(default("in_meeting.no_such_setting"), None);
    }
}
