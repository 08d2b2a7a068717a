//! A call as its two browsers hear it: the host starts the room, a visitor comes in, and every frame that the stand-in
//! sends to either is kept.

use std::time::Duration;

use e2e::{Client, Site, canary::Canaries, client::Answer};
use futures_util::{SinkExt as _, StreamExt as _};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

/// How long a frame that must come may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long nothing comes when everything has come.
const QUIET: Duration = Duration::from_millis(700);

/// What one person's browser was given, and its line into the call.
pub(crate) struct Inside {
    pub(crate) who: &'static str,
    /// What led to the call's page: the answer with the cookie.
    pub(crate) entered: Answer,
    /// What the site handed to the SDK.
    pub(crate) packet: Answer,
    /// What the SDK sent to join, and what it was answered.
    pub(crate) joining: String,
    pub(crate) joined: Answer,
    /// Everything that came over the socket.
    pub(crate) heard: Vec<String>,
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Inside {
    /// The owner starts the room in their browser.
    pub(crate) async fn host(site: &Site, owner: &Client, room: &str) -> Self {
        let path = format!("/admin/rooms/{room}/start");
        let request = owner.request(Method::POST, &path).form(&[("confirmed", "yes")]);
        Self::enter(site, "host", request).await
    }

    /// A visitor joins from the green room.
    pub(crate) async fn visitor(site: &Site, slug: &str) -> Self {
        let request = site.visitor().unwrap().request(Method::POST, &format!("/r/{slug}/join"));
        Self::enter(site, "visitor", request.form(&[("name", "Walker")])).await
    }

    async fn enter(site: &Site, who: &'static str, request: reqwest::RequestBuilder) -> Self {
        let visitor = site.visitor().unwrap();
        let entered = visitor.send(request.header("origin", site.base())).await.unwrap();
        let cookie = entered.header("set-cookie").and_then(|cookie| cookie.split(';').next());
        let cookie = cookie.unwrap_or_else(|| panic!("the {who} was answered {}: {}", entered.status, entered.text()));
        let (page, query) = entered.header("location").and_then(|to| to.split_once('?')).unwrap();
        let entry = query.split('&').find_map(|pair| pair.strip_prefix("entry=")).unwrap().to_owned();
        let packet = visitor.with_cookie(cookie).request(Method::POST, &format!("{page}/packet"));
        let packet = visitor.send(packet.header("origin", site.base()).form(&[("entry", entry)])).await.unwrap();
        let given = packet.json().unwrap();
        let sdk = Client::new(given["sdkBase"].as_str().unwrap()).unwrap();
        let joining = packet.text();
        let joined = sdk.send(sdk.request(Method::POST, "/call/join").json(&given)).await.unwrap();
        let answer = joined.json().unwrap();
        assert_eq!(answer["errorCode"], 0, "the {who} could not join: {answer}");
        let address = format!("{}/call/socket", given["sdkBase"].as_str().unwrap()).replacen("http", "ws", 1);
        let (socket, _) = connect_async(address).await.unwrap();
        let mut inside = Self { who, entered, packet, joining, joined, heard: Vec::new(), socket };
        inside.say(json!({ "type": "hello", "ticket": answer["ticket"] })).await;
        inside.wait_for("welcome").await;
        inside
    }

    /// Says one of everything that goes to the others. `other` is somebody's number in the call.
    pub(crate) async fn say_everything(&mut self, other: &Value, line: &str) {
        self.say(json!({ "type": "media", "muted": false, "video": true })).await;
        self.say(json!({ "type": "hand", "up": true })).await;
        self.say(json!({ "type": "chat", "text": line })).await;
        self.say(json!({ "type": "signal", "to": other, "data": { "description": { "type": "offer" } } })).await;
    }

    /// What the host may do besides; the visitor is out at the end.
    pub(crate) async fn rule(&mut self, guest: &Value) {
        for kind in ["mute", "askUnmute"] {
            self.say(json!({ "type": kind, "id": guest })).await;
        }
        for locked in [true, false] {
            self.say(json!({ "type": "lock", "locked": locked })).await;
        }
        self.say(json!({ "type": "end" })).await;
    }

    /// One's own number in the call.
    pub(crate) fn number(&self) -> Value {
        let welcome = self.heard.iter().map(|frame| serde_json::from_str::<Value>(frame).unwrap());
        welcome.into_iter().find(|frame| frame["type"] == "welcome").unwrap()["me"].clone()
    }

    /// Waits for a kind of frame.
    pub(crate) async fn wait_for(&mut self, kind: &str) {
        while !self.heard.last().is_some_and(|frame| frame.contains(&format!("\"type\":\"{kind}\""))) {
            let heard = timeout(PATIENCE, self.hear()).await;
            assert_eq!(heard, Ok(true), "the {} never heard {kind}, but {:?}", self.who, self.heard);
        }
    }

    /// Takes in what still comes.
    pub(crate) async fn listen(&mut self) {
        while timeout(QUIET, self.hear()).await == Ok(true) {}
    }

    /// What only this browser may hold: nobody else is to hear it, and nothing is to keep it.
    pub(crate) fn add_secrets_to(&self, canaries: &mut Canaries) {
        let (packet, joined) = (self.packet.json().unwrap(), self.joined.json().unwrap());
        let mut add =
            |name: &str, secret: Option<&str>| canaries.add(&format!("{}'s {name}", self.who), secret.unwrap());
        add("signature", packet["signature"].as_str());
        add("ticket", joined["ticket"].as_str());
        add("grant", self.entered.header("set-cookie").and_then(|line| line.split(';').next()?.split('=').nth(1)));
        if self.who == "host" {
            add("ZAK", packet["zak"].as_str());
        } else {
            assert!(packet.get("zak").is_none(), "a visitor was given a ZAK");
        }
    }

    async fn say(&mut self, message: Value) {
        self.socket.send(Message::Text(message.to_string().into())).await.unwrap();
    }

    /// Keeps the next frame; false once the socket has closed.
    async fn hear(&mut self) -> bool {
        match self.socket.next().await {
            Some(Ok(Message::Text(text))) => self.heard.push(text.to_string()),
            Some(Ok(Message::Binary(bytes))) => self.heard.push(String::from_utf8_lossy(&bytes).into_owned()),
            Some(Ok(Message::Close(_)) | Err(_)) | None => return false,
            Some(Ok(_)) => {}
        }
        true
    }
}
