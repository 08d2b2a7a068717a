//! Zoom Events: events, their sessions, speakers, ticket types and tickets.

use serde_json::{Value, json};

use super::{all_there, done, everything};
use crate::{
    story::send,
    webhooks::subscribe,
    zoom_events::{begin, conference, publish},
    zoom_events_sessions::session,
};

pub(super) const EVENTS: &[&str] = &[
    "zoom_events.event_published",
    "zoom_events.event_updated",
    "zoom_events.event_duplicated",
    "zoom_events.speaker_created",
    "zoom_events.speaker_updated",
    "zoom_events.speaker_deleted",
    "zoom_events.session_created",
    "zoom_events.session_updated",
    "zoom_events.session_ended",
    "zoom_events.session_deleted",
    "zoom_events.ticket_type_created",
    "zoom_events.ticket_type_updated",
    "zoom_events.ticket_type_deleted",
    "zoom_events.ticket_created",
    "zoom_events.ticket_updated",
    "zoom_events.ticket_deleted",
    "zoom_events.event_cancelled",
];

fn id(made: &Value, name: &str) -> String {
    made[name].as_str().unwrap_or_else(|| panic!("no {name} in {made}")).to_owned()
}

#[tokio::test]
async fn what_happens_at_zoom_events_is_told_as_zoom_tells_it() {
    let story = begin().await;
    let receiver = subscribe(&story).await;
    let event = conference(&story).await;
    publish(&story, &event).await;
    done(&story, "PATCH", &event, json!({ "name": "Days of Making" })).await;
    let actions = format!("{event}/event_actions");
    let copy = json!({ "operation": "duplicate", "duplicate_event": { "name": "Again",
        "start_time": "2026-12-24T10:00:00Z", "timezone": "Asia/Tokyo" } });
    done(&story, "POST", &actions, copy).await;

    let speaker = json!({ "name": "Ines", "email": "ines@guests.example" });
    let speaker = done(&story, "POST", &format!("{event}/speakers"), speaker).await;
    let speaker = format!("{event}/speakers/{}", id(&speaker, "speaker_id"));
    done(&story, "PATCH", &speaker, json!({ "name": "Ines B." })).await;
    assert!(send(story.request("DELETE", &speaker)).await.0 < 300);

    // One that says all of itself, and one that leaves what it can to its event.
    let bare = json!({ "name": "Roofs", "start_time": "2026-11-24T11:00:00Z", "end_time": "2026-11-24T12:00:00Z",
        "timezone": "Europe/London", "type": 0 });
    for body in [session("Walls", 0), bare] {
        let made = done(&story, "POST", &format!("{event}/sessions"), body).await;
        let one = format!("{event}/sessions/{}", id(&made, "session_id"));
        done(&story, "PATCH", &one, json!({ "description": "How to." })).await;
        let held = story.get(&one).await.1["meeting_id"].as_i64().unwrap();
        assert!(story.zoom.world().call_started(held) && story.zoom.world().call_ended(held));
        assert!(send(story.request("DELETE", &one)).await.0 < 300);
    }

    let kind = json!({ "name": "Day", "description": "One day.", "currency": "USD", "free": true, "price": "0", "quantity": 3,
        "start_time": "2026-11-01T00:00:00Z", "end_time": "2026-11-25T00:00:00Z" });
    let types = format!("{event}/ticket_types");
    let sold = id(&done(&story, "POST", &types, kind.clone()).await, "ticket_type_id");
    let spare = format!("{types}/{}", id(&done(&story, "POST", &types, kind).await, "ticket_type_id"));
    done(&story, "PATCH", &spare, json!({ "name": "Night" })).await;
    assert!(send(story.request("DELETE", &spare)).await.0 < 300);
    let ticket = json!({ "tickets": [{ "email": "jill@guests.example", "ticket_type_id": sold, "first_name": "Jill",
        "last_name": "Hill", "external_ticket_id": "x1" }] });
    let made = done(&story, "POST", &format!("{event}/tickets"), ticket).await;
    let ticket = format!("{event}/tickets/{}", id(&made["tickets"][0], "ticket_id"));
    done(&story, "PATCH", &ticket, json!({ "first_name": "Bo" })).await;
    assert!(send(story.request("DELETE", &ticket)).await.0 < 300);
    done(&story, "POST", &actions, json!({ "operation": "cancel" })).await;
    let events = everything(&story, &receiver, EVENTS).await;
    all_there(&events, EVENTS);
}
