//! Stories of calls over real HTTP and sockets: what a join page's server signs, what its script says, what the API
//! then shows.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "the helpers of a story fail loudly")]

mod signer;
mod story;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use signer::sign;
use story::{Story, send};
use tokio::net::TcpStream;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};
use zoom_sandbox::RouteFacts;

struct Meeting {
    number: i64,
    passcode: String,
    zak: String,
    start_url: String,
    join_url: String,
}

async fn meeting(story: &Story, settings: Value) -> Meeting {
    let body = json!({"topic": "Open studio", "type": 2, "start_time": "2026-11-23T09:00:00Z", "password": "hello1", "settings": settings});
    let (status, made) = story.send("POST", "/users/me/meetings", body).await;
    assert_eq!(status, 201, "{made}");
    let (_, zak) = story.get("/users/me/token?type=zak").await;
    let text = |name: &str| made[name].as_str().unwrap().to_owned();
    Meeting {
        number: made["id"].as_i64().unwrap(),
        passcode: "hello1".into(),
        zak: zak["token"].as_str().unwrap().to_owned(),
        start_url: text("start_url"),
        join_url: text("join_url"),
    }
}

async fn open(story: &Story) -> Meeting {
    meeting(story, json!({"join_before_host": true, "waiting_room": false})).await
}

fn request(story: &Story, meeting: &Meeting, name: &str, role: u8) -> Value {
    let held = story.zoom.credentials();
    let now = clock::Clock::now(story.zoom.clock().as_ref());
    let zak = if role == 1 { meeting.zak.as_str() } else { "" };
    json!({
        "signature": sign(&held.sdk_key, &held.sdk_secret, meeting.number, role, now),
        "meetingNumber": meeting.number.to_string(), "userName": name, "passWord": meeting.passcode, "zak": zak,
    })
}

async fn join(story: &Story, request: &Value) -> Value {
    let address = format!("{}/call/join", story.zoom.sdk_base());
    let (status, answer) = send(story.http.post(address).header("origin", "http://eroom.test").json(request)).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    async fn open(story: &Story, ticket: &Value) -> Self {
        let address = format!("{}/call/socket", story.zoom.sdk_base()).replace("http:", "ws:");
        let mut socket = Self(connect_async(address).await.unwrap().0);
        socket.say(json!({"type": "hello", "ticket": ticket})).await;
        socket
    }

    async fn say(&mut self, message: Value) {
        self.0.send(Message::Text(message.to_string().into())).await.unwrap();
    }

    /// The next message; null once the socket has closed.
    async fn hear(&mut self) -> Value {
        loop {
            match self.0.next().await {
                Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).unwrap(),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return Value::Null,
                Some(Ok(_)) => {}
            }
        }
    }

    /// The next message of this kind.
    async fn hear_of(&mut self, kind: &str) -> Value {
        loop {
            let message = self.hear().await;
            assert_ne!(message, Value::Null, "the socket closed before {kind}");
            if message["type"] == kind {
                return message;
            }
        }
    }
}

async fn enter(story: &Story, meeting: &Meeting, name: &str, role: u8) -> (Socket, Value) {
    let answer = join(story, &request(story, meeting, name, role)).await;
    assert_eq!(answer["errorCode"], 0, "{answer}");
    let mut socket = Socket::open(story, &answer["ticket"]).await;
    let welcome = socket.hear_of("welcome").await;
    (socket, welcome)
}

async fn status(story: &Story, number: i64) -> Value {
    story.get(&format!("/meetings/{number}")).await.1["status"].clone()
}

