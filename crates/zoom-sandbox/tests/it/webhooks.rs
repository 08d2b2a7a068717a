//! Stories of webhooks: validation, signed deliveries, retries.

use std::sync::{Arc, Mutex};

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use zoom_sandbox::{DeliveryState, Fault, SubscribeError};

use crate::{
    story::{Story, until},
    told,
};

fn hmac(secret: &str, text: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

/// A receiver written without the sandbox's code: raw HTTP over TCP, checks what Zoom's samples check.
#[derive(Clone)]
pub(crate) struct Receiver {
    url: String,
    heard: Arc<Mutex<Vec<Value>>>,
    heads: Arc<Mutex<Vec<String>>>,
    status: Arc<Mutex<u16>>,
    /// How many bad signatures there were; nothing where one is a fault of the sandbox.
    forged: Arc<Mutex<Option<u32>>>,
    careless: bool,
}

impl Receiver {
    pub(crate) async fn listen(secret: String) -> Self {
        Self::listen_as(secret, false).await
    }

    /// One that does not look at signatures.
    pub(crate) async fn listen_carelessly(secret: String) -> Self {
        Self::listen_as(secret, true).await
    }

    async fn listen_as(secret: String, careless: bool) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let status = Arc::new(Mutex::new(200));
        let (heard, heads) = (Arc::default(), Arc::default());
        let receiver = Self { url, heard, heads, status, forged: Arc::default(), careless };
        let own = receiver.clone();
        // Ends with the test's runtime.
        tokio_util::task::TaskTracker::new().spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (top, body) = read(&mut stream).await;
                own.heads.lock().unwrap().push(top.clone());
                let answer = own.answer(&secret, &top, &body);
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        receiver
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    fn answer(&self, secret: &str, head: &str, body: &str) -> String {
        let header = |name: &str| {
            let lines = head.lines().filter_map(|line| line.split_once(": "));
            lines
                .filter(|(known, _)| known.eq_ignore_ascii_case(name))
                .map(|(_, value)| value.to_owned())
                .next()
                .unwrap()
        };
        let signed = format!("v0:{}:{body}", header("x-zm-request-timestamp"));
        let (given, right) = (header("x-zm-signature"), format!("v0={}", hmac(secret, &signed)));
        if let Some(count) = &mut *self.forged.lock().unwrap()
            && given != right
        {
            *count += 1;
            return "HTTP/1.1 401 Forged\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_owned();
        }
        assert!(given == right || self.careless, "a bad signature");
        assert_eq!(header("content-type"), "application/json; charset=utf-8");
        let event: Value = serde_json::from_str(body).unwrap();
        assert_eq!(event.to_string(), body, "compact, as JSON.stringify writes it");
        let mut answer = String::new();
        if event["event"] == "endpoint.url_validation" {
            let plain = event["payload"]["plainToken"].as_str().unwrap();
            answer = json!({ "plainToken": plain, "encryptedToken": hmac(secret, plain) }).to_string();
        }
        // Chosen before it is told that something was heard, so that a story may change it from then on.
        let status = *self.status.lock().unwrap();
        self.heard.lock().unwrap().push(event);
        format!("HTTP/1.1 {status} Said\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{answer}", answer.len())
    }

    /// A header of the request that came last.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let heads = self.heads.lock().unwrap();
        let mut lines = heads.last()?.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
    }

    /// Bad signatures are refused from here on, and counted.
    pub(crate) fn expect_forgeries(&self) {
        *self.forged.lock().unwrap() = Some(0);
    }

    pub(crate) fn forged(&self) -> u32 {
        self.forged.lock().unwrap().unwrap_or(0)
    }

    pub(crate) fn set_status(&self, status: u16) {
        *self.status.lock().unwrap() = status;
    }

    /// The events heard, validation left out, once there are `count`.
    pub(crate) async fn events(&self, count: usize) -> Vec<Value> {
        let heard = || {
            let heard = self.heard.lock().unwrap();
            heard.iter().filter(|e| e["event"] != "endpoint.url_validation").cloned().collect::<Vec<_>>()
        };
        until(&format!("{count} events"), || heard().len() >= count).await;
        // Whatever a story is about: what it hears is written as Zoom writes it.
        told::hold(&heard());
        heard()
    }
}

