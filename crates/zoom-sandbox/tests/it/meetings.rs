//! Stories of meetings over the API: made, read, listed, changed, deleted.

use serde_json::{Value, json};

use crate::story::{Story, builder, send};

#[tokio::test]
async fn a_meeting_is_made_read_listed_changed_and_deleted() {
    let story = Story::begin().await;
    let body = json!({
        "topic": "Kitchen Spanish", "type": 2, "start_time": "2026-11-24T18:00:00", "timezone": "Europe/Madrid",
        "duration": 50, "password": "tapas1", "agenda": "x".repeat(300),
        "settings": { "waiting_room": true, "join_before_host": true, "mute_upon_entry": true },
    });
    let (status, made) = story.send("POST", "/users/lucia@northlight.example/meetings", body).await;
    assert_eq!(status, 201, "{made}");
    let number = made["id"].as_i64().unwrap();
    assert!((9..=11).contains(&number.to_string().len()));
    assert_eq!(made["start_time"], "2026-11-24T17:00:00Z", "answers are in UTC");
    assert_eq!(made["timezone"], "Europe/Madrid");
    assert_eq!(made["host_email"], "lucia@northlight.example");
    assert_eq!(made["status"], "waiting");
    assert_eq!(made["settings"]["waiting_room"], true);
    assert_eq!(made["settings"]["join_before_host"], false, "the waiting room switches it off");
    assert_eq!(made["settings"]["approval_type"], 2, "what was not sent has Zoom's default");
    let base = story.zoom.base();
    assert_eq!(made["join_url"], format!("{base}/j/{number}?pwd=tapas1"));
    assert!(made["start_url"].as_str().unwrap().starts_with(&format!("{base}/s/{number}?zak=sbx")));

    let (status, read) = story.get(&format!("/meetings/{number}")).await;
    assert_eq!(status, 200);
    assert_eq!(read["agenda"].as_str().unwrap().len(), 300);
    assert_eq!(read["uuid"], made["uuid"]);

    let (_, list) = story.get("/users/lucia@northlight.example/meetings?type=upcoming").await;
    assert_eq!(list["total_records"], 1);
    assert_eq!(list["meetings"][0]["id"], number);
    assert_eq!(list["meetings"][0]["agenda"].as_str().unwrap().len(), 250, "lists cut agendas");
    assert!(list["meetings"][0].get("password").is_none());

    let change = json!({ "topic": "Kitchen Spanish II", "settings": { "mute_upon_entry": false } });
    assert_eq!(story.send("PATCH", &format!("/meetings/{number}"), change).await, (204, Value::Null));
    let (_, read) = story.get(&format!("/meetings/{number}")).await;
    assert_eq!(read["topic"], "Kitchen Spanish II");
    assert_eq!(read["settings"]["mute_upon_entry"], false);
    assert_eq!(read["settings"]["waiting_room"], true, "settings that were not sent stay");
    assert_eq!(read["start_time"], "2026-11-24T17:00:00Z");

    assert_eq!(send(story.request("DELETE", &format!("/meetings/{number}")).json(&json!([]))).await.0, 204);
    let (status, gone) = story.get(&format!("/meetings/{number}")).await;
    let message = format!("Meeting does not exist: {number}.");
    assert_eq!((status, gone), (404, json!({ "code": 3001, "message": message })));
}

#[tokio::test]
async fn whoever_reads_a_meeting_again_and_again_sees_every_change_at_once() {
    let story = Story::with(builder().scopes(zoom_sandbox::every_scope())).await;
    let settings =
        json!({ "meeting_invitees": [{ "email": "ben@northlight.example" }, { "email": "kim@elsewhere.example" }] });
    let rule = json!({ "type": 1, "repeat_interval": 1, "end_times": 3 });
    let series = json!({ "topic": "Choir", "type": 8, "start_time": "2026-11-24T18:00:00Z", "recurrence": rule });
    let (_, made) = story.send("POST", "/users/yuki@northlight.example/meetings", series).await;
    let path = format!("/meetings/{}", made["id"]);
    let read = async || {
        let text = story.request("GET", &path).send().await.unwrap().text().await.unwrap();
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read.to_string().len(), text.len(), "a member stands there twice: {text}");
        read
    };
    let (first, again) = (read().await, read().await);
    assert_ne!(first["start_url"], again["start_url"], "each reading has a start link of its own");
    assert_eq!((&first["topic"], first["occurrences"].as_array().unwrap().len()), (&json!("Choir"), 3));

    story.send("PATCH", &path, json!({ "topic": "Choir II", "settings": settings })).await;
    let changed = read().await;
    assert_eq!(changed["topic"], "Choir II");
    let own = |read: &Value| -> Vec<Value> {
        let invitees = read["settings"]["meeting_invitees"].as_array().unwrap();
        invitees.iter().map(|invitee| invitee["internal_user"].clone()).collect()
    };
    assert_eq!(own(&changed), [true, false]);
    story.send("DELETE", "/users/ben@northlight.example?action=delete", json!({})).await;
    assert_eq!(own(&read().await), [false, false], "who is gone belongs to the account no more");

    let sitting = changed["occurrences"][0]["occurrence_id"].as_str().unwrap();
    story.send("DELETE", &format!("{path}?occurrence_id={sitting}"), json!({})).await;
    assert_eq!(read().await["occurrences"][0]["status"], "deleted");
    let address = json!({ "email": "yuki.t@northlight.example" });
    assert_eq!(story.send("PUT", "/users/yuki@northlight.example/email", address).await, (204, Value::Null));
    assert_eq!(read().await["host_email"], "yuki.t@northlight.example");
    assert!(story.zoom.world().call_started(made["id"].as_i64().unwrap()));
    assert_eq!(read().await["status"], "started");
}

