//! Stories of webinars: licence, types, and a house beside the meetings.

use serde_json::json;

use crate::story::{Story, builder};

const BEN: &str = "/users/ben@northlight.example/webinars";

#[tokio::test]
async fn a_licensed_host_holds_a_webinar_and_others_are_told_what_is_missing() {
    let story = Story::begin().await;
    let body = json!({ "topic": "Ask an architect", "type": 5, "start_time": "2026-11-24T15:00:00Z",
        "settings": { "host_video": true, "panelists_video": true } });
    let (status, made) = story.send("POST", BEN, body.clone()).await;
    assert_eq!((status, &made["type"]), (201, &json!(5)), "{made}");
    let path = format!("/webinars/{}", made["id"]);
    assert_eq!(story.get(&path).await.1["settings"]["panelists_video"], true);
    assert_eq!(story.get(BEN).await.1["webinars"][0]["id"], made["id"]);
    assert_eq!(story.get("/users/ben@northlight.example/meetings").await.1["total_records"], 0);
    assert_eq!(story.send("PATCH", &path, json!({ "topic": "Ask two architects" })).await.0, 204);
    assert_eq!(story.send("PUT", &format!("{path}/status"), json!({ "action": "end" })).await.0, 200);
    let older = json!({ "id": made["id"], "status": "end" });
    assert_eq!(story.send("PUT", &format!("{path}/status"), older).await.0, 200, "the word of older clients");
    assert_eq!(story.send("PUT", &format!("{path}/status"), json!({ "status": "stop" })).await.0, 400);

    let (status, refused) = story.send("POST", "/users/salma@northlight.example/webinars", body).await;
    assert_eq!((status, &refused["code"]), (400, &json!(200)));
    let message = refused["message"].as_str().unwrap();
    assert!(message.starts_with("Webinar plan is missing. You must subscribe to the webinar plan"), "{message}");
    assert!(!message.contains('{'), "{message}");

    let (status, crossed) = story.get(&format!("/meetings/{}", made["id"])).await;
    assert_eq!((status, crossed), (400, json!({ "code": 3000, "message": "Cannot access webinar info." })));
    assert_eq!(story.send("DELETE", &path, json!([])).await.0, 204);
    assert_eq!(story.get(&path).await.0, 404);
}

#[tokio::test]
async fn a_webinar_sent_with_a_meetings_type_becomes_a_webinar() {
    let story = Story::begin().await;
    let (status, made) = story.send("POST", BEN, json!({ "topic": "Old client", "type": 2 })).await;
    assert_eq!((status, &made["type"]), (201, &json!(5)));
    let number = made["id"].as_i64().unwrap();
    assert_eq!(story.zoom.world().meeting(number).unwrap().kind, zoom_sandbox::world::Kind::Webinar);
}

#[tokio::test]
async fn without_the_list_scope_webinars_cannot_be_looked_for() {
    let story = Story::with(builder().without_scope("webinar:read:list_webinars:admin")).await;
    let (status, refused) = story.get(BEN).await;
    let message =
        "Invalid access token, does not contain scopes:[webinar:read:list_webinars, webinar:read:list_webinars:admin].";
    assert_eq!((status, refused), (400, json!({ "code": 4711, "message": message })));
}