async fn read(stream: &mut tokio::net::TcpStream) -> (String, String) {
    let mut text = String::new();
    loop {
        let mut bytes = [0; 4096];
        let count = stream.read(&mut bytes).await.unwrap();
        text.push_str(std::str::from_utf8(&bytes[..count]).unwrap());
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length =
                head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0_usize) {
                return (head.to_owned(), body.to_owned());
            }
        }
    }
}

/// A receiver that hears of everything in `story` from now on.
pub(crate) async fn subscribe(story: &Story) -> Receiver {
    let receiver = Receiver::listen(story.zoom.credentials().webhook_secret).await;
    story.zoom.subscribe_webhooks(&receiver.url).await.unwrap();
    receiver
}

pub(crate) async fn subscribed() -> (Story, Receiver) {
    let story = Story::begin().await;
    let receiver = subscribe(&story).await;
    (story, receiver)
}

#[tokio::test]
async fn a_call_that_starts_and_ends_is_told_with_the_number_as_text() {
    let (story, receiver) = subscribed().await;
    let made = story.meeting("Open studio — hello").await;
    let number = made["id"].as_i64().unwrap();
    assert!(story.zoom.world().call_started(number));
    assert!(!story.zoom.world().call_started(number), "it begins once");
    assert_eq!(story.get("/users/me/meetings?type=live").await.1["meetings"][0]["id"], number);
    story.pass(600);
    assert_eq!(story.send("PUT", &format!("/meetings/{number}/status"), json!({ "action": "end" })).await.0, 204);
    let events = receiver.events(3).await;
    let names: Vec<_> = events.iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert_eq!(names, ["meeting.created", "meeting.started", "meeting.ended"]);
    assert_eq!(events[0]["payload"]["object"]["id"], number, "a number here");
    assert_eq!(events[0]["payload"]["operator"], "ada@northlight.example");
    let object = &events[2]["payload"]["object"];
    assert_eq!(object["id"], number.to_string(), "a text here");
    assert_eq!((&object["uuid"], &object["end_time"]), (&made["uuid"], &json!("2026-11-23T09:10:00Z")));
    assert_eq!(events[2]["event_ts"], 1_795_425_000_000_i64);
    let (_, read) = story.get(&format!("/meetings/{number}")).await;
    assert_eq!(read["status"], "waiting");
    assert_ne!(read["uuid"], made["uuid"], "the next call is another instance");
}

#[tokio::test]
async fn changes_are_told_with_what_was_before() {
    let (story, receiver) = subscribed().await;
    let made = story.meeting("Before").await;
    let path = format!("/meetings/{}", made["id"]);
    story.send("PATCH", &path, json!({ "topic": "After", "settings": { "host_video": true } })).await;
    story.send("DELETE", &path, json!([])).await;
    let events = receiver.events(3).await;
    let updated = &events[1]["payload"];
    assert_eq!((&updated["object"]["topic"], &updated["old_object"]["topic"]), (&json!("After"), &json!("Before")));
    assert_eq!(updated["object"]["settings"], json!({ "host_video": true }));
    assert_eq!(updated["old_object"]["settings"], json!({ "host_video": false }));
    assert_eq!(events[2]["event"], "meeting.deleted");
    assert_eq!(events[2]["payload"]["operation"], "single");
}

#[tokio::test]
async fn a_receiver_that_fails_hears_again_after_5_25_and_85_minutes() {
    let (story, receiver) = subscribed().await;
    receiver.set_status(500);
    story.meeting("Stubborn").await;
    receiver.events(1).await;
    let tried = |count: usize| {
        let story = &story;
        let is_so = move || story.zoom.deliveries()[0].attempts.len() == count;
        async move { until(&format!("{count} attempts"), is_so).await }
    };
    tried(1).await;
    story.pass(5 * 60);
    tried(2).await;
    story.pass(20 * 60);
    tried(3).await;
    receiver.set_status(200);
    story.pass(60 * 60);
    tried(4).await;
    assert_eq!(story.zoom.deliveries()[0].state, DeliveryState::Delivered);
    let events = receiver.events(4).await;
    assert!(events.iter().all(|event| *event == events[0]), "the same event each time");
}