#[tokio::test]
async fn fields_that_are_wrong_are_named_and_nothing_is_made() {
    let story = Story::begin().await;
    for (body, field) in [
        (json!({ "topic": "x".repeat(201) }), "topic"),
        (json!({ "duration": 0 }), "duration"),
        (json!({ "duration": "soon" }), "duration"),
        (json!({ "agenda": "x".repeat(2001) }), "agenda"),
        (json!({ "password": "12345678901" }), "password"),
        (json!({ "start_time": "tomorrow" }), "start_time"),
        (json!({ "timezone": "Mars/Olympus" }), "timezone"),
        (json!({ "type": 7 }), "type"),
        (json!({ "settings": { "audio": "shouting" } }), "settings.audio"),
        (json!({ "settings": { "waiting_room": "perhaps" } }), "settings.waiting_room"),
        (json!({ "settings": "all" }), "settings"),
        (json!({ "settings": { "alternative_hosts": "nobody@elsewhere.example" } }), "settings.alternative_hosts"),
    ] {
        let (status, answer) = story.send("POST", "/users/me/meetings", body.clone()).await;
        assert_eq!((status, &answer["code"]), (400, &json!(300)), "{body} {answer}");
        assert_eq!(answer["message"], "Validation Failed.");
        assert_eq!(answer["errors"], json!([{ "field": field, "message": "Invalid field." }]), "{body}");
    }
    let (status, answer) = send(story.request("POST", "/users/me/meetings").body("topic=Form")).await;
    assert_eq!(status, 400);
    assert_eq!(answer, json!({ "code": 300, "message": "Request Body should be a valid JSON object." }));
    assert_eq!(story.zoom.world().meetings().len(), 0);
}

#[tokio::test]
async fn what_zoom_does_not_know_is_ignored_and_noted() {
    let story = Story::begin().await;
    let body = json!({ "topic": "Lenient", "duration": "45", "colour": "red", "settings": { "sparkle": 1, "host_video": "true" } });
    let (status, made) = story.send("POST", "/users/me/meetings", body).await;
    assert_eq!(status, 201, "{made}");
    assert_eq!(made["duration"], 45);
    assert_eq!(made["settings"]["host_video"], true);
    assert!(made["settings"].get("sparkle").is_none());
    let entry = story.zoom.calls().entries(&zoom_sandbox::log::Filter::default()).pop().unwrap();
    let notes = entry.notes.join("\n");
    for part in ["colour", "settings.sparkle", "duration", "settings.host_video"] {
        assert!(notes.contains(part), "{part}: {notes}");
    }
}

#[tokio::test]
async fn a_meeting_in_the_past_starts_now_and_has_a_passcode_anyway() {
    let story = Story::begin().await;
    let body = json!({ "topic": "Late", "start_time": "2020-01-01T10:00:00Z", "password": "" });
    let (_, made) = story.send("POST", "/users/me/meetings", body).await;
    assert_eq!(made["start_time"], "2026-11-23T09:00:00Z");
    assert_eq!(made["password"].as_str().unwrap().len(), 6);
    let (_, open) = story.send("POST", "/users/me/meetings", json!({ "default_password": false })).await;
    assert!(open.get("password").is_some(), "nothing else protects it");
    let guarded = json!({ "default_password": false, "settings": { "waiting_room": true } });
    let (_, guarded) = story.send("POST", "/users/me/meetings", guarded).await;
    assert!(guarded.get("password").is_none(), "{guarded}");
}