#[tokio::test]
async fn two_people_meet_and_the_api_sees_the_call_begin_and_end() {
    let story = Story::begin().await;
    let meeting = open(&story).await;
    assert_eq!(status(&story, meeting.number).await, "waiting");
    let (mut ada, _) = enter(&story, &meeting, "Ada", 0).await;
    assert_eq!(status(&story, meeting.number).await, "started");
    let (mut bob, welcome) = enter(&story, &meeting, "Bob", 0).await;
    assert_eq!(welcome["people"].as_array().unwrap().len(), 2);
    assert_eq!(welcome["topic"], "Open studio");
    let joined = ada.hear_of("joined").await;
    assert_eq!(joined["person"]["name"], "Bob");

    bob.say(json!({"type": "signal", "to": welcome["people"][0]["id"], "data": {"description": {"type": "offer"}}}))
        .await;
    let signal = ada.hear_of("signal").await;
    assert_eq!((&signal["from"], &signal["data"]["description"]["type"]), (&welcome["me"], &json!("offer")));
    ada.say(json!({"type": "chat", "text": "Hello <b>Bob</b>"})).await;
    assert_eq!(bob.hear_of("chat").await["text"], "Hello <b>Bob</b>");

    ada.say(json!({"type": "leave"})).await;
    assert_eq!(ada.hear_of("closed").await["reason"], "left");
    assert_eq!(ada.hear().await, Value::Null);
    assert_eq!(bob.hear_of("left").await["reason"], "left");
    bob.say(json!({"type": "leave"})).await;
    bob.hear_of("closed").await;
    assert_eq!(status(&story, meeting.number).await, "waiting");
    story.zoom.stop().await;
}

#[tokio::test]
async fn an_alternative_host_starts_the_call_with_a_key_of_their_own_and_nobody_else_does() {
    let story = Story::begin().await;
    let people = story.zoom.world().people();
    let id = |email: &str| people.iter().find(|person| person.email == email).unwrap().id.clone();
    let (lucia, yuki) = (id("lucia@northlight.example"), id("yuki@northlight.example"));
    let meeting = meeting(&story, json!({"alternative_hosts": lucia, "join_before_host": false})).await;
    let key = async |user: &str| story.get(&format!("/users/{user}/token?type=zak")).await.1["token"].clone();
    let mut request = request(&story, &meeting, "Lucía", 1);
    request["zak"] = key(&yuki).await;
    assert_eq!(join(&story, &request).await["errorCode"], 3708);
    assert_eq!(status(&story, meeting.number).await, "waiting");
    request["zak"] = key(&lucia).await;
    let answer = join(&story, &request).await;
    assert_eq!(answer["errorCode"], 0, "{answer}");
    let mut socket = Socket::open(&story, &answer["ticket"]).await;
    socket.hear_of("welcome").await;
    assert_eq!(status(&story, meeting.number).await, "started");
    story.zoom.stop().await;
}

#[tokio::test]
async fn ending_or_deleting_the_meeting_over_the_api_ends_its_call() {
    let story = Story::begin().await;
    for (method, path, body) in [("PUT", "/status", json!({"action": "end"})), ("DELETE", "", json!({}))] {
        let meeting = open(&story).await;
        let (mut ada, _) = enter(&story, &meeting, "Ada", 0).await;
        let (answer, body) = story.send(method, &format!("/meetings/{}{path}", meeting.number), body).await;
        assert_eq!(answer, 204, "{body}");
        assert_eq!(ada.hear_of("closed").await["reason"], "ended");
        let late = join(&story, &request(&story, &meeting, "Late", 0)).await;
        assert!([4004, 3001].contains(&late["errorCode"].as_i64().unwrap()), "{late}");
    }
    story.zoom.stop().await;
}

#[tokio::test]
async fn whoever_left_an_open_call_last_may_begin_it_again_at_once() {
    let story = Story::begin().await;
    let meeting = open(&story).await;
    let (mut vera, _) = enter(&story, &meeting, "Vera", 0).await;
    vera.say(json!({"type": "leave"})).await;
    vera.hear_of("closed").await;
    assert_eq!(status(&story, meeting.number).await, "waiting");
    let again = join(&story, &request(&story, &meeting, "Vera", 0)).await;
    assert_eq!(again["errorCode"], 0, "nobody ended it for all: {again}");
    story.zoom.stop().await;
}