#[tokio::test]
async fn a_receiver_that_refuses_is_not_asked_again_and_one_may_hear_twice() {
    let (story, receiver) = subscribed().await;
    story.zoom.faults().next("webhook", 1, Fault::Duplicate);
    story.meeting("Twice").await;
    let events = receiver.events(2).await;
    assert_eq!(events[0], events[1]);
    receiver.set_status(404);
    story.meeting("Refused").await;
    receiver.events(3).await;
    until("refused", || story.zoom.deliveries()[1].state == DeliveryState::Failed).await;
    assert_eq!(story.zoom.deliveries()[1].attempts.len(), 1);
}

#[tokio::test]
async fn who_cannot_answer_the_validation_is_not_subscribed() {
    let story = Story::begin().await;
    let impostor = Receiver::listen(story.zoom.credentials().webhook_secret).await;
    impostor.set_status(403);
    let refused = story.zoom.subscribe_webhooks(&impostor.url).await.unwrap_err();
    assert!(matches!(refused, SubscribeError::NotValidated { .. }), "{refused}");
    let elsewhere = story.zoom.subscribe_webhooks("https://example.com/hook").await.unwrap_err();
    assert!(matches!(elsewhere, SubscribeError::NotHere { .. }));
    let (status, body) = story.control("PUT", "/webhooks", json!({ "url": "http://10.0.0.1/" })).await;
    assert_eq!(status, 400);
    assert!(body["message"].as_str().unwrap().contains("10.0.0.1"), "{body}");
    assert_eq!(story.control("GET", "/webhooks", json!({})).await.1, json!({ "items": [] }));
}

#[tokio::test]
async fn a_receiver_is_asked_again_every_72_hours_and_forgotten_after_six_failures() {
    let (story, receiver) = subscribed().await;
    let asked = || {
        let heard = receiver.heard.lock().unwrap();
        heard.iter().filter(|event| event["event"] == "endpoint.url_validation").count()
    };
    let failures = || async { story.control("GET", "/webhooks", json!({})).await.1["items"][0]["failures"].clone() };
    story.pass(72 * 3600 - 1);
    assert_eq!(asked(), 1);
    story.pass(1);
    until("asked again", || asked() == 2).await;
    receiver.set_status(403);
    for failed in 1..6 {
        story.pass(72 * 3600);
        until("asked again", || asked() == 2 + failed).await;
        while failures().await != json!(failed) {}
    }
    story.pass(72 * 3600);
    while failures().await != json!(null) {}
}

#[tokio::test]
async fn an_app_sees_its_subscriptions_and_ends_one() {
    let (story, receiver) = subscribed().await;
    let (status, list) = story.get("/marketplace/app/event_subscription?user_id=me&account_id=me").await;
    assert_eq!(status, 200, "{list}");
    let one = &list["event_subscriptions"][0];
    assert_eq!((&one["event_webhook_url"], &one["subscription_scope"]), (&json!(receiver.url), &json!("account")));
    let path = format!("/marketplace/app/event_subscription/{}", one["event_subscription_id"].as_str().unwrap());
    assert_eq!(story.send("DELETE", &path, json!([])).await.0, 204);
    let (status, again) = story.send("DELETE", &path, json!([])).await;
    assert_eq!((status, &again["code"]), (404, &json!(1601)), "{again}");
    story.meeting("Unheard").await;
    let (_, deliveries) = story.control("GET", "/deliveries", json!(null)).await;
    assert_eq!(deliveries["items"], json!([]), "nobody is told any more");
}

#[tokio::test]
async fn what_happens_to_users_is_told_with_what_changed() {
    let (story, receiver) = subscribed().await;
    let user = json!({ "email": "noor@northlight.example", "type": 1, "first_name": "Noor", "last_name": "Said" });
    story.send("POST", "/users", json!({ "action": "custCreate", "user_info": user })).await;
    story.send("PATCH", "/users/noor@northlight.example", json!({ "dept": "Music" })).await;
    story.send("DELETE", "/users/noor@northlight.example?action=delete", json!([])).await;
    let events = receiver.events(3).await;
    let names: Vec<_> = events.iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert_eq!(names, ["user.created", "user.updated", "user.deleted"]);
    assert_eq!(events[0]["payload"]["creation_type"], "custCreate");
    assert_eq!(events[0]["payload"]["object"]["display_name"], "Noor Said");
    assert_eq!(
        (&events[1]["payload"]["object"]["dept"], &events[1]["payload"]["old_object"]["dept"]),
        (&json!("Music"), &json!(""))
    );
    assert_eq!(events[2]["payload"]["operator"], "ada@northlight.example");
}
