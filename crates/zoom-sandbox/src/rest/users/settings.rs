//! `GET /users/{userId}/settings`: the few settings that the sandbox really goes by, and no others.

use serde_json::json;

use super::super::Ask;
use crate::{
    answer::{Answer, Refusal},
    wire,
    world::Kind,
};

pub(in crate::rest) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let person = ask.user()?;
    let defaults = wire::default_settings(Kind::Meeting);
    let of = |name: &str| defaults.get(name).cloned().unwrap_or_default();
    let mut feature = json!({ "meeting_capacity": 100, "webinar": person.webinar });
    if let (true, Some(feature)) = (person.webinar, feature.as_object_mut()) {
        feature.insert("webinar_capacity".to_owned(), 500.into());
    }
    let settings = json!({
        "feature": feature,
        "schedule_meeting": {
            "host_video": of("host_video"),
            "participants_video": of("participant_video"),
            "join_before_host": of("join_before_host"),
            "audio_type": of("audio"),
            "use_pmi_for_scheduled_meetings": of("use_pmi"),
            "require_password_for_scheduling_new_meetings": true,
        },
        "in_meeting": { "waiting_room": of("waiting_room") },
    });
    ask.note("Only the settings that the sandbox goes by are in the answer.");
    Ok(Answer::json(ask.operation.success, settings))
}