#[tokio::test]
async fn the_host_starts_with_a_zak_lets_a_guest_in_and_ends_it_for_all() {
    let story = Story::begin().await;
    let meeting = meeting(&story, json!({"waiting_room": true})).await;
    let early = join(&story, &request(&story, &meeting, "Early", 0)).await;
    assert_eq!(early["errorCode"], 3008);
    let (mut host, welcome) = enter(&story, &meeting, "Hedda", 1).await;
    assert_eq!(welcome["people"][0]["host"], true);
    let (mut guest, welcome) = enter(&story, &meeting, "Guest", 0).await;
    assert_eq!(welcome["waiting"], true);
    let waits = host.hear_of("joined").await;
    host.say(json!({"type": "admit", "id": waits["person"]["id"]})).await;
    assert_eq!(guest.hear_of("welcome").await["waiting"], false);
    host.say(json!({"type": "end"})).await;
    assert_eq!(guest.hear_of("closed").await["reason"], "ended");
    assert_eq!(host.hear_of("closed").await["reason"], "ended");
    story.zoom.stop().await;
}

#[tokio::test]
async fn each_mistake_of_a_page_gets_zooms_code() {
    let mut story = Story::begin().await;
    let meeting = open(&story).await;
    let good = request(&story, &meeting, "Ada", 0);
    let held = story.zoom.credentials();
    let now = clock::Clock::now(story.zoom.clock().as_ref());
    let signed = |key: &str, secret: &str, number| json!(sign(key, secret, number, 0, now));
    let mistakes = [
        ("signature", signed(&held.sdk_key, "another secret", meeting.number), 3712),
        ("signature", signed("another app", &held.sdk_secret, meeting.number), 3704),
        ("signature", signed(&held.sdk_key, &held.sdk_secret, 99_999_999_999), 3712),
        ("passWord", json!("wrong"), 3004),
        ("userName", json!(""), 4003),
        ("meetingNumber", json!("call me"), 4003),
        ("zak", json!("sbxforged"), 4013),
    ];
    for (field, value, code) in mistakes {
        let mut request = good.clone();
        request[field] = value;
        let answer = join(&story, &request).await;
        assert_eq!(answer["errorCode"], code, "{field}: {answer}");
        assert!(answer["errorMessage"].as_str().unwrap().ends_with('.'), "{answer}");
    }
    let mut nowhere = good.clone();
    nowhere["meetingNumber"] = json!("99999999999");
    nowhere["signature"] = signed(&held.sdk_key, &held.sdk_secret, 99_999_999_999);
    assert_eq!(join(&story, &nowhere).await["errorCode"], 3001);
    let without_zak = json!({"zak": "", "signature": sign(&held.sdk_key, &held.sdk_secret, meeting.number, 1, now)});
    let mut host = good.clone();
    host.as_object_mut().unwrap().extend(without_zak.as_object().unwrap().clone());
    assert_eq!(join(&story, &host).await["errorCode"], 4012);
    story.pass(7200);
    assert_eq!(join(&story, &good).await["errorCode"], 3705);
    let address = format!("{}/call/join", story.zoom.sdk_base());
    let (status, answer) = send(story.http.post(address).body("no json")).await;
    assert_eq!((status, &answer["errorCode"]), (200, &json!(4003)));
    // Two hours have passed: the token that schedules the next meeting is spent.
    story.sign_in().await;
    let other = story.meeting("Whose number was not signed").await;
    let mut elsewhere = request(&story, &meeting, "Ada", 0);
    elsewhere["meetingNumber"] = other["id"].clone();
    assert_eq!(join(&story, &elsewhere).await["errorCode"], 3712);
    story.zoom.stop().await;
}

#[tokio::test]
async fn a_seventh_person_finds_the_call_full() {
    let story = Story::begin().await;
    let meeting = open(&story).await;
    let mut inside = Vec::new();
    for name in ["1", "2", "3", "4", "5", "6"] {
        inside.push(enter(&story, &meeting, name, 0).await);
    }
    assert_eq!(join(&story, &request(&story, &meeting, "7", 0)).await["errorCode"], 4005);
    story.zoom.stop().await;
}

