//! What happens around calls: registrations, and who comes, waits, writes and goes.

use serde_json::{Value, json};

use super::{all_there, done, everything, steer};
use crate::{registrants::with_all_scopes, story::Story, webhooks::subscribe};

pub(super) const EVENTS: &[&str] = &[
    "meeting.registration_created",
    "meeting.registration_approved",
    "meeting.registration_cancelled",
    "meeting.registration_denied",
    "meeting.started",
    "meeting.participant_jbh_joined",
    "meeting.participant_joined_waiting_room",
    "meeting.participant_left_waiting_room",
    "meeting.participant_admitted",
    "meeting.participant_joined",
    "meeting.participant_left",
    "meeting.chat_message_sent",
    "meeting.ended",
    "webinar.registration_created",
    "webinar.registration_approved",
    "webinar.registration_cancelled",
    "webinar.registration_denied",
    "webinar.started",
    "webinar.participant_joined",
    "webinar.participant_left",
    "webinar.chat_message_sent",
    "webinar.ended",
];

async fn registrant(story: &Story, path: &str, name: &str, source: &str) -> Value {
    let mut body = json!({ "first_name": name, "last_name": "Chill", "email": format!("{name}@guests.example"),
        "org": "Cooking Org", "custom_questions": [{ "title": "Why?", "value": "Curious" }] });
    if !source.is_empty() {
        body["source_id"] = json!(source);
    }
    let made = done(story, "POST", &format!("{path}/registrants"), body).await;
    made["registrant_id"].clone()
}

/// A series of Ben's with registration and registrants in every state.
async fn registered(story: &Story, kind: &str) -> String {
    let body = json!({ "topic": "Kitchen Spanish", "type": if kind == "meetings" { 8 } else { 9 },
        "start_time": "2026-11-23T10:00:00Z", "duration": 45, "timezone": "Europe/London",
        "recurrence": { "type": 1, "repeat_interval": 1, "end_times": 3 },
        "settings": { "approval_type": 1, "practice_session": false, "waiting_room": kind == "meetings" } });
    let made = done(story, "POST", &format!("/users/ben@northlight.example/{kind}"), body).await;
    let path = format!("/{kind}/{}", made["id"]);
    let source = if kind == "webinars" { "newsletter" } else { "" };
    let mut ids = Vec::new();
    for name in ["gail", "jill", "bo"] {
        ids.push(registrant(story, &path, name, source).await);
    }
    for (action, id) in [("approve", &ids[0]), ("approve", &ids[1]), ("deny", &ids[2]), ("cancel", &ids[1])] {
        let decision = json!({ "action": action, "registrants": [{ "id": id }] });
        done(story, "PUT", &format!("{path}/registrants/status"), decision).await;
    }
    // Of whom everybody is approved at once the first event has all.
    done(story, "PATCH", &path, json!({ "settings": { "approval_type": 0 } })).await;
    registrant(story, &path, "noor", source).await;
    path
}

#[tokio::test]
async fn what_happens_around_calls_is_told_as_zoom_tells_it() {
    let story = with_all_scopes().await;
    let receiver = subscribe(&story).await;
    for kind in ["meetings", "webinars"] {
        let path = registered(&story, kind).await;
        let call = path.replace("webinars", "meetings");
        steer(&story, &format!("{call}/join"), json!({ "user": "ben@northlight.example" })).await;
        for name in ["gail", "noor"] {
            steer(&story, &format!("{call}/join"), json!({ "registrant": format!("{name}@guests.example") })).await;
        }
        if kind == "meetings" {
            steer(&story, &format!("{call}/admit"), json!({ "name": "gail Chill" })).await;
        }
        let lines = json!({ "chats": [{ "name": "gail Chill", "text": "Hola" }] });
        steer(&story, &format!("{call}/simulate"), lines).await;
        for name in ["noor Chill", "gail Chill", "Ben Carter"] {
            story.pass(60);
            steer(&story, &format!("{call}/leave"), json!({ "name": name })).await;
        }
    }
    let early = json!({ "topic": "Early", "settings": { "join_before_host": true } });
    let early = done(&story, "POST", "/users/me/meetings", early).await;
    steer(&story, &format!("/meetings/{}/join", early["id"]), json!({ "name": "Early" })).await;
    steer(&story, &format!("/meetings/{}/leave", early["id"]), json!({ "name": "Early" })).await;
    let events = everything(&story, &receiver, EVENTS).await;
    all_there(&events, EVENTS);
}
