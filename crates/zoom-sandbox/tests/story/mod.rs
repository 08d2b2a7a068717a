//! A sandbox and a plain HTTP client beside it: what every story begins with.

#![allow(dead_code, reason = "each test binary uses its own part of the helpers")]

use std::sync::Arc;

use clock::{SteeredClock, Timestamp};
use jiff::SignedDuration;
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::Value;
use zoom_sandbox::{Builder, Sandbox, SandboxHandle};

/// Monday, 23 November 2026, 09:00 UTC.
pub(crate) const START: i64 = 1_795_424_400;

pub(crate) struct Story {
    pub(crate) zoom: SandboxHandle,
    pub(crate) http: Client,
    pub(crate) token: String,
}

pub(crate) fn http() -> Client {
    rustls::crypto::ring::default_provider().install_default().ok();
    Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

/// A builder with a still clock at [`START`] and fixed randomness.
pub(crate) fn builder() -> Builder {
    let clock = SteeredClock::still_at(Timestamp::from_second(START).unwrap());
    Sandbox::builder().clock(Arc::new(clock)).seed(7)
}

impl Story {
    pub(crate) async fn begin() -> Self {
        Self::with(builder()).await
    }

    pub(crate) async fn with(builder: Builder) -> Self {
        let zoom = builder.start().await.unwrap();
        let mut story = Self { zoom, http: http(), token: String::new() };
        story.sign_in().await;
        story
    }

    /// Gets a token as clients do: form body, Basic.
    pub(crate) async fn sign_in(&mut self) {
        let held = self.zoom.credentials();
        let form = [("grant_type", "account_credentials"), ("account_id", &held.account_id)];
        let request =
            self.http.post(self.zoom.oauth()).basic_auth(&held.client_id, Some(&held.client_secret)).form(&form);
        let (status, body) = send(request).await;
        assert_eq!(status, 200, "{body}");
        body["access_token"].as_str().unwrap().clone_into(&mut self.token);
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        self.http.request(method, format!("{}{path}", self.zoom.api())).bearer_auth(&self.token)
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        send(self.request("GET", path)).await
    }

    pub(crate) async fn send(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        send(self.request(method, path).json(&body)).await
    }

    /// A scheduled meeting of Ada's, an hour from now.
    pub(crate) async fn meeting(&self, topic: &str) -> Value {
        let body =
            serde_json::json!({ "topic": topic, "type": 2, "start_time": "2026-11-23T10:00:00Z", "duration": 45 });
        let (status, made) = self.send("POST", "/users/me/meetings", body).await;
        assert_eq!(status, 201, "{made}");
        made
    }

    pub(crate) async fn control(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        send(self.http.request(method, format!("{}/sandbox/v1{path}", self.zoom.base())).json(&body)).await
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.zoom.clock().advance(SignedDuration::from_secs(seconds));
    }
}

/// Waits until `is_so`; five seconds of the machine's time are taken as never.
pub(crate) async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let wait = async {
        while !is_so() {
            tokio::task::yield_now().await;
        }
    };
    assert!(tokio::time::timeout(std::time::Duration::from_secs(5), wait).await.is_ok(), "never: {what}");
}

/// Status and JSON body; null where there is none.
pub(crate) async fn send(request: RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    let status: StatusCode = response.status();
    let bytes = response.bytes().await.unwrap();
    let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap_or(Value::Null) };
    (status.as_u16(), body)
}

/// How many cases a property is tried with: `few`, unless whoever runs the tests asks for more.
pub(crate) fn cases(few: usize) -> usize {
    #[expect(clippy::disallowed_methods, reason = "how many cases is for who runs the tests to say")]
    std::env::var("EROOM_PROPERTY_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(few)
}