#[tokio::test]
async fn a_socket_without_a_ticket_is_told_why_and_closed_and_nonsense_harms_nobody() {
    let story = Story::begin().await;
    let meeting = open(&story).await;
    let mut stranger = Socket::open(&story, &json!("no such ticket")).await;
    assert_eq!(stranger.hear().await["type"], "refused");
    assert_eq!(stranger.hear().await, Value::Null);

    let (mut ada, _) = enter(&story, &meeting, "Ada", 0).await;
    ada.0.send(Message::Text("{\"type\":\"signal\"".into())).await.unwrap();
    ada.say(json!({"type": "rule the world"})).await;
    ada.say(json!({"type": "chat", "text": "still here"})).await;
    assert_eq!(ada.hear_of("chat").await["text"], "still here");
    ada.0.send(Message::Text("x".repeat(100_000).into())).await.unwrap();
    assert_eq!(ada.hear().await, Value::Null, "too long a message closes the socket");
    story.zoom.stop().await;
}

#[tokio::test]
async fn a_dropped_socket_returns_to_its_seat_with_its_ticket() {
    let story = Story::begin().await;
    let meeting = open(&story).await;
    let (mut ada, _) = enter(&story, &meeting, "Ada", 0).await;
    let answer = join(&story, &request(&story, &meeting, "Bob", 0)).await;
    let mut bob = Socket::open(&story, &answer["ticket"]).await;
    let me = bob.hear_of("welcome").await["me"].clone();
    drop(bob);
    let broke = ada.hear_of("changed").await;
    assert_eq!(broke["person"]["connected"], false);
    let mut bob = Socket::open(&story, &answer["ticket"]).await;
    assert_eq!(bob.hear_of("welcome").await["me"], me);
    assert_eq!(ada.hear_of("changed").await["person"]["connected"], true);
    drop(bob);
    ada.hear_of("changed").await;
    story.pass(13);
    assert_eq!(ada.hear_of("left").await["reason"], "lost");
    story.zoom.stop().await;
}

#[tokio::test]
async fn a_stopping_sandbox_says_goodbye() {
    let story = Story::begin().await;
    let meeting = open(&story).await;
    let (mut ada, _) = enter(&story, &meeting, "Ada", 0).await;
    story.zoom.stop().await;
    assert_eq!(ada.hear_of("closed").await["reason"], "stopped");
}

#[tokio::test]
async fn simulated_people_make_a_call_live_and_write_to_who_comes_alone() {
    let story = Story::begin().await;
    let meeting = open(&story).await;
    let people = json!({"names": ["Amara", "Jonas"], "chat": "bring somebody: http://x.test/"});
    let (answer, body) = story.control("POST", &format!("/meetings/{}/simulate", meeting.number), people).await;
    assert!((200..300).contains(&answer), "{answer} {body}");
    assert_eq!(status(&story, meeting.number).await, "started");
    let (mut ada, welcome) = enter(&story, &meeting, "Ada", 0).await;
    let simulated = welcome["people"].as_array().unwrap().iter().filter(|one| one["simulated"] == true);
    assert_eq!(simulated.count(), 2);
    story.pass(3);
    assert_eq!(ada.hear_of("chat").await["text"], "bring somebody: http://x.test/");
    story.zoom.stop().await;
}

