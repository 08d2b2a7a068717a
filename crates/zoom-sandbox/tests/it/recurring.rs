//! Stories of meetings and webinars that recur at a fixed time: the series, its sittings, and changes of one of them.

use serde_json::{Value, json};

use crate::{
    story::{Story, send},
    webhooks::subscribed,
};

const BEN: &str = "/users/ben@northlight.example/webinars";

/// Lucía's language evening: Tuesdays and Thursdays at 18:00 in Madrid, four times.
async fn evening(story: &Story) -> Value {
    let body = json!({
        "topic": "Language evening", "type": 8, "start_time": "2026-11-23T18:00:00", "timezone": "Europe/Madrid",
        "duration": 60, "recurrence": { "type": 2, "weekly_days": "3,5", "end_times": 4 },
    });
    let (status, made) = story.send("POST", "/users/lucia@northlight.example/meetings", body).await;
    assert_eq!(status, 201, "{made}");
    made
}

fn starts(meeting: &Value) -> Vec<&str> {
    meeting["occurrences"].as_array().unwrap().iter().map(|row| row["start_time"].as_str().unwrap()).collect()
}

fn id(meeting: &Value, index: usize) -> &str {
    meeting["occurrences"][index]["occurrence_id"].as_str().unwrap()
}

async fn delete(story: &Story, path: &str) -> (u16, Value) {
    send(story.request("DELETE", path)).await
}

#[tokio::test]
async fn a_series_has_its_sittings_and_each_can_be_read() {
    let story = Story::begin().await;
    let made = evening(&story).await;
    let days = ["2026-11-24T17:00:00Z", "2026-11-26T17:00:00Z", "2026-12-01T17:00:00Z", "2026-12-03T17:00:00Z"];
    assert_eq!(starts(&made), days, "Monday is none of its days");
    assert_eq!((&made["type"], &made["start_time"]), (&json!(8), &json!(days[0])));
    let rule = json!({ "type": 2, "repeat_interval": 1, "weekly_days": "3,5", "end_times": 4 });
    assert_eq!(made["recurrence"], rule);
    let first =
        json!({ "occurrence_id": "1795539600000", "start_time": days[0], "duration": 60, "status": "available" });
    assert_eq!(made["occurrences"][0], first);
    let path = format!("/meetings/{}", made["id"]);
    let (_, read) = story.get(&path).await;
    assert_eq!((&read["occurrences"], &read["recurrence"]), (&made["occurrences"], &rule));
    let (_, third) = story.get(&format!("{path}?occurrence_id={}", id(&made, 2))).await;
    assert_eq!(third["start_time"], days[2]);
    let (status, none) = story.get(&format!("{path}?occurrence_id=1")).await;
    assert_eq!((status, &none["code"]), (400, &json!(300)));
}

#[tokio::test]
async fn a_sitting_that_was_made_shorter_does_not_shorten_the_others_when_it_is_read() {
    let story = Story::begin().await;
    let made = evening(&story).await;
    let path = format!("/meetings/{}", made["id"]);
    let first = format!("{path}?occurrence_id={}", id(&made, 0));
    assert_eq!(story.send("PATCH", &first, json!({ "duration": 30 })).await.0, 204);
    let (_, whole) = story.get(&path).await;
    let (_, sitting) = story.get(&first).await;
    assert_eq!(sitting["duration"], 30);
    assert_eq!(sitting["occurrences"], whole["occurrences"], "whichever sitting was asked for");
    let minutes: Vec<_> = whole["occurrences"].as_array().unwrap().iter().map(|row| &row["duration"]).collect();
    assert_eq!(minutes, [30, 60, 60, 60]);
}

#[tokio::test]
async fn sittings_that_are_over_are_shown_on_demand() {
    let mut story = Story::begin().await;
    let made = evening(&story).await;
    story.pass(4 * 24 * 3600);
    story.sign_in().await;
    let path = format!("/meetings/{}", made["id"]);
    assert_eq!(starts(&story.get(&path).await.1), ["2026-12-01T17:00:00Z", "2026-12-03T17:00:00Z"]);
    let (_, all) = story.get(&format!("{path}?show_previous_occurrences=true")).await;
    assert_eq!(all["occurrences"], made["occurrences"]);
    let over = format!("{path}?occurrence_id={}", id(&made, 0));
    assert_eq!(story.get(&over).await.1["start_time"], "2026-11-24T17:00:00Z");
    let refused = json!({ "code": 300, "message": "Invalid parameter: `occurrence_id`." });
    assert_eq!(story.send("PATCH", &over, json!({ "duration": 30 })).await, (400, refused.clone()));
    assert_eq!(delete(&story, &over).await, (400, refused));
}