#[tokio::test]
async fn clients_with_slashes_too_many_and_uuids_encoded_twice_are_understood() {
    let story = Story::with(builder().unlimited()).await;
    let mut awkward = 0;
    for turn in 0..40 {
        let made = story.meeting(&format!("Meeting {turn}")).await;
        let uuid = made["uuid"].as_str().unwrap();
        let once: String = url::form_urlencoded::byte_serialize(uuid.as_bytes()).collect();
        let path = if uuid.starts_with('/') || uuid.contains("//") {
            awkward += 1;
            url::form_urlencoded::byte_serialize(once.as_bytes()).collect()
        } else {
            once
        };
        let (status, read) = story.get(&format!("/meetings/{path}")).await;
        assert_eq!((status, &read["id"]), (200, &made["id"]), "{uuid}");
    }
    assert!(awkward > 0);
    let made = story.meeting("Slashes").await;
    let (status, _) = story.send("PUT", &format!("//meetings/{}/status", made["id"]), json!({ "action": "end" })).await;
    assert_eq!(status, 204);
    assert_eq!(story.get("/users/").await.0, 200);
    let (status, answer) = story.get("/meetings/abc").await;
    assert_eq!((status, answer), (400, json!({ "code": 300, "message": "Invalid meeting ID." })));
}

#[tokio::test]
async fn long_lists_come_in_pages_whose_tokens_end_and_fit_one_query() {
    let story = Story::begin().await;
    for turn in 0..7 {
        story.meeting(&format!("Meeting {turn}")).await;
    }
    let (_, first) = story.get("/users/me/meetings?page_size=3").await;
    assert_eq!((&first["total_records"], &first["page_count"]), (&json!(7), &json!(3)));
    let token = first["next_page_token"].as_str().unwrap().to_owned();
    let (_, second) = story.get(&format!("/users/me/meetings?page_size=3&next_page_token={token}")).await;
    assert_eq!(second["page_number"], 2);
    assert_ne!(second["meetings"][0]["id"], first["meetings"][0]["id"]);
    let (_, by_number) = story.get("/users/me/meetings?page_size=3&page_number=2").await;
    assert_eq!(by_number["meetings"], second["meetings"]);
    let last = second["next_page_token"].as_str().unwrap();
    let (_, third) = story.get(&format!("/users/me/meetings?page_size=3&next_page_token={last}")).await;
    assert_eq!((third["meetings"].as_array().unwrap().len(), &third["next_page_token"]), (1, &json!("")));

    let expired = json!({ "code": 300, "message": "The next page token is invalid or expired." });
    let other = story.get(&format!("/users/me/meetings?page_size=4&next_page_token={token}")).await;
    assert_eq!(other, (400, expired.clone()), "a token fits one query only");
    story.pass(15 * 60);
    let late = story.get(&format!("/users/me/meetings?page_size=3&next_page_token={token}")).await;
    assert_eq!(late, (400, expired));
}

#[tokio::test]
async fn a_number_expires_thirty_days_after_the_meeting() {
    let mut story = Story::begin().await;
    let made = story.meeting("Once").await;
    story.pass(30 * 24 * 3600);
    story.sign_in().await;
    assert_eq!(story.get(&format!("/meetings/{}", made["id"])).await.0, 200);
    story.pass(2 * 3600);
    story.sign_in().await;
    assert_eq!(story.get(&format!("/meetings/{}", made["id"])).await.0, 404);
}

#[tokio::test]
async fn changes_at_the_same_time_do_not_undo_each_other() {
    let story = Story::begin().await;
    let path = format!("/meetings/{}", story.meeting("Busy").await["id"]);
    let names = ["host_video", "participant_video", "mute_upon_entry", "focus_mode", "watermark", "use_pmi"];
    let changes = names.map(|name| story.send("PATCH", &path, json!({ "settings": { name: true } })));
    for (status, _) in futures_util::future::join_all(changes).await {
        assert_eq!(status, 204);
    }
    let (_, read) = story.get(&path).await;
    for name in names {
        assert_eq!(read["settings"][name], true, "{name}");
    }
}

#[tokio::test]
async fn alternative_hosts_are_licensed_people_separated_either_way() {
    let story = Story::begin().await;
    for (hosts, status) in [
        ("lucia@northlight.example;yuki@northlight.example", 201),
        ("LUCIA@northlight.example, yuki@northlight.example", 201),
        ("salma@northlight.example", 400),
        ("ada@northlight.example", 400),
    ] {
        let body = json!({ "topic": "Shared", "settings": { "alternative_hosts": hosts } });
        assert_eq!(story.send("POST", "/users/me/meetings", body).await.0, status, "{hosts}");
    }
    let kept = story.zoom.world().meetings();
    assert_eq!(kept[0].alternative_hosts().len(), 2);
}