#[tokio::test]
async fn isolated_pages_of_other_origins_may_load_the_sdk_and_join() {
    let story = Story::begin().await;
    for file in ["6.2.0/zoom-meeting-6.2.0.min.js", "zoom-meeting-6.2.0.min.js", "6.2.0/lib/vendor/react.min.js"] {
        let answer = story.http.get(format!("{}/{file}", story.zoom.sdk_base())).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("access-control-allow-origin"), "*");
        assert_eq!(header("cross-origin-resource-policy"), "cross-origin");
        assert!(header("content-type").starts_with("text/javascript"));
        assert!(answer.text().await.unwrap().starts_with("// "));
    }
    let address = format!("{}/call/join", story.zoom.sdk_base());
    let preflight = story.http.request(reqwest::Method::OPTIONS, address).header("origin", "http://eroom.test");
    let answer = preflight.send().await.unwrap();
    assert_eq!(answer.status(), 204);
    assert_eq!(answer.headers()["access-control-allow-headers"], "content-type");
    story.zoom.stop().await;
}

#[tokio::test]
async fn join_and_start_links_lead_to_a_page_that_repeats_no_secret() {
    let story = Story::begin().await;
    let meeting = open(&story).await;
    let page = |address: String| {
        let http = story.http.clone();
        async move { http.get(address).send().await.unwrap() }
    };
    let join = page(meeting.join_url.clone()).await.text().await.unwrap();
    assert!(join.contains("Open studio") && !join.contains("Passcode"), "{join}");
    assert!(!join.contains(&meeting.passcode));
    let start = page(meeting.start_url.clone()).await;
    assert_eq!(start.headers()["referrer-policy"], "no-referrer");
    let start = start.text().await.unwrap();
    assert!(start.contains("Start as the host"), "{start}");
    let zak = meeting.start_url.split_once("zak=").unwrap().1;
    assert!(!start.contains(zak));
    let base = story.zoom.base();
    let without = page(format!("{base}/j/{}", meeting.number)).await.text().await.unwrap();
    assert!(without.contains("Passcode") && !without.contains("Open studio"), "{without}");
    let stale = page(format!("{base}/s/{}?zak=sbxold", meeting.number)).await.text().await.unwrap();
    assert!(stale.contains("not valid any more"), "{stale}");
    for nothing in ["12345", "99999999999", "abc", "-1"] {
        assert_eq!(page(format!("{base}/j/{nothing}")).await.status(), 404, "{nothing}");
    }
    let enter = |body: Value| send(story.http.post(format!("{base}/j/{}/enter", meeting.number)).json(&body));
    let (_, answer) = enter(json!({"userName": "Ada", "passWord": "nope"})).await;
    assert_eq!(answer["errorCode"], 3004);
    let (_, answer) = enter(json!({"userName": "Ada", "passWord": "hello1"})).await;
    let mut ada = Socket::open(&story, &answer["ticket"]).await;
    assert_eq!(ada.hear_of("welcome").await["topic"], "Open studio");
    story.zoom.stop().await;
}

#[tokio::test]
async fn every_route_of_calls_is_in_the_route_table() {
    let story = Story::begin().await;
    let paths: Vec<String> = story.zoom.routes().iter().map(|route: &RouteFacts| route.path.to_string()).collect();
    for path in ["/sdk/{*file}", "/sdk/call/join", "/sdk/call/socket", "/j/{id}", "/s/{id}", "/j/{id}/enter"] {
        assert!(paths.iter().any(|known| known == path), "{path} is missing from {paths:?}");
    }
    story.zoom.stop().await;
}

/// A meeting that `host` holds, and a key for starting it.
async fn held_by(story: &Story, host: &str, settings: Value) -> Meeting {
    let body = json!({"topic": "Theirs", "type": 2, "start_time": "2026-11-23T09:00:00Z", "password": "hello1", "settings": settings});
    let (status, made) = story.send("POST", &format!("/users/{host}/meetings"), body).await;
    assert_eq!(status, 201, "{made}");
    let (_, zak) = story.get(&format!("/users/{host}/token?type=zak")).await;
    let text = |name: &str| made[name].as_str().unwrap().to_owned();
    Meeting {
        number: made["id"].as_i64().unwrap(),
        passcode: "hello1".into(),
        zak: zak["token"].as_str().unwrap().to_owned(),
        start_url: text("start_url"),
        join_url: text("join_url"),
    }
}

