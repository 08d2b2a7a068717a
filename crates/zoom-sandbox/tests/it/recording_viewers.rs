//! Stories of recordings on demand: who registers to see one, what they are asked, and whom the host lets in.

use serde_json::{Value, json};

use crate::{
    held_against::hold,
    registrants::with_all_scopes,
    seat::Seat,
    story::{Story, send},
    webhooks::subscribe,
};

/// The path of a recording of Ada's that can be had, with these settings.
async fn recorded(story: &Story, settings: Value) -> String {
    let body = json!({ "topic": "Kitchen Spanish", "type": 2, "start_time": "2026-11-23T10:00:00Z",
        "settings": { "auto_recording": "cloud" } });
    let (status, made) = story.send("POST", "/users/me/meetings", body).await;
    assert_eq!(status, 201, "{made}");
    Seat::host(story, &made).await.leave().await;
    story.pass(120);
    let path = format!("/meetings/{}/recordings", made["id"]);
    assert_eq!(story.send("PATCH", &format!("{path}/settings"), settings).await.0, 204);
    format!("{path}/registrants")
}

/// What the page behind a link says.
async fn page(story: &Story, link: &str) -> String {
    story.http.get(link).send().await.unwrap().text().await.unwrap()
}

#[tokio::test]
async fn who_registers_for_a_recording_on_demand_has_a_link_that_shows_it_and_others_have_not() {
    let story = with_all_scopes().await;
    let path = recorded(&story, json!({ "on_demand": true })).await;
    let receiver = subscribe(&story).await;
    let jill = json!({ "first_name": "Jill", "last_name": "Chill", "email": "Jill@Guests.example", "org": "Cooking" });
    let (status, made) = story.send("POST", &path, jill).await;
    assert_eq!(status, 201, "{made}");
    hold("meetingRecordingRegistrantCreate", &made, &[]);
    let (_, list) = story.get(&path).await;
    hold("meetingRecordingRegistrants", &list, &[]);
    let row = &list["registrants"][0];
    assert_eq!((&row["id"], &row["email"]), (&made["registrant_id"], &json!("jill@guests.example")));
    assert_eq!((&row["org"], &row["status"]), (&json!("Cooking"), &json!("approved")));
    let told = receiver.events(1).await.remove(0);
    assert_eq!(told["event"], "recording.registration_created");
    assert_eq!(told["payload"]["object"]["registrant"]["status"], "approved");

    let link = made["share_url"].as_str().unwrap();
    assert!(page(&story, link).await.contains("<h1>Kitchen Spanish</h1>"));
    let (bare, _) = link.split_once('?').unwrap();
    assert!(page(&story, bare).await.contains("for which one registers"), "without a token");
    let (_, settings) = story.get(&path.replace("registrants", "settings")).await;
    let with_passcode = format!("{bare}?pwd={}", settings["password"].as_str().unwrap());
    assert!(page(&story, &with_passcode).await.contains("for which one registers"), "the passcode does not do");

    let again = json!({ "first_name": "Jill", "email": "jill@guests.example", "city": "Rome" });
    assert_eq!(story.send("POST", &path, again).await.1["registrant_id"], made["registrant_id"], "still the same");
    assert_eq!(story.get(&path).await.1["total_records"], 1);
}

#[tokio::test]
async fn a_host_who_decides_lets_viewers_in_and_turns_them_away() {
    let story = with_all_scopes().await;
    let path = recorded(&story, json!({ "on_demand": true, "approval_type": 1 })).await;
    let (_, made) = story.send("POST", &path, json!({ "first_name": "Jill", "email": "jill@guests.example" })).await;
    assert_eq!(made["share_url"], Value::Null, "nobody has let her in: {made}");
    assert_eq!(story.get(&path).await.1["total_records"], 0);
    assert_eq!(story.get(&format!("{path}?status=pending")).await.1["total_records"], 1);
    let receiver = subscribe(&story).await;
    let decide = async |action: &str, id: &Value| {
        story.send("PUT", &format!("{path}/status"), json!({ "action": action, "registrants": [{ "id": id }] })).await
    };
    assert_eq!(decide("approve", &made["registrant_id"]).await, (204, Value::Null));
    assert_eq!(story.get(&path).await.1["registrants"][0]["status"], "approved");
    let (_, made) = story.send("POST", &path, json!({ "first_name": "Jill", "email": "jill@guests.example" })).await;
    let link = made["share_url"].as_str().unwrap().to_owned();
    assert!(page(&story, &link).await.contains("<h1>Kitchen Spanish</h1>"));
    assert_eq!(decide("deny", &made["registrant_id"]).await.0, 204);
    assert!(page(&story, &link).await.contains("for which one registers"));
    let events: Vec<Value> = receiver.events(3).await.into_iter().map(|event| event["event"].clone()).collect();
    for kind in ["created", "approved", "denied"] {
        assert!(events.contains(&json!(format!("recording.registration_{kind}"))), "{events:?}");
    }
    let (status, refused) = decide("approve", &json!("sbxNobody")).await;
    assert_eq!((status, &refused["errors"][0]["field"]), (400, &json!("registrants[0].id")));
}

#[tokio::test]
async fn viewers_answer_what_the_host_asks() {
    let story = with_all_scopes().await;
    let path = recorded(&story, json!({ "on_demand": true })).await;
    let questions = json!({ "questions": [{ "field_name": "org", "required": true }],
        "custom_questions": [{ "title": "Hat?", "type": "single", "answers": ["Blue", "Red"], "required": true }] });
    assert_eq!(story.send("PATCH", &format!("{path}/questions"), questions.clone()).await.0, 204);
    assert_eq!(story.get(&format!("{path}/questions")).await, (200, questions));
    let mut jill = json!({ "first_name": "Jill", "email": "jill@guests.example" });
    let (status, refused) = story.send("POST", &path, jill.clone()).await;
    assert_eq!((status, &refused["errors"][0]["field"]), (400, &json!("org")), "{refused}");
    jill["org"] = json!("Cooking");
    jill["custom_questions"] = json!([{ "title": "Hat?", "value": "Blue" }]);
    assert_eq!(story.send("POST", &path, jill).await.0, 201);
    assert_eq!(story.get(&path).await.1["registrants"][0]["custom_questions"][0]["value"], "Blue");
}

#[tokio::test]
async fn nobody_registers_for_a_recording_that_everybody_may_see_or_that_is_not_there() {
    let story = with_all_scopes().await;
    let path = recorded(&story, json!({ "on_demand": false })).await;
    let jill = json!({ "first_name": "Jill", "email": "jill@guests.example" });
    let (status, refused) = story.send("POST", &path, jill.clone()).await;
    assert_eq!((status, &refused["code"]), (400, &json!(300)), "{refused}");
    let (status, refused) = story.send("POST", "/meetings/99999999999/recordings/registrants", jill.clone()).await;
    assert_eq!((status, &refused["code"]), (404, &json!(3301)), "{refused}");
    let other = Story::begin().await;
    assert_eq!(send(other.request("POST", &path).json(&jill)).await.1["code"], 4711);
}
