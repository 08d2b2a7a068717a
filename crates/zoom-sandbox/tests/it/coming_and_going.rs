//! Stories of who comes into a call, who leaves it and why, and what subscribers hear of it.

use serde_json::{Value, json};

use crate::{
    registrants::with_all_scopes,
    seat::Seat,
    story::{Story, builder},
    webhooks::subscribe,
};

async fn meeting(story: &Story, settings: Value) -> Value {
    let body =
        json!({ "topic": "Coming and going", "type": 2, "start_time": "2026-11-23T10:00:00Z", "settings": settings });
    let (status, made) = story.send("POST", "/users/me/meetings", body).await;
    assert_eq!(status, 201, "{made}");
    made
}

/// What each event of this name says of its participant, by the participant's name.
fn told(events: &[Value], name: &str) -> Vec<(String, Value)> {
    let those = events.iter().filter(|event| event["event"] == name);
    let people = those.map(|event| event["payload"]["object"]["participant"].clone());
    people.map(|who| (who["user_name"].as_str().unwrap().to_owned(), who)).collect()
}

#[tokio::test]
async fn everybody_leaves_for_their_own_reason_and_subscribers_hear_which() {
    let story = with_all_scopes().await;
    let made = meeting(&story, json!({ "join_before_host": true })).await;
    let receiver = subscribe(&story).await;
    let early = Seat::guest(&story, &made, "Early", "early@guests.example").await;
    let mut host = Seat::host(&story, &made).await;
    let mut rude = Seat::guest(&story, &made, "Rude", "").await;
    let rude_id = host.hear_of("joined").await["person"]["id"].clone();
    let lost = Seat::guest(&story, &made, "Lost", "").await;
    early.leave().await;
    host.say(json!({ "type": "remove", "id": rude_id })).await;
    rude.hear_of("closed").await;
    drop(lost);
    host.hear_of("changed").await;
    story.pass(13);
    while host.hear_of("left").await["reason"] != "lost" {}
    host.leave().await;
    let events = receiver.events(11).await;
    let left = told(&events, "meeting.participant_left");
    let reasons: Vec<_> = left.iter().map(|(_, who)| who["leave_reason"].as_str().unwrap()).collect();
    assert_eq!(
        reasons,
        [
            "Early left the meeting.",
            "Rude left the meeting.<br>Reason: Removed by host.",
            "Lost got disconnected from the meeting.",
            "Ada Okafor left the meeting.",
        ]
    );
    assert_eq!(left[0].1["email"], "early@guests.example");
    let before_host: Vec<_> =
        told(&events, "meeting.participant_jbh_joined").into_iter().map(|(name, _)| name).collect();
    assert_eq!(before_host, ["Early"], "the others came after the host");
    assert_eq!(events.last().unwrap()["event"], "meeting.ended");
}

#[tokio::test]
async fn who_gives_up_in_the_waiting_room_or_is_turned_away_is_told_and_who_is_admitted_too() {
    let story = with_all_scopes().await;
    let made = meeting(&story, json!({ "waiting_room": true })).await;
    let receiver = subscribe(&story).await;
    let mut host = Seat::host(&story, &made).await;
    let mut seats = Vec::new();
    let mut ids = Vec::new();
    for name in ["Admitted", "Declined", "Impatient", "Still there"] {
        seats.push(Seat::guest(&story, &made, name, "").await);
        ids.push(host.hear_of("joined").await["person"]["id"].clone());
        story.pass(10);
    }
    host.say(json!({ "type": "admit", "id": ids[0] })).await;
    seats[0].hear_of("welcome").await;
    host.say(json!({ "type": "decline", "id": ids[1] })).await;
    seats[1].hear_of("closed").await;
    let still = seats.pop().unwrap();
    seats.pop().unwrap().leave().await;
    host.say(json!({ "type": "end" })).await;
    host.hear_of("closed").await;
    drop(still);
    let events = receiver.events(14).await;
    let names = |event: &str| told(&events, event).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names("meeting.participant_joined_waiting_room").len(), 4);
    assert_eq!(names("meeting.participant_admitted"), ["Admitted"]);
    assert_eq!(names("meeting.participant_left_waiting_room"), ["Declined", "Impatient", "Still there"]);
    assert_eq!(names("meeting.participant_left"), ["Ada Okafor", "Admitted"]);
    let admitted = events.iter().find(|event| event["event"] == "meeting.participant_admitted").unwrap();
    assert_eq!(admitted["payload"]["operator"], "ada@northlight.example");
    let gone = &told(&events, "meeting.participant_left_waiting_room")[0].1;
    assert_eq!(gone["date_time"], "2026-11-23T09:00:40Z");
}

#[tokio::test]
async fn what_is_written_in_a_call_is_told_line_by_line() {
    let story = with_all_scopes().await;
    let made = meeting(&story, json!({ "join_before_host": true })).await;
    let receiver = subscribe(&story).await;
    let mut host = Seat::host(&story, &made).await;
    host.say(json!({ "type": "chat", "text": "Good morning" })).await;
    host.hear_of("chat").await;
    let events = receiver.events(3).await;
    let line = &events[2];
    assert_eq!((&line["event"], &line["payload"]["object"]["id"]), (&json!("meeting.chat_message_sent"), &made["id"]));
    let said = &line["payload"]["object"]["chat_message"];
    assert_eq!((&said["message_content"], &said["sender_type"]), (&json!("Good morning"), &json!("host")));
    assert_eq!((&said["date_time"], &said["recipient_type"]), (&json!("GMT20261123-090000"), &json!("everyone")));
}

#[tokio::test]
async fn a_call_that_a_restart_cut_off_is_a_past_call_with_everybody_who_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let first =
        Story::with(builder().scopes(["meeting:write:meeting:admin"]).state_file(folder.path().join("zoom.json")))
            .await;
    let made = first.meeting("Cut off").await;
    first.zoom.simulate(made["id"].as_i64().unwrap(), &["Amara".to_owned()]).unwrap();
    first.zoom.stop().await;
    let second = Story::with(builder().state_file(folder.path().join("zoom.json"))).await;
    let now = second.zoom.world().meeting(made["id"].as_i64().unwrap()).unwrap();
    assert_eq!(now.status, zoom_sandbox::world::Status::Waiting);
    assert_ne!(json!(now.uuid), made["uuid"], "the next call is another instance");
    let held = second.zoom.world().instances(now.number);
    assert_eq!((held.len(), json!(held[0].uuid)), (1, made["uuid"].clone()));
    assert!(held[0].ended_at.is_some() && held[0].participants[0].leave.is_some());
}
