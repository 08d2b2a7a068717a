//! Stories of meeting summaries: when they are written, what they say, who may read them and how they go.

use serde_json::{Value, json};

use crate::{held_against::hold, registrants::with_all_scopes, seat::Seat, story::Story, webhooks::subscribe};

/// A call of Ada's of five minutes, in which somebody writes, asks and answers.
async fn held(story: &Story, settings: Value) -> Value {
    let body =
        json!({ "topic": "Kitchen Spanish", "type": 2, "start_time": "2026-11-23T10:00:00Z", "settings": settings });
    let (status, made) = story.send("POST", "/users/me/meetings", body).await;
    assert_eq!(status, 201, "{made}");
    let poll =
        json!({ "title": "Mood", "questions": [{ "name": "Well?", "type": "single", "answers": ["Yes", "No"] }] });
    story.send("POST", &format!("/meetings/{}/polls", made["id"]), poll).await;
    let host = Seat::host(story, &made).await;
    let doings = json!({ "names": ["Maya"], "chats": [{ "name": "Maya", "text": "Hola" }],
        "answers": [{ "name": "Maya", "poll": "Mood", "question": "Well?", "answer": "Yes" }],
        "questions": [{ "name": "Maya", "question": "Is there homework?" }, { "name": "Maya", "question": "When?", "reply": "Monday" }] });
    assert_eq!(story.control("POST", &format!("/meetings/{}/simulate", made["id"]), doings).await.0, 204);
    story.pass(300);
    story.send("PUT", &format!("/meetings/{}/status", made["id"]), json!({ "action": "end" })).await;
    drop(host);
    made
}

fn on() -> Value {
    json!({ "auto_start_meeting_summary": true })
}

#[tokio::test]
async fn a_call_that_was_to_be_summarized_has_its_summary_a_minute_later() {
    let story = with_all_scopes().await;
    let receiver = subscribe(&story).await;
    let made = held(&story, on()).await;
    let path = format!("/meetings/{}/meeting_summary", made["id"]);
    assert_eq!(story.get(&path).await.1["code"], 3001, "it is being written");
    let (status, refused) = story.send("DELETE", &path, json!([])).await;
    assert_eq!((status, &refused["code"]), (400, &json!(2313)), "{refused}");
    assert_eq!(story.get(&format!("/past_meetings/{}", made["id"])).await.1["has_meeting_summary"], false);
    story.pass(60);
    let (status, read) = story.get(&path).await;
    assert_eq!(status, 200, "{read}");
    hold("Getameetingsummary", &read, &[]);
    assert_eq!((&read["meeting_uuid"], &read["meeting_end_time"]), (&made["uuid"], &json!("2026-11-23T09:05:00Z")));
    let whole = "## Overview\nKitchen Spanish took 5 minutes. 2 people were there.\n\n## Who was there\n- Ada Okafor\n- Maya\n\n\
                 ## What was written\n- Maya: Hola\n\n## What was answered in polls\n- Well?: Yes\n\n\
                 ## Next steps\n- Answer Maya: Is there homework?\n";
    assert_eq!(read["summary_content"], whole);
    assert_eq!(read["next_steps"], json!(["Answer Maya: Is there homework?"]));
    let (_, details) = story.get(&format!("/past_meetings/{}", made["id"])).await;
    hold("pastMeetingDetails", &details, &[]);
    assert_eq!(
        (&details["has_meeting_summary"], &details["source"]),
        (&json!(true), &json!("Ready-made Server-to-Server app"))
    );
    let (_, list) = story.get("/meetings/meeting_summaries").await;
    hold("Listmeetingsummaries", &list, &[]);
    assert_eq!(list["summaries"][0]["meeting_uuid"], made["uuid"]);
    for (range, count) in [
        ("from=2026-11-23T09:00:00Z&to=2026-11-23T09:00:00Z", 1),
        ("to=2026-11-22T00:00:00Z", 0),
        ("from=2026-11-23T09:06:00Z&to=2026-11-23T09:06:00Z&time_filter_field=summary_created_time", 1),
    ] {
        let (_, list) = story.get(&format!("/meetings/meeting_summaries?{range}")).await;
        assert_eq!(list["summaries"].as_array().unwrap().len(), count, "{range}: {list}");
    }
    let mut seen = Vec::new();
    let mut count = 1;
    while !seen.iter().any(|event: &Value| event["event"] == "meeting.summary_completed") {
        seen = receiver.events(count).await;
        count += 1;
    }
    let told = seen.iter().find(|event| event["event"] == "meeting.summary_completed").unwrap();
    assert_eq!(told["payload"]["object"]["summary_content"], whole);
    assert_eq!(told["payload"]["object"]["meeting_id"], made["id"]);
}

#[tokio::test]
async fn a_deleted_summary_is_in_the_trash_and_then_gone() {
    let mut story = with_all_scopes().await;
    let made = held(&story, on()).await;
    story.pass(60);
    let receiver = subscribe(&story).await;
    let path = format!("/meetings/{}/meeting_summary", made["id"]);
    let delete = async || story.send("DELETE", &path, json!([])).await;
    assert_eq!(delete().await, (204, Value::Null));
    let trashed =
        json!({ "code": 2305, "message": "The meeting summary has been moved to Trash and cannot be accessed." });
    assert_eq!(story.get(&path).await, (403, trashed.clone()));
    assert_eq!(delete().await, (403, trashed));
    assert_eq!(story.get("/meetings/meeting_summaries").await.1["summaries"], json!([]));
    assert_eq!(story.get(&format!("/past_meetings/{}", made["id"])).await.1["has_meeting_summary"], false);
    let event = receiver.events(1).await.remove(0);
    assert_eq!(
        (&event["event"], &event["payload"]["operator"]),
        (&json!("meeting.summary_trashed"), &json!("ada@northlight.example"))
    );
    assert_eq!(event["payload"]["object"]["summary_title"], "Summary of Kitchen Spanish");
    story.pass(30 * 24 * 3600);
    assert_eq!(receiver.events(2).await[1]["event"], "meeting.summary_deleted");
    story.sign_in().await;
    assert_eq!(story.get(&path).await.1["code"], 3001);
}