#[tokio::test]
async fn a_licensed_host_has_two_calls_at_a_time_and_a_basic_one_has_one() {
    let story = Story::begin().await;
    for (host, most) in [("ada@northlight.example", 2), ("salma@northlight.example", 1)] {
        let mut sockets = Vec::new();
        for _ in 0..most {
            let meeting = held_by(&story, host, json!({})).await;
            sockets.push(enter(&story, &meeting, "Host", 1).await);
        }
        let meeting = held_by(&story, host, json!({"join_before_host": true})).await;
        for role in [0, 1] {
            let refused = join(&story, &request(&story, &meeting, "One more", role)).await;
            assert_eq!(refused["errorCode"], 1, "{host} {refused}");
            assert!(refused["errorMessage"].as_str().unwrap().contains("another meeting in progress"), "{refused}");
        }
        let (mut first, _) = sockets.pop().unwrap();
        first.say(json!({"type": "end"})).await;
        while first.hear().await != Value::Null {}
        assert_eq!(join(&story, &request(&story, &meeting, "Now", 1)).await["errorCode"], 0, "{host}");
    }
}

#[tokio::test]
async fn a_basic_hosts_call_ends_after_forty_minutes_and_a_licensed_hosts_goes_on() {
    let story = Story::begin().await;
    let basic = held_by(&story, "salma@northlight.example", json!({})).await;
    let licensed = held_by(&story, "yuki@northlight.example", json!({})).await;
    let (mut at_basic, _) = enter(&story, &basic, "Salma", 1).await;
    let (_at_licensed, _) = enter(&story, &licensed, "Yuki", 1).await;
    story.pass(40 * 60 - 1);
    assert_eq!(status(&story, basic.number).await, "started");
    story.pass(1);
    let closed = at_basic.hear_of("closed").await;
    assert_eq!(closed["reason"], "ended", "{closed}");
    story::until("the call has ended", || story.zoom.world().meeting(basic.number).unwrap().ended_at.is_some()).await;
    assert_eq!(status(&story, basic.number).await, "waiting");
    assert_eq!(status(&story, licensed.number).await, "started");
}

#[tokio::test]
async fn a_personal_meeting_id_leads_to_what_is_held_under_it_and_else_to_the_room_itself() {
    let story = Story::begin().await;
    let pmi = story.zoom.world().person("me").unwrap().pmi;
    let held = meeting(&story, json!({"use_pmi": true, "join_before_host": true})).await;
    assert!(held.join_url.contains(&format!("/j/{pmi}")), "{}", held.join_url);
    let called = Meeting { number: pmi, ..held };
    let (mut host, _) = enter(&story, &called, "Ada", 1).await;
    assert_eq!(status(&story, held.number).await, "started");
    host.say(json!({"type": "end"})).await;
    while host.hear().await != Value::Null {}
    story.pass(2 * 24 * 3600);
    let (_, zak) = story.get("/users/me").await;
    assert_eq!(zak["code"], 124, "the token is old");
    let mut story = story;
    story.sign_in().await;
    let (_, room) = story.get(&format!("/meetings/{pmi}")).await;
    let (_, zak) = story.get("/users/me/token?type=zak").await;
    let zak = zak["token"].as_str().unwrap().to_owned();
    let passcode = room["password"].as_str().unwrap().to_owned();
    let room = Meeting { passcode, zak, ..called };
    let (_host, _) = enter(&story, &room, "Ada", 1).await;
    assert_eq!(status(&story, pmi).await, "started");
    let (_, list) = story.get("/users/me/meetings?type=live").await;
    assert_eq!(list["meetings"][0]["id"], json!(pmi));
}

/// The `tk` of a link.
fn token_of(link: &Value) -> String {
    let url = reqwest::Url::parse(link.as_str().unwrap()).unwrap();
    url.query_pairs().find(|(name, _)| name == "tk").map(|(_, value)| value.into_owned()).unwrap()
}

