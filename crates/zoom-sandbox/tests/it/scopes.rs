//! Stories of scopes: what each opens, what some of them do not open, and when a token has them.

use serde_json::{Value, json};

use crate::{
    story::{Story, builder, send},
    visitor::Visitor,
    webhooks::{Receiver, subscribe},
};

/// Of the guide's scopes, these open no operation: they let an app hear of events.
const EVENTS_ONLY: [&str; 4] = [
    "account:read:account_setting:admin",
    "account:read:account_setting:master",
    "meeting:read:chat_message:admin",
    "webinar:read:participant:admin",
];

#[tokio::test]
async fn scopes_for_events_open_no_operation() {
    let story = Story::with(builder().scopes(EVENTS_ONLY).unlimited()).await;
    let account = story.zoom.credentials().account_id;
    for path in [format!("/accounts/{account}/settings"), "/users".to_owned(), "/users/me/meetings".to_owned()] {
        let (status, refused) = story.get(&path).await;
        assert_eq!((status, &refused["code"]), (400, &json!(4711)), "{path} {refused}");
    }
    let opened = zoom_spec::operations().iter().filter(|one| !one.granular.is_empty() && one.allowed_by(EVENTS_ONLY));
    assert_eq!(opened.map(|one| one.id).collect::<Vec<_>>(), Vec::<&str>::new());
    for scope in EVENTS_ONLY {
        assert!(zoom_spec::events().iter().any(|event| event.granular.contains(&scope)), "{scope} gates an event");
    }
}

#[tokio::test]
async fn an_app_hears_of_the_events_that_its_scopes_allow_and_of_no_others() {
    let scopes = ["meeting:write:meeting:admin", "meeting:read:participant:admin"];
    let story = Story::with(builder().scopes(scopes).unlimited()).await;
    let receiver = subscribe(&story).await;
    let made = story.meeting("Without meeting:read").await;
    let number = made["id"].as_i64().unwrap();
    assert!(story.zoom.world().call_started(number) && story.zoom.world().call_ended(number));
    let (_, deliveries) = story.control("GET", "/deliveries", json!(null)).await;
    assert_eq!(deliveries["items"], json!([]), "meeting.created, started and ended need meeting:read:meeting");
    drop(receiver);
}

#[tokio::test]
async fn a_token_keeps_the_scopes_of_its_moment_whatever_the_app_gains() {
    let story = Story::begin().await;
    let ada = Visitor::sign_in(&story, "Ada Okafor").await;
    let app = ada.active_app("Growing", &["user:read:user:admin"]).await;
    let (before, url) = (ada.token(&app).await, format!("{}/users/me/meetings", story.zoom.api()));
    ada.post(&format!("{app}/scopes/add"), &[("scope", "meeting:read:list_meetings:admin")]).await;
    let refused = send(story.http.get(&url).bearer_auth(&before)).await;
    assert_eq!((refused.0, &refused.1["code"]), (400, &json!(4711)), "the old token has gained nothing");
    let after = ada.token(&app).await;
    assert_eq!(send(story.http.get(&url).bearer_auth(&after)).await.0, 200);
    let read = format!("{}/users/me", story.zoom.api());
    assert_eq!(send(story.http.get(read).bearer_auth(&before)).await.0, 200, "and is good beside the new one");
}

