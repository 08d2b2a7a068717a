//! Stories of the sessions of an event: the rooms they are held in, their polls, interpreters, places and streams.

use serde_json::{Value, json};

use crate::{
    story::{Story, send},
    webhooks::subscribe,
    zoom_events::{begin, complete, conference, details, hub, publish, refused},
};

pub(crate) fn session(name: &str, kind: i64) -> Value {
    json!({ "name": name, "description": "How to.", "start_time": "2026-11-24T11:00:00Z",
        "end_time": "2026-11-24T12:00:00Z", "timezone": "Europe/London", "type": kind, "featured": true,
        "record_file_id": "r", "track_labels": ["a"], "audience_labels": ["b"], "product_labels": ["c"],
        "level": ["d"], "alternative_host": ["ben@northlight.example"], "panelist": ["pan@x.example"],
        "attendance_type": "hybrid", "physical_location": "Hall 1",
        "session_reservation": { "allow_reservations": true, "max_capacity": 1 } })
}

async fn add(story: &Story, event: &str, body: Value) -> (String, Value) {
    let (status, made) = story.send("POST", &format!("{event}/sessions"), body).await;
    assert_eq!(status, 201, "{made}");
    (format!("{event}/sessions/{}", made["session_id"].as_str().unwrap()), made)
}

#[tokio::test]
async fn sessions_of_a_published_event_are_held_in_meetings_that_follow_them() {
    let story = begin().await;
    let receiver = subscribe(&story).await;
    let event = conference(&story).await;
    let (_, ines) = story.send("POST", &format!("{event}/speakers"), json!({ "name": "Ines" })).await;
    let mut body = session("Walls", 0);
    body["session_speakers"] = json!([{ "speaker_id": ines["speaker_id"], "show_in_session_detail": true }]);
    let (one, made) = add(&story, &event, body).await;
    complete("createEventSession", "", &made, &[]);
    assert_eq!(story.get(&one).await.1["meeting_id"], Value::Null, "not before it is published");
    publish(&story, &event).await;
    let (_, read) = story.get(&one).await;
    complete("getEventSessionInfo", "", &read, &["webinar_id"]);
    assert_eq!(read["session_speakers"][0]["name"], "Ines");
    let meeting = format!("/meetings/{}", read["meeting_id"]);
    assert_eq!(story.get(&meeting).await.1["topic"], "Walls");
    assert_eq!(story.send("PATCH", &one, json!({ "name": "Roofs" })).await.0, 204);
    assert_eq!(story.get(&meeting).await.1["topic"], "Roofs");
    let (_, list) = story.get(&format!("{event}/sessions")).await;
    assert_eq!((&list["total_records"], &list["sessions"][0]["name"]), (&json!(1), &json!("Roofs")));

    let number = read["meeting_id"].as_i64().unwrap();
    assert!(story.zoom.world().call_started(number));
    refused(&story.send("PATCH", &one, json!({ "name": "x" })).await, 403, 260_209, "Event is not editable.");
    assert!(story.zoom.world().call_ended(number));
    assert_eq!(send(story.request("DELETE", &one)).await.0, 204);
    assert_eq!(story.get(&meeting).await.0, 404, "its meeting goes with it");
    refused(&story.get(&one).await, 404, 2003, "Session not found.");
    let told: Vec<_> = receiver.events(10).await.iter().map(|e| e["event"].as_str().unwrap().to_owned()).collect();
    for name in ["speaker_created", "event_published", "session_updated", "session_ended", "session_deleted"] {
        assert!(told.contains(&format!("zoom_events.{name}")), "{name}: {told:?}");
    }
    let action = format!("{event}/event_actions");
    story.send("POST", &action, json!({ "operation": "cancel" })).await;
    let late = story.send("PATCH", &one, json!({})).await;
    refused(&late, 404, 2003, "Session not found.");
}

#[tokio::test]
async fn a_session_says_the_same_of_itself_wherever_it_is_asked_for() {
    let story = begin().await;
    let event = conference(&story).await;
    let (one, made) = add(&story, &event, session("Walls", 0)).await;
    let mut hidden = session("Roofs", 0);
    hidden["visible_in_lobby"] = json!(false);
    let (two, hid) = add(&story, &event, hidden).await;
    let (_, list) = story.get(&format!("{event}/sessions")).await;
    for (at, (path, made, in_lobby)) in [(one, made, true), (two, hid, false)].into_iter().enumerate() {
        let (_, read) = story.get(&path).await;
        for told in [&made, &read, &list["sessions"][at]] {
            assert_eq!((&told["visible_in_landing_page"], &told["visible_in_lobby"]), (&json!(true), &json!(in_lobby)));
            for (name, value) in told.as_object().unwrap() {
                assert!(read.get(name).is_none_or(|known| known == value), "{name}: {value} and {}", read[name]);
            }
        }
    }
}

#[tokio::test]
async fn an_event_with_one_session_has_it_from_the_start_and_takes_no_other() {
    let story = begin().await;
    let hub = hub(&story).await;
    let (_, made) = story.send("POST", "/zoom_events/events", details("SIMPLE_EVENT", &hub)).await;
    let event = format!("/zoom_events/events/{}", made["event_id"].as_str().unwrap());
    assert_eq!(story.get(&format!("{event}/sessions")).await.1["sessions"][0]["name"], "Days of Building");
    let second = story.send("POST", &format!("{event}/sessions"), session("Second", 0)).await;
    refused(&second, 400, 26402, "One or more session IDs are invalid.");
    story.send("PATCH", &event, json!({ "name": "Days of Making" })).await;
    assert_eq!(story.get(&format!("{event}/sessions")).await.1["sessions"][0]["name"], "Days of Making");
}

