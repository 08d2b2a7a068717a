//! A person in a call, for stories of what is left of it: one who comes by the sandbox's own page.

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

use crate::story::{Story, send};

pub(crate) struct Seat(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Seat {
    /// Whoever follows the join link.
    pub(crate) async fn guest(story: &Story, meeting: &Value, name: &str, email: &str) -> Self {
        Self::take(story, meeting, json!({ "userName": name, "userEmail": email, "passWord": meeting["password"] }))
            .await
    }

    /// Whoever follows the link that a registrant was given.
    pub(crate) async fn registrant(story: &Story, meeting: &Value, name: &str, registered: &Value) -> Self {
        let link = registered["join_url"].as_str().unwrap();
        let token = link.split_once("tk=").unwrap().1.split('&').next().unwrap();
        let email = "came@guests.example";
        let body = json!({ "userName": name, "userEmail": email, "passWord": meeting["password"], "tk": token });
        Self::take(story, meeting, body).await
    }

    /// Whoever follows the start link.
    pub(crate) async fn host(story: &Story, meeting: &Value) -> Self {
        let zak = meeting["start_url"].as_str().unwrap().split_once("zak=").unwrap().1;
        Self::take(story, meeting, json!({ "zak": zak })).await
    }

    async fn take(story: &Story, meeting: &Value, body: Value) -> Self {
        let base = story.zoom.base();
        let (_, answer) = send(story.http.post(format!("{base}/j/{}/enter", meeting["id"])).json(&body)).await;
        assert_eq!(answer["errorCode"], 0, "{answer}");
        let address = format!("{base}/sdk/call/socket").replace("http:", "ws:");
        let mut seat = Self(connect_async(address).await.unwrap().0);
        seat.say(json!({ "type": "hello", "ticket": answer["ticket"] })).await;
        seat.hear_of("welcome").await;
        seat
    }

    pub(crate) async fn say(&mut self, message: Value) {
        self.0.send(Message::Text(message.to_string().into())).await.unwrap();
    }

    /// The next message of this kind.
    pub(crate) async fn hear_of(&mut self, kind: &str) -> Value {
        loop {
            let heard = self.0.next().await.and_then(Result::ok);
            assert!(heard.is_some(), "the socket closed before {kind}");
            let message = heard.unwrap();
            if let Message::Text(text) = message {
                let message: Value = serde_json::from_str(&text).unwrap();
                if message["type"] == kind {
                    return message;
                }
            }
        }
    }

    pub(crate) async fn leave(mut self) {
        self.say(json!({ "type": "leave" })).await;
        self.hear_of("closed").await;
    }
}
