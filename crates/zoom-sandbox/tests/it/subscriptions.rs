//! Stories of apps that subscribe to events by the API, and read what was sent to them.

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::{
    registrants::with_all_scopes,
    story::{Story, builder, until},
    visitor::Visitor,
    webhooks::Receiver,
};

const PATH: &str = "/marketplace/app/event_subscription";

async fn receiver(story: &Story) -> Receiver {
    Receiver::listen(story.zoom.credentials().webhook_secret).await
}

fn wish(url: &str, scope: &str) -> Value {
    json!({ "event_subscription_name": "Site", "event_webhook_url": url, "subscription_scope": scope,
        "events": ["meeting.created", "user.updated"] })
}

/// Subscribes; the subscription's id.
async fn subscribe(story: &Story, body: Value) -> String {
    let (status, made) = story.send("POST", PATH, body).await;
    assert_eq!(status, 201, "{made}");
    made["event_subscription_id"].as_str().unwrap().to_owned()
}

async fn meeting_of(story: &Story, user: &str) {
    let (status, made) = story.send("POST", &format!("/users/{user}/meetings"), json!({ "topic": "Heard?" })).await;
    assert_eq!(status, 201, "{made}");
}

async fn listed(story: &Story, scope: &str) -> Vec<Value> {
    let path = format!("{PATH}?user_id=me&account_id=me&subscription_scope={scope}");
    let (status, list) = story.get(&path).await;
    assert_eq!(status, 200, "{list}");
    list["event_subscriptions"].as_array().unwrap().clone()
}

#[tokio::test]
async fn an_app_subscribes_its_account_hears_and_stops_hearing() {
    let story = with_all_scopes().await;
    let receiver = receiver(&story).await;
    let id = subscribe(&story, wish(receiver.url(), "account")).await;
    let rows = listed(&story, "account").await;
    assert_eq!((&rows[0]["event_subscription_id"], &rows[0]["created_source"]), (&json!(id), &json!("openapi")));
    assert_eq!(rows[0]["custom_header"], json!({ "custom_header_type": 0 }));
    assert_eq!(listed(&story, "user").await, Vec::<Value>::new());
    meeting_of(&story, "ben@northlight.example").await;
    let (_, meetings) = story.get("/users/ben@northlight.example/meetings").await;
    let path = format!("/meetings/{}", meetings["meetings"][0]["id"]);
    story.send("PATCH", &path, json!({ "topic": "Not subscribed" })).await;
    meeting_of(&story, "me").await;
    let events = receiver.events(2).await;
    assert!(events.iter().all(|event| event["event"] == "meeting.created"), "{events:?}");

    let gone = format!("{PATH}?event_subscription_id={id}&account_id=me");
    assert_eq!(story.send("DELETE", &gone, json!([])).await.0, 204, "the account hears no more");
    meeting_of(&story, "me").await;
    assert_eq!(listed(&story, "account").await, Vec::<Value>::new());
    let again = format!("{PATH}/{id}");
    assert_eq!(story.send("PATCH", &again, json!({ "account_id": "me" })).await.0, 204, "and hears again");
    meeting_of(&story, "me").await;
    assert_eq!(receiver.events(3).await.len(), 3);
    assert_eq!(story.send("DELETE", &again, json!([])).await.0, 204);
    let (status, refused) = story.send("PATCH", &again, json!({ "account_id": "me" })).await;
    let words = format!("App event subscription is invalid: {id}");
    assert_eq!((status, refused), (404, json!({ "code": 1601, "message": words })));
}