#[tokio::test]
async fn polls_and_interpreters_are_kept_as_a_whole() {
    let story = begin().await;
    let event = conference(&story).await;
    let (one, _) = add(&story, &event, session("Walls", 2)).await;
    let poll = json!({ "polls": [{ "title": "Well?", "poll_type": 1, "anonymous": false, "questions": [
        { "name": "How?", "type": "single", "answers": ["a", "b"] }] }] });
    assert_eq!(story.send("PUT", &format!("{one}/polls"), poll).await.0, 204);
    let (_, polls) = story.get(&format!("{one}/polls")).await;
    complete("getSessionPolls", "polls[].", &polls["polls"][0], &[]);
    assert_eq!(polls["total_records"], 1);
    let strange = json!({ "polls": [{ "id": "x", "title": "W", "poll_type": 1, "anonymous": false }] });
    assert_eq!(story.send("PUT", &format!("{one}/polls"), strange).await.1["errors"][0]["field"], "polls[0].id");

    let speak = json!({ "interpreters": [{ "email": "i@x.example", "type": 1, "source_language_id": "US",
        "target_language_id": "ES" }] });
    assert_eq!(story.send("PUT", &format!("{one}/interpreters"), speak).await.0, 204);
    let (_, list) = story.get(&format!("{one}/interpreters")).await;
    assert_eq!(list["interpreters"][0]["target_language_display_name"], "Spanish", "{list}");
    assert_eq!(story.get(&one).await.1["interpreter_languages"][0]["language_id"], "ES");
}

#[tokio::test]
async fn places_in_a_session_are_for_those_with_a_ticket_while_there_are_any() {
    let story = begin().await;
    let event = conference(&story).await;
    let (one, _) = add(&story, &event, session("Walls", 0)).await;
    let mut closed = session("Closed", 0);
    closed["session_reservation"] = json!({ "allow_reservations": false });
    let (closed, _) = add(&story, &event, closed).await;
    let (meanwhile, _) = add(&story, &event, session("Meanwhile", 0)).await;
    publish(&story, &event).await;
    for email in ["a@x.example", "b@x.example"] {
        let body = json!({ "tickets": [{ "email": email, "first_name": "A", "last_name": "B" }] });
        let (status, made) = story.send("POST", &format!("{event}/tickets"), body).await;
        assert_eq!(status, 201, "{made}");
    }
    let reserve = async |path: &str, email: &str| {
        story.send("POST", &format!("{path}/reservations"), json!({ "email": email })).await
    };
    assert_eq!(reserve(&one, "a@x.example").await.0, 201);
    let full = "No reservations available. Maximum capacity reached.";
    refused(&reserve(&one, "b@x.example").await, 400, 26306, full);
    refused(&reserve(&closed, "b@x.example").await, 400, 26307, "Session reservation is disabled.");
    refused(&reserve(&one, "ada@northlight.example").await, 400, 26308, "Host session reservation is disabled.");
    refused(&reserve(&one, "c@x.example").await, 400, 26309, "User does not have access to this session.");
    let special = "Reservations are not required for users with special roles.";
    refused(&reserve(&one, "pan@x.example").await, 400, 26310, special);
    let overlap = "The time range is overlapping or you have reached the maximum number of sessions on the same day.";
    refused(&reserve(&meanwhile, "a@x.example").await, 400, 26302, overlap);
    let (_, list) = story.get(&format!("{one}/reservations")).await;
    assert_eq!(list["reservations"], json!([{ "first_name": "A", "last_name": "B", "email": "a@x.example" }]));
    let gone =
        |email: &str| send(story.request("DELETE", &format!("{one}/reservations")).json(&json!({ "email": email })));
    refused(&gone("b@x.example").await, 400, 26311, "Session reservation not found.");
    assert_eq!(gone("a@x.example").await.0, 204);
    assert_eq!(story.get(&format!("{one}/reservations")).await.1["total_records"], 0);
}

#[tokio::test]
async fn webinars_take_a_stream_and_hosts_a_token() {
    let story = begin().await;
    let event = conference(&story).await;
    let (webinar, _) = add(&story, &event, session("Talk", 2)).await;
    let (meeting, _) = add(&story, &event, session("Table", 0)).await;
    let (_, early) = story.get(&format!("{webinar}/join_token")).await;
    assert_eq!((&early["code"], &early["join_token"]), (&json!(1120), &json!("")));
    publish(&story, &event).await;
    let (_, token) = story.get(&format!("{webinar}/join_token")).await;
    assert_eq!((&token["code"], &token["error_message"]), (&json!(0), &json!("success")));
    let number = &story.get(&webinar).await.1["webinar_id"];
    assert_eq!(story.get(&format!("/webinars/{number}")).await.1["topic"], "Talk", "though Ada has no webinar licence");

    let on = json!({ "incoming_enabled": true, "incoming_config": { "stream_key_type": "GENERATED" } });
    let only = "Incoming livestream is supported only for webinar meeting_type sessions.";
    refused(&story.send("PATCH", &format!("{meeting}/livestream"), on.clone()).await, 400, 26303, only);
    let path = format!("{webinar}/livestream");
    let missing = story.send("PATCH", &path, json!({ "incoming_enabled": true })).await;
    refused(&missing, 400, 26304, "Incoming livestream configuration is missing.");
    let typeless = story.send("PATCH", &path, json!({ "incoming_enabled": true, "incoming_config": {} })).await;
    let message = "Incoming livestream key type is invalid. This type is not supported for update.";
    refused(&typeless, 400, 26305, message);
    assert_eq!(story.send("PATCH", &path, on).await.0, 204);
    let (_, config) = story.get(&path).await;
    complete("getSessionLivestreamConfiguration", "", &config, &[]);
    complete("getSessionLivestreamConfiguration", "incoming_config.", &config["incoming_config"], &[]);
}