#[tokio::test]
async fn the_scopes_of_a_master_account_hold_webinars_of_the_accounts_below_it() {
    let scopes = [
        "account:write:sub_account:master",
        "user:write:user:master",
        "user:update:settings:master",
        "webinar:write:webinar:master",
        "webinar:read:webinar:master",
        "webinar:update:webinar:master",
        "webinar:delete:webinar:master",
        "webinar:write:invite_links:master",
    ];
    let known = zoom_spec::operations().iter().flat_map(|one| one.granular.iter().copied());
    let for_making = known.filter(|scope| scope.ends_with(":master") && !scope.starts_with("webinar:"));
    let story = Story::with(builder().scopes(for_making.chain(scopes)).unlimited()).await;
    let owner = json!({ "first_name": "B", "last_name": "O", "email": "owner@sub.example", "password": "Pretend-1" });
    let (_, below) = story.send("POST", "/accounts", owner).await;
    let below = format!("/accounts/{}", below["id"].as_str().unwrap());
    let settings = json!({ "feature": { "webinar": true } });
    let (status, refused) = story.send("PATCH", &format!("{below}/users/owner@sub.example/settings"), settings).await;
    assert_eq!(status, 204, "{refused}");
    let wish = json!({ "topic": "Below", "type": 5 });
    let (status, made) = story.send("POST", &format!("{below}/users/owner@sub.example/webinars"), wish.clone()).await;
    assert_eq!(status, 201, "{made}");
    let one = format!("{below}/webinars/{}", made["id"]);
    assert_eq!(story.get(&one).await.1["topic"], "Below");
    assert_eq!(story.send("PATCH", &one, json!({ "topic": "Changed" })).await.0, 204);
    let links = json!({ "attendees": [{ "name": "Ana" }] });
    assert_eq!(story.send("POST", &format!("{one}/invite_links"), links).await.0, 201);
    assert_eq!(story.send("DELETE", &one, json!(null)).await.0, 204);
    let own = story.send("POST", "/users/ben@northlight.example/webinars", wish).await;
    assert_eq!((own.0, &own.1["code"]), (400, &json!(4711)), "its own webinars need other scopes");
}

#[tokio::test]
async fn requests_to_receivers_carry_zooms_headers() {
    let story = Story::begin().await;
    let receiver = Receiver::listen(story.zoom.credentials().webhook_secret).await;
    story.zoom.subscribe_webhooks(receiver.url()).await.unwrap();
    story.meeting("Told").await;
    receiver.events(1).await;
    assert_eq!(receiver.header("user-agent").as_deref(), Some("Zoom Marketplace/1.0a"));
    assert_eq!(receiver.header("x-zm-request-timestamp").as_deref(), Some("1795424400"), "seconds, not milliseconds");
    for name in ["x-zm-request-id", "x-zm-trackingid"] {
        assert!(receiver.header(name).is_some_and(|id| id.len() >= 32), "{name}");
    }
    assert_eq!(receiver.header("clientid"), None, "with Basic only");
    assert_eq!(receiver.header("authorization"), None);
}

#[tokio::test]
async fn a_member_with_scopes_for_their_own_things_reaches_no_meeting_of_somebody_else() {
    let story = Story::with(builder().scopes(zoom_sandbox::every_scope()).unlimited()).await;
    let ben = Visitor::sign_in(&story, "Ben Carter").await;
    let scopes = ["meeting:read:meeting", "meeting:update:meeting", "meeting:delete:meeting", "meeting:write:meeting"];
    let app = ben.active_app("My own things", &scopes).await;
    let token = ben.ask_token(&app).await.1["access_token"].as_str().unwrap().to_owned();
    let call = async |method: &str, path: String, body: Value| {
        let method = method.parse().unwrap();
        let request = story.http.request(method, format!("{}{path}", story.zoom.api())).bearer_auth(&token);
        send(request.json(&body)).await
    };
    let body = json!({ "topic": "Ben's own", "type": 2, "start_time": "2026-11-23T10:00:00Z" });
    let (status, own) = call("POST", "/users/me/meetings".to_owned(), body).await;
    assert_eq!(status, 201, "{own}");
    assert_eq!(call("GET", format!("/meetings/{}", own["id"]), json!({})).await.0, 200);

    let adas = story.meeting("Ada's").await["id"].clone();
    for (method, permission) in [("GET", "Read"), ("PATCH", "Edit"), ("DELETE", "Edit")] {
        let (status, refused) = call(method, format!("/meetings/{adas}"), json!({ "topic": "Mine now" })).await;
        assert_eq!((status, &refused["code"]), (400, &json!(200)), "{method}: {refused}");
        let message = format!("Invalid access token. Does not contain permissions [User:{permission}].");
        assert_eq!(refused["message"], message, "{method}");
    }
    assert_eq!(story.get(&format!("/meetings/{adas}")).await.1["topic"], "Ada's");

    let assistants = json!({ "assistants": [{ "email": "ben@northlight.example" }] });
    assert_eq!(story.send("POST", "/users/me/assistants", assistants).await.0, 201);
    let (status, answer) = call("PATCH", format!("/meetings/{adas}"), json!({ "topic": "Ada's and Ben's" })).await;
    assert_eq!(status, 204, "her assistant: {answer}");
}