#[tokio::test]
async fn lists_by_time_show_every_sitting_and_the_schedule_shows_the_series_once() {
    let mut story = Story::begin().await;
    let made = evening(&story).await;
    story.meeting("Ada's own").await;
    let lucia = "/users/lucia@northlight.example";
    let list = async |story: &Story, which: &str| {
        let (_, list) = story.get(&format!("{lucia}/meetings?type={which}")).await;
        let rows = list["meetings"].as_array().unwrap().clone();
        assert_eq!(list["total_records"], rows.len());
        assert!(rows.iter().all(|row| row["id"] == made["id"] && row["type"] == 8));
        rows.iter().map(|row| row["start_time"].as_str().unwrap()[5..10].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(list(&story, "scheduled").await, ["11-24"]);
    assert_eq!(list(&story, "upcoming").await, ["11-24", "11-26", "12-01", "12-03"]);
    assert_eq!(list(&story, "upcoming&from=2026-11-26&to=2026-12-01").await, ["11-26", "12-01"]);
    assert!(list(&story, "previous_meetings").await.is_empty());
    let (_, soon) = story.get(&format!("{lucia}/upcoming_meetings")).await;
    assert_eq!(soon["total_records"], 0, "the first is in more than a day");

    story.pass(24 * 3600);
    story.sign_in().await;
    let (_, soon) = story.get(&format!("{lucia}/upcoming_meetings")).await;
    assert_eq!(
        (&soon["total_records"], &soon["meetings"][0]["start_time"]),
        (&json!(1), &json!("2026-11-24T17:00:00Z"))
    );
    assert_eq!(soon["meetings"][0]["is_host"], true);
    let (status, nobody) = story.get("/users/nobody/upcoming_meetings").await;
    assert_eq!((status, nobody), (404, json!({ "code": 3001, "message": "User does not exist: nobody." })));

    story.pass(2 * 24 * 3600);
    story.sign_in().await;
    assert_eq!(list(&story, "previous_meetings").await, ["11-24"]);
    assert_eq!(list(&story, "upcoming").await, ["11-26", "12-01", "12-03"]);
    assert!(list(&story, "live").await.is_empty());
    story.zoom.world().call_started(made["id"].as_i64().unwrap());
    assert_eq!(list(&story, "live").await, ["11-24"], "once, as the series");
    assert_eq!(list(&story, "upcoming").await, ["11-24", "11-26", "12-01", "12-03"], "with the one that is on");
}

#[tokio::test]
async fn one_sitting_is_moved_and_keeps_its_id_while_the_others_stay() {
    let (story, receiver) = subscribed().await;
    let made = evening(&story).await;
    let path = format!("/meetings/{}", made["id"]);
    let one = format!("{path}?occurrence_id={}", id(&made, 1));
    let change = json!({
        "topic": "Not this", "agenda": "With guests", "start_time": "2026-11-26T19:30:00", "duration": 90,
        "settings": { "host_video": true, "waiting_room": true, "focus_mode": true },
    });
    assert_eq!(story.send("PATCH", &one, change).await, (204, Value::Null));
    let (_, read) = story.get(&one).await;
    assert_eq!(read["start_time"], "2026-11-26T18:30:00Z");
    assert_eq!((&read["duration"], &read["agenda"]), (&json!(90), &json!("With guests")));
    assert_eq!((&read["topic"], &read["settings"]["focus_mode"]), (&json!("Language evening"), &json!(false)));
    assert_eq!((&read["settings"]["host_video"], &read["settings"]["waiting_room"]), (&json!(true), &json!(true)));
    let (_, series) = story.get(&path).await;
    assert_eq!(series["settings"]["host_video"], false, "the series has its own");
    let moved = json!({
        "occurrence_id": id(&made, 1), "start_time": "2026-11-26T18:30:00Z", "duration": 90, "status": "available",
    });
    assert_eq!((&series["occurrences"][1], &series["occurrences"][0]), (&moved, &made["occurrences"][0]));
    let notes = story.zoom.calls().entries(&zoom_sandbox::log::Filter::default());
    let notes: Vec<_> = notes.iter().flat_map(|entry| entry.notes.clone()).collect();
    assert!(["topic", "settings.focus_mode"].iter().all(|name| notes.iter().any(|note| note.starts_with(name))));

    let updated = &receiver.events(2).await[1]["payload"];
    assert_eq!(updated["scope"], "single");
    assert_eq!(updated["object"]["occurrences"], json!([moved]));
    assert_eq!(updated["object"]["start_time"], "2026-11-26T18:30:00Z");
    assert_eq!(updated["old_object"]["occurrences"], json!([made["occurrences"][1]]));
    assert_eq!(updated["old_object"]["settings"], json!({ "host_video": false, "waiting_room": false }));
}

#[tokio::test]
async fn a_deleted_sitting_stays_listed_as_deleted_and_the_series_goes_on() {
    let (story, receiver) = subscribed().await;
    let made = evening(&story).await;
    let path = format!("/meetings/{}", made["id"]);
    let one = format!("{path}?occurrence_id={}", id(&made, 0));
    assert_eq!(delete(&story, &one).await, (204, Value::Null));
    let (_, read) = story.get(&path).await;
    let states: Vec<_> = read["occurrences"].as_array().unwrap().iter().map(|row| &row["status"]).collect();
    assert_eq!(states, ["deleted", "available", "available", "available"]);
    assert_eq!(delete(&story, &one).await.0, 400, "only once");
    assert_eq!(story.send("PATCH", &one, json!({ "duration": 5 })).await.0, 400);
    let (_, list) = story.get("/users/lucia@northlight.example/meetings?type=upcoming").await;
    assert_eq!(list["total_records"], 3);
    assert_eq!(delete(&story, &path).await.0, 204);
    assert_eq!(story.get(&path).await.0, 404);

    let events = receiver.events(3).await;
    assert_eq!((&events[0]["event"], &events[0]["payload"]["operation"]), (&json!("meeting.created"), &json!("all")));
    assert_eq!(events[0]["payload"]["object"]["occurrences"], made["occurrences"]);
    assert_eq!(events[0]["payload"]["object"]["recurrence"], made["recurrence"]);
    let gone = json!([{ "occurrence_id": id(&made, 0), "start_time": "2026-11-24T17:00:00Z" }]);
    assert_eq!(events[1]["payload"]["object"]["occurrences"], gone);
    let told: Vec<_> = events[1..].iter().map(|event| (&event["event"], &event["payload"]["operation"])).collect();
    assert_eq!(told, [(&json!("meeting.deleted"), &json!("single")), (&json!("meeting.deleted"), &json!("all"))]);
    assert_eq!(events[2]["payload"]["object"]["occurrences"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn a_change_of_the_series_works_out_its_sittings_anew() {
    let (story, receiver) = subscribed().await;
    let made = evening(&story).await;
    let path = format!("/meetings/{}", made["id"]);
    delete(&story, &format!("{path}?occurrence_id={}", id(&made, 0))).await;
    story.send("PATCH", &path, json!({ "topic": "Language night", "duration": 75 })).await;
    let (_, read) = story.get(&path).await;
    assert_eq!(
        (&read["occurrences"][0]["status"], &read["occurrences"][1]["duration"]),
        (&json!("deleted"), &json!(75))
    );
    let rule = json!({ "recurrence": { "type": 1, "repeat_interval": 2, "end_date_time": "2026-11-28T00:00:00Z" } });
    assert_eq!(story.send("PATCH", &path, rule).await.0, 204);
    let (_, read) = story.get(&path).await;
    assert_eq!(starts(&read), ["2026-11-23T17:00:00Z", "2026-11-25T17:00:00Z", "2026-11-27T17:00:00Z"]);
    assert_eq!(story.send("PATCH", &path, json!({ "start_time": "2026-11-27T20:00:00" })).await.0, 204);
    assert_eq!(starts(&story.get(&path).await.1), ["2026-11-27T19:00:00Z"]);
    assert_eq!(story.send("PATCH", &path, json!({ "type": 2 })).await.0, 204);
    let (_, read) = story.get(&path).await;
    assert!(read.get("occurrences").is_none() && read.get("recurrence").is_none(), "{read}");
    assert_eq!((&read["type"], &read["start_time"]), (&json!(2), &json!("2026-11-27T19:00:00Z")));
    let events = receiver.events(6).await;
    assert_eq!(events[3]["payload"]["scope"], "all");
    assert_eq!(events[3]["payload"]["object"]["occurrences"].as_array().unwrap().len(), 3);
    assert_eq!(events[3]["payload"]["old_object"]["occurrences"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn a_sitting_that_was_moved_forward_and_held_does_not_come_again() {
    let mut story = Story::begin().await;
    let made = evening(&story).await;
    let path = format!("/meetings/{}", made["id"]);
    let third = format!("{path}?occurrence_id={}", id(&made, 2));
    assert_eq!(story.send("PATCH", &third, json!({ "start_time": "2026-11-23T10:00:00Z" })).await.0, 204);
    story.pass(3 * 3600);
    story.sign_in().await;
    let rule = json!({ "recurrence": { "type": 2, "weekly_days": "3,5", "end_times": 5 } });
    assert_eq!(story.send("PATCH", &path, rule).await.0, 204);
    let (_, all) = story.get(&format!("{path}?show_previous_occurrences=true")).await;
    let days: Vec<_> = starts(&all).into_iter().map(|start| &start[5..10]).collect();
    assert_eq!(days, ["11-23", "11-24", "11-26", "12-03", "12-08"], "the 1st was held on the 23rd");
}

#[tokio::test]
async fn a_rule_that_is_wrong_is_refused_with_its_fields() {
    let story = Story::begin().await;
    for (rule, field) in [
        (Value::Null, "recurrence"),
        (json!({ "type": 4 }), "recurrence.type"),
        (json!({ "type": 1, "repeat_interval": 100 }), "recurrence.repeat_interval"),
        (json!({ "type": 2, "weekly_days": "1,9" }), "recurrence.weekly_days"),
        (json!({ "type": 3, "monthly_day": 32 }), "recurrence.monthly_day"),
        (json!({ "type": 3, "monthly_week": 2 }), "recurrence.monthly_week_day"),
        (json!({ "type": 1, "end_times": 61 }), "recurrence.end_times"),
        (json!({ "type": 1, "end_times": 5, "end_date_time": "2027-01-01T00:00:00Z" }), "recurrence.end_times"),
        (json!({ "type": 1, "end_date_time": "2026-11-01T00:00:00Z" }), "recurrence.end_date_time"),
    ] {
        let mut body = json!({ "topic": "Wrong", "type": 8, "start_time": "2026-11-24T10:00:00Z", "recurrence": rule });
        if rule.is_null() {
            body.as_object_mut().unwrap().remove("recurrence");
        }
        let (status, answer) = story.send("POST", "/users/me/meetings", body).await;
        assert_eq!((status, &answer["errors"][0]["field"]), (400, &json!(field)), "{rule} {answer}");
    }
    assert_eq!(story.zoom.world().meetings().len(), 0);
    let once = json!({ "topic": "Once", "recurrence": { "type": 1, "end_times": 3 } });
    let (status, made) = story.send("POST", "/users/me/meetings", once).await;
    assert_eq!(status, 201);
    assert!(made.get("recurrence").is_none(), "only types 8 and 9 recur at a fixed time");
}

#[tokio::test]
async fn a_series_without_end_has_fifty_sittings() {
    let story = Story::begin().await;
    let body = json!({ "type": 8, "recurrence": { "type": 1, "end_times": 0 } });
    let (_, made) = story.send("POST", "/users/me/meetings", body).await;
    assert_eq!((made["occurrences"].as_array().unwrap().len(), &made["recurrence"]["end_times"]), (50, &json!(0)));
}

#[tokio::test]
async fn a_webinar_recurs_by_its_own_bounds_and_words() {
    let story = Story::begin().await;
    let rule = |every: i64| json!({ "type": 3, "repeat_interval": every, "monthly_day": 31, "end_times": 3 });
    let body = |every| json!({ "topic": "Month's end", "type": 8, "start_time": "2026-12-31T15:00:00Z", "recurrence": rule(every) });
    let (status, refused) = story.send("POST", BEN, body(4)).await;
    assert_eq!((status, &refused["errors"][0]["field"]), (400, &json!("recurrence.repeat_interval")));
    let (status, made) = story.send("POST", BEN, body(1)).await;
    assert_eq!((status, &made["type"]), (201, &json!(9)), "{made}");
    assert_eq!(starts(&made), ["2026-12-31T15:00:00Z", "2027-01-31T15:00:00Z", "2027-03-31T14:00:00Z"]);
    let path = format!("/webinars/{}", made["id"]);
    let one = format!("{path}?occurrence_id={}", id(&made, 1));
    let change = json!({ "duration": 20, "settings": { "panelists_video": true, "practice_session": true } });
    assert_eq!(story.send("PATCH", &one, change).await.0, 204);
    let (_, read) = story.get(&one).await;
    assert_eq!((&read["duration"], &read["settings"]["panelists_video"]), (&json!(20), &json!(true)));
    assert_eq!(read["settings"]["practice_session"], false);
    assert_eq!(story.get(&format!("{BEN}?type=upcoming")).await.1["total_records"], 3);
    assert_eq!(delete(&story, &one).await.0, 204);
    let gone = json!({ "code": 3000, "message": "Webinar occurrence does not exist." });
    assert_eq!(delete(&story, &one).await, (400, gone));
    assert_eq!(story.get(&format!("{BEN}?type=upcoming")).await.1["total_records"], 2);
}
