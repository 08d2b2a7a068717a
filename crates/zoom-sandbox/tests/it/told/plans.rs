//! What is planned: meetings and webinars made, changed, deleted and taken back.

use serde_json::{Value, json};

use super::{all_there, done, everything};
use crate::{registrants::with_all_scopes, story::Story, webhooks::subscribe};

pub(super) const EVENTS: &[&str] = &[
    "meeting.created",
    "meeting.updated",
    "meeting.deleted",
    "meeting.recovered",
    "webinar.created",
    "webinar.updated",
    "webinar.deleted",
];

/// Settings of which each has another value for each `turn`.
fn settings(kind: &str, turn: bool) -> Value {
    let (language, sign) = if turn { ("US,FR", "American") } else { ("US,JP", "French") };
    let interpreter = "walker@guests.example";
    let mut settings = json!({
        "host_video": turn,
        "allow_host_control_participant_mute_state": turn,
        "email_in_attendee_report": turn,
        "language_interpretation": { "enable": true, "interpreters": [{ "email": interpreter,
            "languages": language, "interpreter_languages": if turn { "English,French" } else { "English,Japanese" } }] },
        "sign_language_interpretation": { "enable": true, "interpreters": [{ "email": interpreter, "sign_language": sign }] },
    });
    if kind == "meetings" {
        let more = json!({
            "participant_video": turn,
            "join_before_host": turn,
            "jbh_time": if turn { 5 } else { 10 },
            "use_pmi": false,
            "meeting_invitees": [{ "email": if turn { "one@guests.example" } else { "two@guests.example" } }],
            "continuous_meeting_chat": { "enable": true, "auto_add_invited_external_users": turn,
                "auto_add_meeting_participants": turn },
            "auto_start_meeting_summary": turn,
            "who_will_receive_summary": if turn { 1 } else { 2 },
            "auto_start_ai_companion_questions": turn,
            "who_can_ask_questions": if turn { 1 } else { 2 },
            "summary_template_id": if turn { "5b0c0001" } else { "5b0c0002" },
        });
        settings.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    }
    settings
}

/// Everything that is changed of a meeting or webinar, with another value for each `turn`.
fn whole(kind: &str, turn: bool) -> Value {
    let is_webinar = kind == "webinars";
    let mut settings = settings(kind, turn);
    settings["approval_type"] = json!(i64::from(turn) * 2);
    let mut body = json!({
        "topic": if turn { "Walls" } else { "Roofs" },
        "agenda": if turn { "How to." } else { "Why." },
        "password": if turn { "walls1" } else { "roofs2" },
        "start_time": if turn { "2026-11-24T10:00:00Z" } else { "2026-11-25T11:00:00Z" },
        "duration": if turn { 45 } else { 60 },
        "timezone": if turn { "Europe/London" } else { "Asia/Tokyo" },
        "type": match (is_webinar, turn) { (false, true) => 2, (false, false) => 8, (true, true) => 5, (true, false) => 9 },
        "settings": settings,
    });
    if !turn {
        body["recurrence"] = json!({ "type": 1, "repeat_interval": 1, "end_times": 3 });
    }
    if kind == "meetings" {
        body["tracking_fields"] = json!([{ "field": "Course", "value": if turn { "A1" } else { "B1" } }]);
    }
    body
}

async fn plan(story: &Story, kind: &str) {
    let of_ben = format!("/users/ben@northlight.example/{kind}");
    let one = done(story, "POST", &of_ben, whole(kind, true)).await;
    let path = format!("/{kind}/{}", one["id"]);
    done(story, "PATCH", &path, whole(kind, false)).await;
    let series = done(story, "GET", &path, json!({})).await;
    let sitting = format!("{path}?occurrence_id={}", series["occurrences"][1]["occurrence_id"].as_str().unwrap());
    done(story, "PATCH", &sitting, json!({ "duration": 90 })).await;
    done(story, "DELETE", &sitting, json!([])).await;
    let mut whole = whole(kind, false);
    whole["settings"]["alternative_hosts"] = json!("ada@northlight.example");
    let second = done(story, "POST", &of_ben, whole).await;
    let second = format!("/{kind}/{}", second["id"]);
    done(story, "DELETE", &second, json!([])).await;
    if kind == "meetings" {
        done(story, "PUT", &format!("{second}/status"), json!({ "action": "recover" })).await;
    }
}

#[tokio::test]
async fn what_is_planned_is_told_as_zoom_tells_it() {
    let story = with_all_scopes().await;
    let receiver = subscribe(&story).await;
    plan(&story, "meetings").await;
    let personal =
        json!({ "topic": "Mine", "type": 2, "start_time": "2026-11-24T10:00:00Z", "settings": { "use_pmi": true } });
    let made = done(&story, "POST", "/users/ben@northlight.example/meetings", personal).await;
    let other = json!({ "settings": { "use_pmi": false } });
    done(&story, "PATCH", &format!("/meetings/{}", made["id"]), other).await;
    plan(&story, "webinars").await;
    let events = everything(&story, &receiver, EVENTS).await;
    all_there(&events, EVENTS);
    let of_webinars = events.iter().find(|event| event["event"] == "webinar.updated").unwrap();
    assert_eq!(of_webinars["payload"]["old_object"], of_webinars["payload"]["object"]["old_object"], "in both places");
}
