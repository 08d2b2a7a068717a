//! Stories of what is left of a meeting when it is over.

use serde_json::json;

use crate::{registrants::with_all_scopes, webhooks::subscribe};

#[tokio::test]
async fn a_meeting_that_was_held_is_found_by_number_and_by_uuid_with_who_was_there() {
    let story = with_all_scopes().await;
    let made = story.meeting("Held").await;
    let number = made["id"].as_i64().unwrap();
    assert_eq!(story.get(&format!("/past_meetings/{number}")).await.1["code"], 3001, "nothing was held yet");
    story.zoom.simulate(number, &["Ada".to_owned(), "Ben".to_owned()]).unwrap();
    story.pass(120);
    assert_eq!(story.get(&format!("/past_meetings/{number}")).await.1["code"], 3001, "it is still on");
    let (status, _) = story.send("PUT", &format!("/meetings/{number}/status"), json!({ "action": "end" })).await;
    assert_eq!(status, 204);
    let (_, instances) = story.get(&format!("/past_meetings/{number}/instances")).await;
    assert_eq!(instances, json!({ "meetings": [{ "start_time": "2026-11-23T09:00:00Z", "uuid": made["uuid"] }] }));
    let (_, none) = story.get(&format!("/past_meetings/{number}/instances?from=2026-11-24&to=2026-11-25")).await;
    assert_eq!(none, json!({ "meetings": [] }));
    let once = made["uuid"].as_str().unwrap().replace('/', "%2F").replace('+', "%2B").replace('=', "%3D");
    for name in [number.to_string(), once.replace('%', "%25")] {
        let (status, details) = story.get(&format!("/past_meetings/{name}")).await;
        assert_eq!(status, 200, "{name}: {details}");
        assert_eq!((&details["duration"], &details["total_minutes"]), (&json!(2), &json!(4)));
        assert_eq!(details["end_time"], "2026-11-23T09:02:00Z");
    }
    let (_, page) = story.get(&format!("/past_meetings/{number}/participants?page_size=1")).await;
    assert_eq!((&page["total_records"], &page["participants"][0]["name"]), (&json!(2), &json!("Ada")));
    let token = page["next_page_token"].as_str().unwrap();
    let next = format!("/past_meetings/{number}/participants?page_size=1&next_page_token={token}");
    let (_, page) = story.get(&next).await;
    assert_eq!((&page["participants"][0]["name"], &page["participants"][0]["duration"]), (&json!("Ben"), &json!(120)));
}

#[tokio::test]
async fn a_uuid_that_need_not_be_encoded_may_come_with_its_slashes() {
    let story = with_all_scopes().await;
    let is_tame = |uuid: &str| uuid.contains('/') && !uuid.starts_with('/') && !uuid.contains("//");
    for _ in 0..200 {
        let made = story.meeting("Slashed").await;
        let uuid = made["uuid"].as_str().unwrap();
        if is_tame(uuid) {
            let number = made["id"].as_i64().unwrap();
            story.zoom.world().call_started(number);
            story.zoom.world().call_ended(number);
            let (status, details) = story.get(&format!("/past_meetings/{uuid}")).await;
            assert_eq!((status, &details["uuid"]), (200, &made["uuid"]), "{details}");
            let (status, came) = story.get(&format!("/past_meetings/{uuid}/participants?page_size=1")).await;
            assert_eq!((status, &came["participants"]), (200, &json!([])), "{came}");
            return;
        }
    }
    panic!("no such UUID in two hundred meetings");
}

#[tokio::test]
async fn what_was_held_more_than_a_year_ago_is_refused() {
    let mut story = with_all_scopes().await;
    let made = story.meeting("Long ago").await;
    let number = made["id"].as_i64().unwrap();
    story.zoom.world().call_started(number);
    story.zoom.world().call_ended(number);
    story.pass(366 * 24 * 3600);
    story.sign_in().await;
    assert_eq!(story.get(&format!("/past_meetings/{number}")).await.1["code"], 12702);
}

#[tokio::test]
async fn subscribers_hear_who_came_and_that_the_end_took_them_out() {
    let story = with_all_scopes().await;
    let number = story.meeting("Heard").await["id"].as_i64().unwrap();
    let receiver = subscribe(&story).await;
    story.zoom.simulate(number, &["Ada".to_owned()]).unwrap();
    story.send("PUT", &format!("/meetings/{number}/status"), json!({ "action": "end" })).await;
    let mut events = receiver.events(4).await;
    // Deliveries may overtake each other.
    events.sort_by_key(|event| event["event"].to_string());
    let names: Vec<_> = events.iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert_eq!(names, ["meeting.ended", "meeting.participant_joined", "meeting.participant_left", "meeting.started"]);
    let came = &events[1]["payload"]["object"];
    assert_eq!((&came["id"], &came["participant"]["user_name"]), (&json!(number.to_string()), &json!("Ada")));
    // The schema says join_time where Zoom's example says date_time; the schema is followed.
    assert_eq!(came["participant"]["join_time"], "2026-11-23T09:00:00Z", "{came}");
    let left = &events[2]["payload"]["object"];
    assert_eq!(left["uuid"], came["uuid"]);
    assert_eq!(left["participant"]["leave_reason"], "Ada left the meeting.<br>Reason: Host ended the meeting.");
}

#[tokio::test]
async fn a_webinar_that_was_held_has_its_instances_and_those_who_listened() {
    let story = with_all_scopes().await;
    let body = json!({ "topic": "Ask an architect", "type": 5, "start_time": "2026-11-23T10:00:00Z" });
    let (status, made) = story.send("POST", "/users/ben@northlight.example/webinars", body).await;
    assert_eq!(status, 201, "{made}");
    let number = made["id"].as_i64().unwrap();
    let receiver = subscribe(&story).await;
    story.zoom.simulate(number, &["Mei".to_owned()]).unwrap();
    story.pass(60);
    assert_eq!(story.send("PUT", &format!("/webinars/{number}/status"), json!({ "action": "end" })).await.0, 200);
    let (_, instances) = story.get(&format!("/past_webinars/{number}/instances")).await;
    assert_eq!(instances["webinars"][0]["uuid"], made["uuid"], "{instances}");
    let (_, page) = story.get(&format!("/past_webinars/{number}/participants")).await;
    assert_eq!((&page["total_records"], &page["participants"][0]["name"]), (&json!(1), &json!("Mei")), "{page}");
    let events = receiver.events(4).await;
    let mut names: Vec<_> = events.iter().map(|event| event["event"].as_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["webinar.ended", "webinar.participant_joined", "webinar.participant_left", "webinar.started"]);
}
