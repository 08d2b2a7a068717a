//! Stories of UUIDs in paths: which ones must be encoded twice, and what becomes of those that were not.

use serde_json::{Value, json};

use crate::{registrants::with_all_scopes, story::Story};

fn encoded(text: &str) -> String {
    text.replace('%', "%25").replace('/', "%2F").replace('+', "%2B").replace('=', "%3D")
}

fn is_awkward(uuid: &str) -> bool {
    uuid.starts_with('/') || uuid.contains("//")
}

/// One meeting or webinar of Ben's that was held for ten minutes, recorded and summarized, for each kind of UUID: it
/// begins with a slash, holds two, or neither.
async fn held(story: &Story, kind: &str) -> Vec<Value> {
    let of: [fn(&str) -> bool; 3] =
        [|uuid| uuid.starts_with('/'), |uuid| !uuid.starts_with('/') && uuid.contains("//"), |uuid| !is_awkward(uuid)];
    let mut found = Vec::new();
    for is_so in of {
        let made = loop {
            let settings = json!({ "auto_recording": "cloud", "auto_start_meeting_summary": true });
            let body =
                json!({ "topic": "Kitchen Spanish", "start_time": "2026-11-23T10:00:00Z", "settings": settings });
            let (status, made) = story.send("POST", &format!("/users/ben@northlight.example/{kind}"), body).await;
            assert_eq!(status, 201, "{made}");
            if is_so(made["uuid"].as_str().unwrap()) {
                break made;
            }
        };
        let number = made["id"].as_i64().unwrap();
        let doings = json!({ "names": ["Maya", "Noor"], "chats": [{ "name": "Maya", "text": "Hola" }] });
        assert_eq!(story.control("POST", &format!("/meetings/{number}/simulate"), doings).await.0, 204);
        story.pass(600);
        story.zoom.end_call(number);
        story.pass(180);
        found.push(made);
    }
    found
}

/// Every operation that reads what a UUID stands for.
const MEETINGS: &[&str] = &[
    "/past_meetings/{}",
    "/past_meetings/{}/participants",
    "/past_meetings/{}/polls",
    "/past_meetings/{}/qa",
    "/report/meetings/{}",
    "/report/meetings/{}/participants",
    "/report/meetings/{}/polls",
    "/report/meetings/{}/qa",
    "/meetings/{}/recordings",
    "/meetings/{}/recordings/settings",
    "/meetings/{}/meeting_summary",
];
const WEBINARS: &[&str] = &[
    "/past_webinars/{}/participants",
    "/past_webinars/{}/absentees",
    "/past_webinars/{}/polls",
    "/past_webinars/{}/qa",
    "/report/webinars/{}",
    "/report/webinars/{}/participants",
    "/report/webinars/{}/polls",
    "/report/webinars/{}/qa",
];

#[tokio::test]
async fn a_uuid_with_a_slash_in_front_or_two_in_a_row_is_found_only_where_it_was_encoded_twice() {
    let mut story = with_all_scopes().await;
    for (kind, paths) in [("meetings", MEETINGS), ("webinars", WEBINARS)] {
        story.sign_in().await;
        for made in held(&story, kind).await {
            let uuid = made["uuid"].as_str().unwrap();
            let once = encoded(uuid);
            for path in paths {
                let of = async |id: &str| story.get(&path.replace("{}", id)).await;
                let by_number = of(&made["id"].to_string()).await;
                assert_ne!(by_number.1["code"], 2300, "{path}");
                assert_eq!(of(&encoded(&once)).await, by_number, "{path} of {uuid}, encoded twice");
                let (status, answer) = of(&once).await;
                if is_awkward(uuid) {
                    assert_eq!(status, 404, "{path} of {uuid}, encoded once: {answer}");
                    assert!([3001, 3301].contains(&answer["code"].as_i64().unwrap()), "{answer}");
                } else {
                    assert_eq!((status, answer), by_number, "{path} of {uuid}, encoded once");
                }
            }
        }
    }
    let (_, log) = story.control("GET", "/calls?operation=pastMeetingDetails", json!(null)).await;
    let noted = |entry: &&Value| entry["notes"].to_string().contains("encode it twice");
    assert_eq!(log["items"].as_array().unwrap().iter().filter(noted).count(), 2, "the log says what was wrong");
}

#[tokio::test]
async fn what_is_changed_by_uuid_wants_it_encoded_twice_too() {
    let story = with_all_scopes().await;
    for made in held(&story, "meetings").await {
        let once = encoded(made["uuid"].as_str().unwrap());
        let calls: [(&str, &str, Value, u16); 5] = [
            ("PATCH", "/meetings/{}/recordings/settings", json!({ "topic": "Roofs" }), 204),
            ("DELETE", "/meetings/{}/recordings", json!([]), 204),
            ("PUT", "/meetings/{}/recordings/status", json!({ "action": "recover" }), 200),
            ("DELETE", "/meetings/{}/meeting_summary", json!([]), 204),
            ("DELETE", "/meetings/{}/recordings?action=delete", json!([]), 204),
        ];
        for (method, path, body, done) in calls {
            if is_awkward(made["uuid"].as_str().unwrap()) {
                let (status, refused) = story.send(method, &path.replace("{}", &once), body.clone()).await;
                assert_eq!(status, 404, "{method} {path}: {refused}");
            }
            let (status, answer) = story.send(method, &path.replace("{}", &encoded(&once)), body).await;
            assert_eq!(status, done, "{method} {path}: {answer}");
        }
    }
}
