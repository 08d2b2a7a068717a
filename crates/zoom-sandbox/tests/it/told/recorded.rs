//! What is left of calls: recordings and summaries.

use serde_json::json;

use super::{all_there, done, everything, steer};
use crate::{
    registrants::with_all_scopes,
    story::{Story, until},
    webhooks::subscribe,
};

pub(super) const EVENTS: &[&str] = &[
    "recording.started",
    "recording.stopped",
    "recording.completed",
    "recording.transcript_completed",
    "recording.renamed",
    "recording.registration_created",
    "recording.registration_approved",
    "recording.registration_denied",
    "recording.trashed",
    "recording.recovered",
    "recording.deleted",
    "meeting.summary_completed",
    "meeting.summary_trashed",
    "meeting.summary_deleted",
];

fn sent(story: &Story, name: &str) -> bool {
    story.zoom.deliveries().iter().any(|one| one.event == name)
}

/// Somebody registers for the recording, is let in and turned away.
async fn viewers(story: &Story, path: &str) {
    let by_hand = json!({ "on_demand": true, "approval_type": 1 });
    done(story, "PATCH", &format!("{path}/settings"), by_hand).await;
    let path = format!("{path}/registrants");
    let question = json!({ "title": "Hat?", "type": "single", "answers": ["Blue", "Red"], "required": false });
    done(story, "PATCH", &format!("{path}/questions"), json!({ "questions": [], "custom_questions": [question] }))
        .await;
    let jill = json!({ "first_name": "Jill", "last_name": "Chill", "email": "jill@guests.example",
        "custom_questions": [{ "title": "Hat?", "value": "Blue" }] });
    let made = done(story, "POST", &path, jill).await;
    for action in ["approve", "deny"] {
        let decision = json!({ "action": action, "registrants": [{ "id": made["registrant_id"] }] });
        done(story, "PUT", &format!("{path}/status"), decision).await;
    }
}

#[tokio::test]
async fn what_is_left_of_calls_is_told_as_zoom_tells_it() {
    let story = with_all_scopes().await;
    let receiver = subscribe(&story).await;
    let alone = json!({ "recording": { "record_audio_file_each_participant": true } });
    done(&story, "PATCH", "/accounts/me/settings", alone).await;
    let settings = json!({ "auto_recording": "cloud", "auto_start_meeting_summary": true });
    let body = json!({ "topic": "Kitchen Spanish", "start_time": "2026-11-23T10:00:00Z", "settings": settings });
    let made = done(&story, "POST", "/users/me/meetings", body).await;
    let path = format!("/meetings/{}", made["id"]);
    let doings = json!({ "names": ["Maya"], "chat": "Hola", "questions": [{ "name": "Maya", "question": "When?" }] });
    steer(&story, &format!("{path}/simulate"), doings).await;
    story.pass(600);
    steer(&story, &format!("{path}/end"), json!({})).await;
    story.pass(180);
    let is_ready = || EVENTS[2..4].iter().all(|name| sent(&story, name)) && sent(&story, EVENTS[11]);
    until("recording and summary are ready", is_ready).await;
    done(&story, "PATCH", &format!("{path}/recordings/settings"), json!({ "topic": "Roofs", "auto_delete": true }))
        .await;
    viewers(&story, &format!("{path}/recordings")).await;
    done(&story, "DELETE", &format!("{path}/recordings"), json!([])).await;
    let recordings = story.zoom.world().recordings(made["id"].as_i64().unwrap());
    let uuid = recordings[0].uuid.replace('/', "%252F").replace('+', "%252B");
    done(&story, "PUT", &format!("/meetings/{uuid}/recordings/status"), json!({ "action": "recover" })).await;
    done(&story, "DELETE", &format!("{path}/recordings?action=delete"), json!([])).await;
    done(&story, "DELETE", &format!("{path}/meeting_summary"), json!([])).await;
    story.pass(31 * 24 * 3600);
    let events = everything(&story, &receiver, EVENTS).await;
    all_there(&events, EVENTS);
}