#[tokio::test]
async fn a_subscription_of_single_users_hears_of_them_only() {
    let story = with_all_scopes().await;
    let receiver = receiver(&story).await;
    let mut body = wish(receiver.url(), "user");
    body["user_ids"] = json!(["ben@northlight.example"]);
    let id = subscribe(&story, body).await;
    meeting_of(&story, "me").await;
    meeting_of(&story, "ben@northlight.example").await;
    story.send("PATCH", "/users/lucia@northlight.example", json!({ "dept": "Art" })).await;
    story.send("PATCH", "/users/ben@northlight.example", json!({ "dept": "Music" })).await;
    let events = receiver.events(2).await;
    let names: Vec<_> = events.iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert_eq!(names, ["meeting.created", "user.updated"]);
    assert_eq!(events[1]["payload"]["object"]["dept"], "Music");

    let more = json!({ "user_ids": ["lucia@northlight.example"], "account_id": "me" });
    assert_eq!(story.send("PATCH", &format!("{PATH}/{id}"), more).await.0, 204);
    let fewer = format!("{PATH}?event_subscription_id={id}&account_id=me&user_ids=ben@northlight.example");
    assert_eq!(story.send("DELETE", &fewer, json!([])).await.0, 204);
    meeting_of(&story, "ben@northlight.example").await;
    meeting_of(&story, "lucia@northlight.example").await;
    let lucia = story.zoom.world().person("lucia@northlight.example").unwrap().id;
    let events = receiver.events(3).await;
    assert_eq!((events.len(), &events[2]["payload"]["object"]["host_id"]), (3, &json!(lucia)));
    let (_, list) = story.get(&format!("{PATH}?user_id={lucia}&account_id=me&subscription_scope=user")).await;
    assert_eq!(list["event_subscriptions"][0]["subscriber_id"], json!(lucia));
    let stranger = json!({ "user_ids": ["nobody@x.example"], "account_id": "me" });
    let (status, refused) = story.send("PATCH", &format!("{PATH}/{id}"), stranger).await;
    assert_eq!((status, &refused["code"]), (404, &json!(1001)), "{refused}");
}

#[tokio::test]
async fn a_master_account_hears_of_the_accounts_below_it_and_an_account_of_itself() {
    let story = with_all_scopes().await;
    let (own, all) = (receiver(&story).await, receiver(&story).await);
    subscribe(&story, wish(own.url(), "account")).await;
    subscribe(&story, wish(all.url(), "master_account")).await;
    let sub =
        json!({ "first_name": "Sub", "last_name": "Owner", "email": "owner@sub.example", "password": "Pretend-1" });
    let (status, made) = story.send("POST", "/accounts", sub).await;
    assert_eq!(status, 201, "{made}");
    let path = format!("/accounts/{}/users/owner@sub.example", made["id"].as_str().unwrap());
    let (status, changed) = story.send("PATCH", &path, json!({ "dept": "Below" })).await;
    assert_eq!(status, 204, "{changed}");
    let heard = all.events(1).await;
    assert_eq!(heard[0]["payload"]["object"]["dept"], "Below");
    meeting_of(&story, "me").await;
    all.events(2).await;
    assert_eq!(own.events(1).await[0]["event"], "meeting.created");
}