#[tokio::test]
async fn where_people_register_only_an_approved_link_lets_in_and_says_who_comes() {
    let scopes = zoom_spec::operations().iter().flat_map(|operation| operation.granular.iter().copied());
    let story = Story::with(story::builder().scopes(scopes.map(str::to_owned)).unlimited()).await;
    let held = meeting(&story, json!({"join_before_host": true, "approval_type": 1})).await;
    let registrants = format!("/meetings/{}/registrants", held.number);
    let jill = json!({"first_name": "Jill", "last_name": "Chill", "email": "jill@guests.example"});
    let (_, made) = story.send("POST", &registrants, jill).await;
    let with = |token: &str, name: &str| {
        let mut sent = request(&story, &held, name, 0);
        sent["tk"] = json!(token);
        sent
    };
    assert_eq!(join(&story, &request(&story, &held, "Nobody", 0)).await["errorCode"], 3099);
    let id = made["registrant_id"].as_str().unwrap().to_owned();
    let decide = |action: &'static str| {
        let body = json!({"action": action, "registrants": [{"id": id, "email": "jill@guests.example"}]});
        let path = format!("{registrants}/status");
        let story = &story;
        async move { assert_eq!(story.send("PUT", &path, body).await.0, 204) }
    };
    decide("approve").await;
    let (_, list) = story.get(&registrants).await;
    let token = token_of(&list["registrants"][0]["join_url"]);
    assert_eq!(join(&story, &with("sbxmadeup", "Jill")).await["errorCode"], 3265);
    let elsewhere = meeting(&story, json!({"join_before_host": true})).await;
    let mut wrong = request(&story, &elsewhere, "Jill", 0);
    wrong["tk"] = json!(token);
    assert_eq!(join(&story, &wrong).await["errorCode"], 3265, "another meeting's link");
    let mut without_passcode = with(&token, "");
    without_passcode["passWord"] = json!("");
    assert_eq!(join(&story, &without_passcode).await["errorCode"], 3004);

    let answer = join(&story, &with(&token, "")).await;
    let mut socket = Socket::open(&story, &answer["ticket"]).await;
    let welcome = socket.hear_of("welcome").await;
    assert_eq!(welcome["people"][0]["name"], "Jill Chill", "the name they registered with");
    socket.say(json!({"type": "leave"})).await;
    while socket.hear().await != Value::Null {}
    let (_, past) = story.get(&format!("/past_meetings/{}/participants", held.number)).await;
    assert_eq!(past["participants"][0]["registrant_id"], json!(id));
    assert_eq!(join(&story, &request(&story, &held, "Ada", 1)).await["errorCode"], 0, "the host needs no link");
    decide("cancel").await;
    story.pass(180);
    assert_eq!(join(&story, &with(&token, "Jill")).await["errorCode"], 3265, "taken back");
}

#[tokio::test]
async fn an_invite_link_names_who_comes_until_it_ends() {
    let story = Story::begin().await;
    let held = meeting(&story, json!({"join_before_host": true})).await;
    let wish = json!({"attendees": [{"name": "Zoë Brandt"}], "ttl": 600});
    let (status, made) = story.send("POST", &format!("/meetings/{}/invite_links", held.number), wish).await;
    assert_eq!(status, 201, "{made}");
    let link = &made["attendees"][0]["join_url"];
    let mut sent = request(&story, &held, "Somebody else", 0);
    sent["tk"] = json!(token_of(link));
    let page = story.http.get(link.as_str().unwrap()).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("value=\"Zoë Brandt\" readonly"), "{page}");
    let answer = join(&story, &sent).await;
    let mut socket = Socket::open(&story, &answer["ticket"]).await;
    assert_eq!(socket.hear_of("welcome").await["people"][0]["name"], "Zoë Brandt");
    story.pass(600);
    assert_eq!(join(&story, &sent).await["errorCode"], 3265);
    let page = story.http.get(link.as_str().unwrap()).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("This personal link is not valid"), "{page}");
}