#[tokio::test]
async fn summaries_follow_their_settings_and_forms() {
    let story = with_all_scopes().await;
    let (status, forms) = story.get("/users/me/meeting_summary_templates").await;
    assert_eq!(status, 200);
    hold("Getmeetingsummarytemplates", &forms, &["[].meeting_summary_template_id", "[].name", "[].description"]);
    let attendance = forms.as_array().unwrap().iter().find(|one| one["name"] == "Attendance").unwrap();
    let settings =
        json!({ "auto_start_meeting_summary": true, "summary_template_id": attendance["meeting_summary_template_id"] });
    let short = held(&story, settings).await;
    let silent = held(&story, json!({})).await;
    let secret = held(&story, json!({ "auto_start_meeting_summary": true, "encryption_type": "e2ee" })).await;
    let always = json!({ "in_meeting.meeting_summary_with_ai_companion.auto_enable": true });
    assert_eq!(story.control("PUT", "/settings", always).await.0, 200);
    let by_setting = held(&story, json!({})).await;
    story.pass(60);
    let read = async |made: &Value| story.get(&format!("/meetings/{}/meeting_summary", made["id"])).await;
    let content = read(&short).await.1["summary_content"].as_str().unwrap().to_owned();
    assert!(content.ends_with("## Who was there\n- Ada Okafor\n- Maya\n"), "{content}");
    assert_eq!(read(&silent).await.1["code"], 3001, "nobody wanted one");
    assert_eq!(read(&secret).await.1["code"], 3001, "what is end-to-end encrypted cannot be summarized");
    assert_eq!(read(&by_setting).await.0, 200, "the host's setting begins it");
}

#[tokio::test]
async fn summaries_are_refused_as_documented() {
    let story = with_all_scopes().await;
    let made = held(&story, on()).await;
    story.pass(60);
    let path = format!("/meetings/{}/meeting_summary", made["id"]);
    let list = "/meetings/meeting_summaries";
    for (wrong, status, code) in [("abc", 400, 300), ("99999999999", 404, 3001)] {
        for method in ["GET", "DELETE"] {
            let (got, refused) = story.send(method, &format!("/meetings/{wrong}/meeting_summary"), json!([])).await;
            assert_eq!((got, &refused["code"]), (status, &json!(code)), "{refused}");
        }
    }
    let (status, refused) = story.get(&format!("{list}?from=2026-11-24T00:00:00Z&to=2026-11-23T00:00:00Z")).await;
    assert_eq!((status, &refused["errors"][0]["field"]), (400, &json!("to")));
    let set = async |body: Value| {
        let (status, refused) = story.send("PATCH", "/accounts/me/settings", body).await;
        assert_eq!(status, 204, "{refused}");
    };
    let addresses = |enable: bool, ranges: &str| json!({ "recording": { "ip_address_access_control": { "enable": enable, "ip_addresses_or_ranges": ranges } } });
    set(addresses(true, "10.0.0.0/8")).await;
    for path in [path.as_str(), list] {
        let (status, refused) = story.get(path).await;
        assert_eq!((status, &refused["code"]), (403, &json!(2305)), "{refused}");
        assert!(refused["message"].as_str().unwrap().contains("IP address"), "{refused}");
    }
    set(addresses(true, "127.0.0.1")).await;
    assert_eq!(story.get(&path).await.0, 200);
    let switch = async |value: Value| {
        let body = json!({ "in_meeting.meeting_summary_with_ai_companion.enable": value });
        story.control("PUT", "/settings", body).await.0
    };
    assert_eq!((switch(json!("no")).await, switch(json!(false)).await), (400, 200));
    assert_eq!(story.control("PUT", "/settings", json!({ "in_meeting.magic": true })).await.0, 400);
    let (status, refused) = story.get(list).await;
    assert_eq!((status, &refused["code"]), (400, &json!(3000)), "{refused}");
    assert_eq!(switch(json!(true)).await, 200);
    story.control("PUT", "/limits", json!({ "plan": "free", "enforced": false })).await;
    for (method, path) in [("GET", path.as_str()), ("DELETE", path.as_str()), ("GET", list)] {
        let (status, refused) = story.send(method, path, json!([])).await;
        assert_eq!((status, refused), (400, json!({ "code": 200, "message": "Only available for Paid account." })));
    }
    story.control("PUT", "/limits", json!({ "plan": "pro", "enforced": false })).await;
    story.send("PATCH", "/users/me", json!({ "type": 4 })).await;
    assert_eq!(story.get(list).await.1["code"], 3161, "who may not hold meetings");
    let other = Story::begin().await;
    assert_eq!(other.get(list).await.1["code"], 4711);
    assert_eq!(other.send("DELETE", "/meetings/1/meeting_summary", json!([])).await.1["code"], 4711);
}