/// What is sent over a wish that would do (`LONG` is 257 letters, `LONGER` 1001), and the answer.
const REFUSALS: &[(&str, u16, u16, &str)] = &[
    (r#"{"events":[]}"#, 400, 1500, "The events list is empty."),
    (r#"{"event_webhook_url":""}"#, 400, 1500, "The event webhook url is empty."),
    (r#"{"subscription_scope":"world"}"#, 400, 1500, "The subscription scope is invalid."),
    (r#"{"events":["meeting.sung"]}"#, 404, 1601, "App event not exists: meeting.sung"),
    (r#"{"events":["webinar.created"]}"#, 400, 1602, "The event is not allowed for the app: webinar.created"),
    (
        r#"{"subscription_scope":"user","user_ids":["nobody@x.example"]}"#,
        404,
        1001,
        "User does not exist or does not belong to this account: nobody@x.example.",
    ),
    (
        r#"{"event_webhook_url":"http://10.0.0.1/"}"#,
        404,
        1701,
        "The event webhook url validate failed: http://10.0.0.1/.",
    ),
    (r#"{"custom_header":{"custom_header_type":9}}"#, 404, 1801, "The custom header type validate failed: 9."),
    (r#"1{"username":""}"#, 400, 1500, "The username is required."),
    (r#"1{"username":"LONG"}"#, 400, 1500, "The length of username exceeds the limit of 256"),
    (r#"1{"username":"u\n"}"#, 400, 1500, "The input value can't contain line feed."),
    (r#"1{"username":"u"}"#, 400, 1500, "The password is required."),
    (r#"1{"username":"u","password":"LONG"}"#, 400, 1500, "The length of password exceeds the limit of 256"),
    (r#"2{"client_id":""}"#, 400, 1500, "The client id is required."),
    (r#"2{"client_id":"LONG"}"#, 400, 1500, "The length of client id exceeds the limit of 256."),
    (r#"2{"client_secret":""}"#, 400, 1500, "The client secret is required."),
    (r#"2{"client_secret":"LONG"}"#, 400, 1500, "The length of client secret exceeds the limit of 256."),
    (r#"2{"token_url":""}"#, 400, 1500, "The token url is required."),
    (r#"2{"token_url":"LONGER"}"#, 400, 1500, "The length of token url exceeds the limit of 1000."),
    (r#"2{"scope":"LONG"}"#, 400, 1500, "The length of scope exceeds the limit of 255."),
    (r#"2{"state":"LONG"}"#, 400, 1500, "The length of state exceeds the limit of 255."),
    (r#"2{"client_authentication":"post"}"#, 400, 1500, "Client authentication must be 'header' or 'body'."),
    ("2{}", 404, 1702, "The Oauth token url validate failed: http://127.0.0.1:1/token."),
    (r#"3{"custom_header_key":""}"#, 400, 1500, "The custom header key is required."),
    (r#"3{"custom_header_key":"LONG"}"#, 400, 1500, "The length of header key exceeds the limit of 256."),
    (r#"3{"custom_header_key":"a b"}"#, 400, 1500, "The input value can't contain space."),
    (r#"3{"custom_header_key":"a_b"}"#, 400, 1500, "The custom header key can only contain letters, numbers, and -."),
    (r#"3{"custom_header_key":"X-Zm-Signature"}"#, 400, 1500, "The custom header key is reserved by Zoom."),
    (r#"3{"custom_header_value":""}"#, 400, 1500, "The custom header value is required."),
    (r#"3{"custom_header_value":"LONG"}"#, 400, 1500, "The length of header value exceeds the limit of 256"),
];

/// The body of a row; a figure before the braces is the type of a custom header that would do but for what is in them.
fn body_of(over: &str) -> Value {
    let over = over.replace("LONGER", &"x".repeat(1001)).replace("LONG", &"x".repeat(257));
    let mut header = match over.as_bytes()[0] {
        b'1' => json!({ "custom_header_type": 1, "username": "", "password": "" }),
        b'2' => json!({ "custom_header_type": 2, "client_id": "i", "client_secret": "s",
            "token_url": "http://127.0.0.1:1/token" }),
        b'3' => json!({ "custom_header_type": 3, "custom_header_key": "x-key", "custom_header_value": "v" }),
        _ => return serde_json::from_str(&over).unwrap(),
    };
    let inner: Value = serde_json::from_str(&over[1..]).unwrap();
    header.as_object_mut().unwrap().extend(inner.as_object().unwrap().clone());
    json!({ "custom_header": header })
}

#[tokio::test]
async fn what_cannot_be_subscribed_is_refused_in_the_operations_own_words() {
    let scopes = ["meeting:read:meeting:admin", "user:read:user:admin"];
    let story = Story::with(builder().scopes(scopes).unlimited()).await;
    let receiver = receiver(&story).await;
    let url = receiver.url().to_owned();
    for (over, status, code, message) in REFUSALS {
        let mut body = wish(&url, "account");
        body["events"] = json!(["meeting.created"]);
        body.as_object_mut().unwrap().extend(body_of(over).as_object().unwrap().clone());
        let answer = story.send("POST", PATH, body).await;
        assert_eq!(answer, (*status, json!({ "code": code, "message": message })), "{over}");
    }
    let (status, refused) = story.get(&format!("{PATH}?user_id=me&account_id=me&subscription_scope=world")).await;
    assert_eq!((status, &refused["code"]), (400, &json!(1500)), "{refused}");
    assert_eq!(listed(&story, "account").await, Vec::<Value>::new(), "nothing came of any of it");
    receiver.set_status(403);
    let (status, refused) = story
        .send(
            "POST",
            PATH,
            json!({ "event_webhook_url": url, "events": ["meeting.created"],
        "subscription_scope": "account" }),
        )
        .await;
    let words = format!("The event webhook url validate failed: {url}.");
    assert_eq!((status, refused), (404, json!({ "code": 1701, "message": words })));
}

#[tokio::test]
async fn an_app_has_at_most_twenty_subscriptions() {
    let story = with_all_scopes().await;
    let receiver = receiver(&story).await;
    for _ in 0..20 {
        subscribe(&story, wish(receiver.url(), "account")).await;
    }
    let (status, refused) = story.send("POST", PATH, wish(receiver.url(), "account")).await;
    assert_eq!((status, &refused["code"]), (400, &json!(1500)), "{refused}");
    assert!(refused["message"].as_str().unwrap().contains("20"), "{refused}");
}

/// A server that gives a token to whoever sends what it expects, and keeps the last request.
pub(crate) async fn token_server(expects: &'static str) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/token", listener.local_addr().unwrap());
    tokio_util::task::TaskTracker::new().spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (mut bytes, mut text) = ([0; 4096], String::new());
            while !text.contains(expects) {
                let Ok(count @ 1..) = stream.read(&mut bytes).await else { break };
                text.push_str(&String::from_utf8_lossy(&bytes[..count]));
            }
            let answer = if text.contains(expects) { r#"{"access_token":"receivers-own"}"# } else { "{}" };
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", answer.len());
            stream.write_all(format!("{head}{answer}").as_bytes()).await.unwrap();
        }
    });
    url
}

#[tokio::test]
async fn requests_sign_in_as_the_custom_header_says() {
    let story = with_all_scopes().await;
    let by_header = token_server("authorization: Basic aWQ6c2VjcmV0").await;
    let by_body = token_server("client_id=id&client_secret=secret").await;
    let oauth = |url: &str, how: &str| {
        json!({ "custom_header_type": 2, "client_id": "id", "client_secret": "secret", "token_url": url,
            "scope": "hooks", "client_authentication": how })
    };
    let cases = [
        (
            json!({ "custom_header_type": 1, "username": "zoom", "password": "pass" }),
            "authorization",
            "Basic em9vbTpwYXNz",
        ),
        (
            json!({ "custom_header_type": 3, "custom_header_key": "x-door", "custom_header_value": "open" }),
            "x-door",
            "open",
        ),
        (oauth(&by_header, "header"), "authorization", "Bearer receivers-own"),
        (oauth(&by_body, "body"), "authorization", "Bearer receivers-own"),
    ];
    for (header, name, value) in cases {
        let receiver = receiver(&story).await;
        let mut body = wish(receiver.url(), "account");
        body["custom_header"] = header.clone();
        let id = subscribe(&story, body).await;
        assert_eq!(receiver.header(name).as_deref(), Some(value), "the validation carries it too");
        meeting_of(&story, "me").await;
        receiver.events(1).await;
        assert_eq!(receiver.header(name).as_deref(), Some(value), "{header}");
        let is_basic = header["custom_header_type"] == 1;
        assert_eq!(receiver.header("clientid").is_some(), is_basic);
        let rows = listed(&story, "account").await;
        let shown = rows.iter().find(|row| row["event_subscription_id"] == json!(id)).unwrap();
        assert_eq!(shown["custom_header"]["custom_header_type"], header["custom_header_type"]);
        story.send("DELETE", &format!("{PATH}/{id}"), json!([])).await;
    }
    let log = story.control("GET", "/calls?operation=createEventSubscription", json!(null)).await.1.to_string();
    assert!(!log.contains("\"pass\"") && !log.contains("\"open\"") && !log.contains("\"secret\""), "{log}");
}

/// A story whose app may read webhook logs, and the app's id.
async fn logged() -> (Story, Receiver, String) {
    let all = zoom_spec::operations().iter().flat_map(|operation| operation.granular.iter().chain(operation.classic));
    let events = zoom_spec::events().iter().flat_map(|event| event.granular);
    let scopes: std::collections::BTreeSet<String> = all.chain(events).map(|scope| (*scope).to_owned()).collect();
    let story = Story::with(builder().scopes(scopes).unlimited()).await;
    let receiver = receiver(&story).await;
    subscribe(&story, wish(receiver.url(), "account")).await;
    let app = app_id(&story).await;
    (story, receiver, app)
}

/// The id of the app that stories sign in as; only its pages tell it.
pub(crate) async fn app_id(story: &Story) -> String {
    let page = Visitor::sign_in(story, "Ada Okafor").await.page("").await;
    let (before, _) = page.split_once("Ready-made Server-to-Server app").unwrap();
    let (_, app) = before.rsplit_once("/marketplace/apps/").unwrap();
    app.split(['"', '/']).next().unwrap().to_owned()
}

#[tokio::test]
async fn the_webhook_logs_show_each_attempt_as_it_was() {
    let (story, receiver, app) = logged().await;
    let path = format!("/marketplace/apps/{app}/webhook_logs");
    let rows = |query: &'static str| {
        let (story, path) = (&story, format!("{path}{query}"));
        async move {
            let (status, list) = story.get(&path).await;
            assert_eq!(status, 200, "{list}");
            list["webhook_logs"].as_array().unwrap().clone()
        }
    };
    receiver.set_status(500);
    meeting_of(&story, "me").await;
    let tried = |count: usize| story.zoom.deliveries()[0].attempts.len() == count;
    until("the first attempt", || tried(1)).await;
    receiver.set_status(200);
    story.pass(5 * 60);
    until("the second", || tried(2)).await;
    meeting_of(&story, "me").await;
    until("another", || story.zoom.deliveries().len() == 2 && !story.zoom.deliveries()[1].attempts.is_empty()).await;

    let all = rows("?type=1").await;
    assert_eq!(all.len(), 3);
    let failed = rows("").await;
    assert_eq!(
        (failed.len(), &failed[0]["status"], &failed[0]["retry_num"]),
        (1, &json!(500), &json!(0)),
        "failed only"
    );
    let again = rows("?type=3&retry_num=1").await;
    assert_eq!((again.len(), &again[0]["status"]), (1, &json!(200)));
    assert_eq!(again[0]["request_id"], failed[0]["request_id"], "a retry is the same request");
    assert_ne!(all[0]["request_id"], failed[0]["request_id"]);
    assert_eq!(failed[0]["endpoint"], receiver.url());
    let sent: Value = serde_json::from_str(failed[0]["request_body"].as_str().unwrap()).unwrap();
    assert_eq!(sent["event"], "meeting.created");
    assert_eq!(rows("?type=1&event=user.updated").await.len(), 0);
    assert_eq!(rows("?type=1&page_size=2").await.len(), 2);
    assert_eq!(rows("?type=1&from=2026-11-23T09:01:00Z").await.len(), 2, "the later two");
}

#[tokio::test]
async fn webhook_logs_are_refused_in_zooms_words() {
    let (story, _receiver, app) = logged().await;
    let path = format!("/marketplace/apps/{app}/webhook_logs");
    let refusals = [
        ("?retry_num=4", 400, 1506, "The 'retry_num' value must be an integer within the range of 0 to 3."),
        (
            "?from=2026-11-22T00:00:00Z&to=2026-11-21T00:00:00Z",
            404,
            1501,
            "The 'to' date must be after the 'from' date.",
        ),
        ("?from=2026-11-01T00:00:00Z", 404, 1502, "The date range must be within the last seven days."),
        ("?from=yesterday", 404, 1503, "The dates must follow the format: `yyyy-MM-dd'T'HH:mm:ss'Z'`."),
        ("?from=2026-11-24T00:00:00Z", 404, 1504, "The 'from' date must be before the current date(UTC)."),
    ];
    for (query, status, code, message) in refusals {
        let answer = story.get(&format!("{path}{query}")).await;
        assert_eq!(answer, (status, json!({ "code": code, "message": message })), "{query}");
    }
    let answer = story.get("/marketplace/apps/sbxnone/webhook_logs").await;
    assert_eq!(answer, (404, json!({ "code": 1401, "message": "APP ID does not exist: sbxnone." })));
}

#[tokio::test]
async fn a_webhook_presses_no_control_of_the_sandbox() {
    let story = Story::begin().await;
    for control in ["unplug", "clock/run"] {
        let url = format!("{}/sandbox/v1/{control}", story.zoom.base());
        let (status, refused) = story.control("PUT", "/webhooks", json!({ "url": url })).await;
        assert_eq!(status, 400, "{refused}");
    }
    assert_eq!(story.get("/users/me").await.0, 200, "it is still plugged in");
    assert_eq!(story.control("GET", "/clock", Value::Null).await.1["running"], false);
}
