//! Stories of people who come into a call and leave it by HTTP alone, and what is left of that.

use serde_json::{Value, json};

use crate::{
    registrants::with_all_scopes,
    seat::Seat,
    story::Story,
    webhooks::{Receiver, subscribe},
};

async fn meeting(story: &Story, settings: Value) -> (String, Value) {
    let body = json!({ "topic": "Open studio", "type": 2, "start_time": "2026-11-23T10:00:00Z", "settings": settings });
    let (status, made) = story.send("POST", "/users/ben@northlight.example/meetings", body).await;
    assert_eq!(status, 201, "{made}");
    (format!("/meetings/{}", made["id"]), made)
}

/// Lets somebody come; who they are in the call.
async fn join(story: &Story, path: &str, who: Value) -> Value {
    let (status, came) = story.control("POST", &format!("{path}/join"), who).await;
    assert_eq!(status, 200, "{came}");
    came
}

async fn refused(story: &Story, path: &str, who: Value) -> (u16, String) {
    let (status, refused) = story.control("POST", &format!("{path}/join"), who).await;
    (status, refused["message"].as_str().unwrap_or_default().to_owned())
}

/// The participants that events of this name tell of.
async fn told(receiver: &Receiver, count: usize, name: &str) -> Vec<Value> {
    let events = receiver.events(count).await;
    let those = events.iter().filter(|event| event["event"] == name);
    those.map(|event| event["payload"]["object"]["participant"].clone()).collect()
}

#[tokio::test]
async fn a_guest_a_user_and_a_registrant_come_and_go_and_subscribers_and_reports_say_so() {
    let story = with_all_scopes().await;
    let (path, made) = meeting(&story, json!({ "approval_type": 0, "join_before_host": false })).await;
    let gail = json!({ "first_name": "Gail", "last_name": "Guest", "email": "gail@guests.example" });
    let (_, registered) = story.send("POST", &format!("{path}/registrants"), gail).await;
    let receiver = subscribe(&story).await;
    let early = refused(&story, &path, json!({ "registrant": "gail@guests.example" })).await;
    assert_eq!((early.0, early.1.starts_with("3008: ")), (409, true), "{}", early.1);
    let stranger = refused(&story, &path, json!({ "name": "Stranger" })).await;
    assert_eq!((stranger.0, stranger.1.starts_with("3099: ")), (409, true), "{}", stranger.1);

    let ben = join(&story, &path, json!({ "user": "ben@northlight.example" })).await;
    assert_eq!(ben["waiting"], false, "the host begins the call");
    let came = join(&story, &path, json!({ "registrant": registered["registrant_id"], "name": "Gail G." })).await;
    let (_, there) = story.control("GET", "/meetings", json!({})).await;
    let people = there["items"].as_array().unwrap().iter().find(|one| one["number"] == made["id"]).unwrap();
    assert_eq!(
        people["people"],
        json!([
            { "participant": ben["participant"], "name": "Ben Carter", "host": true, "simulated": true, "waiting": false },
            { "participant": came["participant"], "name": "Gail G.", "host": false, "simulated": true, "waiting": false },
        ])
    );
    story.pass(300);
    let leave = format!("{path}/leave");
    assert_eq!(story.control("POST", &leave, json!({ "name": "Gail G." })).await.0, 204);
    assert_eq!(story.control("POST", &leave, json!({ "name": "Gail G." })).await.0, 404, "once");
    story.pass(300);
    assert_eq!(story.control("POST", &leave, json!({ "participant": ben["participant"] })).await.0, 204);
    assert_eq!(story.get(&path).await.1["status"], "waiting", "with the last one the call is over");

    let joined = told(&receiver, 6, "meeting.participant_joined").await;
    let ben_id = story.zoom.world().person("ben@northlight.example").unwrap().id;
    assert_eq!((&joined[0]["id"], &joined[0]["email"]), (&json!(ben_id), &json!("ben@northlight.example")));
    assert_eq!(joined[1]["user_id"], came["participant"].to_string());
    assert_eq!(
        (&joined[1]["registrant_id"], &joined[1]["email"]),
        (&registered["registrant_id"], &json!("gail@guests.example"))
    );
    let left = told(&receiver, 6, "meeting.participant_left").await;
    assert_eq!(left[0]["leave_reason"], "Gail G. left the meeting.");
    assert_eq!(left[0]["participant_uuid"], joined[1]["participant_uuid"], "the same person");
    assert_ne!(left[0]["participant_uuid"], left[1]["participant_uuid"]);
    let (_, report) = story.get(&format!("/report/meetings/{}/participants", made["id"])).await;
    let stays: Vec<_> =
        report["participants"].as_array().unwrap().iter().map(|one| (&one["name"], &one["duration"])).collect();
    assert_eq!(stays, [(&json!("Ben Carter"), &json!(600)), (&json!("Gail G."), &json!(300))]);
}

