//! A sandbox with a few meetings, and on another port somebody else's page that joins them as a Client View page does
//! (isolated, other origin). Prints the addresses and numbers as one line of JSON and runs until Ctrl-C.
//!
//! `cargo run -p zoom-sandbox --example call`, then open `{page}/?number=…&role=0|1&name=…`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "an example stops loudly and talks to its terminal"
)]

#[path = "../tests/signer/mod.rs"]
mod signer;

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::Query,
    http::HeaderName,
    response::{Html, IntoResponse},
    routing::get,
};
use clock::{Clock as _, SteeredClock, SystemClock};
use serde::Deserialize;
use serde_json::{Value, json};
use zoom_sandbox::{Sandbox, SandboxHandle};

#[derive(Deserialize)]
struct Wanted {
    number: i64,
    role: u8,
    #[serde(default)]
    wrong: bool,
}

#[tokio::main]
async fn main() {
    rustls::crypto::ring::default_provider().install_default().ok();
    let zoom = Arc::new(Sandbox::builder().clock(Arc::new(SteeredClock::running())).start().await.unwrap());
    let page = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let page_address = format!("http://{}", page.local_addr().unwrap());
    let api = Api::sign_in(&zoom).await;
    let early = json!({"join_before_host": true});
    let meetings = json!({
        "open": api.make("meetings", "Kitchen Spanish, week 3", &early).await,
        // Somebody else's, who starts no other: a host has two calls at a time.
        "simulated": api.make_for("lucia@northlight.example", "meetings", "Open studio: say hello", &early).await,
        "waiting": api.make("meetings", "Thesis clinic", &json!({"waiting_room": true})).await,
        "held": api.make("meetings", "朝のヨガ", &json!({"mute_upon_entry": true})).await,
        "webinar": api.make("webinars", "Ask an architect", &json!({})).await,
    });
    let number = meetings["simulated"]["id"].as_i64().unwrap();
    let text = format!("Open this link in a second tab and bring a real person: {page_address}/?number={number}");
    zoom.simulate_with_chat(number, &["Amara Obi".to_owned(), "Jonas Lind".to_owned()], Some(text)).unwrap();
    println!("{}", json!({"sandbox": zoom.base(), "page": page_address, "meetings": meetings}));
    let elsewhere = elsewhere(&zoom, api.zak().await);
    tokio::select! {
        served = axum::serve(page, elsewhere).into_future() => served.unwrap(),
        _ = tokio::signal::ctrl_c() => {}
    }
}

/// A client of the sandbox's API, on behalf of somebody who may hold webinars too.
struct Api {
    http: reqwest::Client,
    host: String,
    base: String,
    token: String,
}

impl Api {
    async fn sign_in(zoom: &SandboxHandle) -> Self {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let held = zoom.credentials();
        let form = [("grant_type", "account_credentials"), ("account_id", &held.account_id)];
        let request = http.post(zoom.oauth()).basic_auth(&held.client_id, Some(&held.client_secret)).form(&form);
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        let host = zoom.world().people().into_iter().find(|person| person.webinar).unwrap().email;
        Self { http, host, base: zoom.api(), token: answer["access_token"].as_str().unwrap().to_owned() }
    }

    async fn make(&self, what: &str, topic: &str, settings: &Value) -> Value {
        self.make_for(&self.host, what, topic, settings).await
    }

    async fn make_for(&self, host: &str, what: &str, topic: &str, settings: &Value) -> Value {
        let body = json!({"topic": topic, "password": "abc123", "duration": 60, "settings": settings});
        let request = self.http.post(format!("{}/users/{host}/{what}", self.base)).bearer_auth(&self.token).json(&body);
        let made: Value = request.send().await.unwrap().json().await.unwrap();
        json!({"id": made["id"], "join_url": made["join_url"], "start_url": made["start_url"]})
    }

    async fn zak(&self) -> String {
        let request =
            self.http.get(format!("{}/users/{}/token?type=zak", self.base, self.host)).bearer_auth(&self.token);
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        answer["token"].as_str().unwrap().to_owned()
    }
}

/// Somebody else's server: a join page and its signing endpoint.
#[expect(clippy::disallowed_methods, reason = "the page of somebody else has no route table")]
fn elsewhere(zoom: &SandboxHandle, zak: String) -> Router {
    let page = include_str!("call.html").replace("SANDBOX", zoom.base());
    let held = zoom.credentials();
    let isolated = [
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-embedder-policy"), "require-corp"),
    ];
    let signature = |Query(wanted): Query<Wanted>| async move {
        let secret = if wanted.wrong { "another secret" } else { &held.sdk_secret };
        let signature = signer::sign(&held.sdk_key, secret, wanted.number, wanted.role, SystemClock.now());
        Json(json!({"signature": signature, "zak": if wanted.role == 1 { zak } else { String::new() }}))
    };
    Router::new()
        .route("/", get(move || async move { (isolated, Html(page)).into_response() }))
        .route("/signature", get(signature))
}