#[tokio::test]
async fn who_waits_is_let_in_or_gives_up() {
    let story = with_all_scopes().await;
    let (path, _) = meeting(&story, json!({ "waiting_room": true })).await;
    let receiver = subscribe(&story).await;
    join(&story, &path, json!({ "user": "ben@northlight.example" })).await;
    let maya = join(&story, &path, json!({ "name": "Maya", "email": "maya@guests.example" })).await;
    assert_eq!(maya["waiting"], true);
    join(&story, &path, json!({ "name": "Noor" })).await;
    let hola = json!({ "chats": [{ "name": "Noor", "text": "Hola" }] });
    assert_eq!(story.control("POST", &format!("{path}/simulate"), hola).await.0, 400, "who waits is not heard");
    let admit = format!("{path}/admit");
    assert_eq!(story.control("POST", &admit, json!({ "participant": maya["participant"] })).await.0, 204);
    assert_eq!(story.control("POST", &admit, json!({ "participant": maya["participant"] })).await.0, 404, "once");
    assert_eq!(story.control("POST", &format!("{path}/leave"), json!({ "name": "Noor" })).await.0, 204);
    let hola = json!({ "chats": [{ "name": "Maya", "text": "Hola" }] });
    assert_eq!(story.control("POST", &format!("{path}/simulate"), hola).await.0, 204);
    let mut names: Vec<String> =
        receiver.events(8).await.iter().map(|event| event["event"].as_str().unwrap().to_owned()).collect();
    names.sort();
    assert_eq!(
        names,
        [
            "meeting.chat_message_sent",
            "meeting.participant_admitted",
            "meeting.participant_joined",
            "meeting.participant_joined",
            "meeting.participant_joined_waiting_room",
            "meeting.participant_joined_waiting_room",
            "meeting.participant_left_waiting_room",
            "meeting.started",
        ]
    );
}

#[tokio::test]
async fn a_browser_sees_who_came_without_one() {
    let story = with_all_scopes().await;
    let (path, made) = meeting(&story, json!({})).await;
    let mut host = Seat::host(&story, &made).await;
    join(&story, &path, json!({ "name": "Maya" })).await;
    let person = host.hear_of("joined").await["person"].clone();
    assert_eq!((&person["name"], &person["simulated"]), (&json!("Maya"), &json!(true)));
    assert_eq!(
        story.control("POST", &format!("{path}/leave"), json!({ "name": "Ben Carter" })).await.0,
        404,
        "has one"
    );
    assert_eq!(story.control("POST", &format!("{path}/leave"), json!({ "name": "Maya" })).await.0, 204);
    assert_eq!(host.hear_of("left").await["id"], person["id"]);
}

#[tokio::test]
async fn who_cannot_come_is_told_why() {
    let story = with_all_scopes().await;
    let (path, _) = meeting(&story, json!({ "join_before_host": true })).await;
    for (who, status) in [
        (json!({}), 400),
        (json!({ "name": " " }), 400),
        (json!({ "user": "me", "registrant": "x" }), 400),
        (json!({ "person": "x" }), 400),
        (json!({ "user": "nobody@x.example" }), 404),
        (json!({ "registrant": "nobody@x.example" }), 404),
    ] {
        let (told, message) = refused(&story, &path, who.clone()).await;
        assert!(told == status && !message.is_empty(), "{who}: {told} {message}");
    }
    assert_eq!(refused(&story, "/meetings/1", json!({ "name": "Maya" })).await.0, 404);
    assert!(story.zoom.running_calls().is_empty(), "nobody came, nothing began");
    let (second, _) = meeting(&story, json!({ "join_before_host": true })).await;
    let (third, _) = meeting(&story, json!({ "join_before_host": true })).await;
    for path in [&path, &second] {
        join(&story, path, json!({ "name": "Maya" })).await;
    }
    let (status, message) = refused(&story, &third, json!({ "name": "Maya" })).await;
    assert!(status == 409 && message.starts_with("1: "), "two at a time: {status} {message}");
}

#[tokio::test]
async fn where_people_sign_in_a_guest_stays_outside_and_a_user_comes() {
    let story = with_all_scopes().await;
    let (path, _) = meeting(&story, json!({ "join_before_host": true, "meeting_authentication": true })).await;
    let (status, message) = refused(&story, &path, json!({ "name": "Maya" })).await;
    assert!(status == 409 && message.starts_with("3100: "), "{status} {message}");
    join(&story, &path, json!({ "user": "yuki@northlight.example" })).await;
}

#[tokio::test]
async fn what_a_simulated_person_writes_is_written_whoever_is_there() {
    let story = with_all_scopes().await;
    let (path, made) = meeting(&story, json!({ "auto_recording": "cloud" })).await;
    let receiver = subscribe(&story).await;
    let simulate = format!("{path}/simulate");
    assert_eq!(story.control("POST", &simulate, json!({ "chat": "Anybody?" })).await.0, 400, "nobody is there");
    assert!(story.zoom.running_calls().is_empty(), "and so nothing began");
    let body = json!({ "names": ["Maya", "Noor"], "chat": "Hola" });
    assert_eq!(story.control("POST", &simulate, body).await.0, 204);
    story.pass(60);
    assert_eq!(story.control("POST", &simulate, json!({ "chat": "Adiós" })).await.0, 204);
    story.pass(60);
    story.zoom.end_call(made["id"].as_i64().unwrap());
    story.pass(120);
    let events = receiver.events(6).await;
    let lines = events.iter().filter(|event| event["event"] == "meeting.chat_message_sent");
    let lines: Vec<_> = lines.map(|event| event["payload"]["object"]["chat_message"].clone()).collect();
    assert_eq!((&lines[0]["sender_name"], &lines[0]["message_content"]), (&json!("Maya"), &json!("Hola")));
    assert_eq!(lines[1]["message_content"], "Adiós");
    let (_, recorded) = story.get(&format!("{path}/recordings?include_fields=download_access_token")).await;
    let files = recorded["recording_files"].as_array().unwrap();
    let chat = files.iter().find(|file| file["file_type"] == "CHAT").unwrap()["download_url"].as_str().unwrap();
    let text = story.http.get(chat).bearer_auth(&story.token).send().await.unwrap().text().await.unwrap();
    assert!(text.contains("Maya") && text.contains("Hola") && text.contains("Adiós"), "{text}");
}
