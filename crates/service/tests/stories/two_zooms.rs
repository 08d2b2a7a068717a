//! Two Zoom accounts behind one address, as there are many behind Zoom's own: a token, and the app it was bought for, say
//! which account is meant.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::State,
    http::{Request, Response, header},
};
use service::ConnectionDraft;
use store::Engine;
use zoom_sandbox::{Sandbox, SandboxHandle};

use crate::house::{House, credentials_of, noon};

/// A house with its account connected, and a second account that can be.
pub(crate) struct TwoZooms {
    pub(crate) house: House,
    pub(crate) other: SandboxHandle,
}

impl TwoZooms {
    pub(crate) async fn on(engine: Engine) -> Option<Self> {
        let clock = noon();
        let start = |seed| Sandbox::builder().seed(seed).clock(Arc::clone(&clock)).start();
        let (first, other) = (start(7).await.unwrap(), start(8).await.unwrap());
        let base = in_front_of(&first, &other).await;
        let places = [format!("{base}/oauth/token"), format!("{base}/v2")];
        let house = House::speaking_to(engine, clock, first, [&places[0], &places[1]]).await?;
        let saved = house.service.put_connection(&house.owner, None, house.credentials()).await.unwrap();
        assert!(saved.saved, "{:?}", saved.report);
        Some(Self { house, other })
    }

    pub(crate) fn others_credentials(&self) -> ConnectionDraft {
        credentials_of(&self.other)
    }

    /// Connects the second account.
    pub(crate) async fn connect_other(&self) -> model::ConnectionId {
        let id = self.house.service.fresh_connection(&self.house.owner).unwrap();
        let draft = self.others_credentials();
        let saved = self.house.service.put_connection(&self.house.owner, Some(id), draft).await.unwrap();
        assert!(saved.saved, "{:?}", saved.report);
        id
    }
}

struct Front {
    http: reqwest::Client,
    first: String,
    other: String,
    /// How the second account's apps sign in, and its tokens.
    others: Mutex<HashSet<String>>,
}

async fn in_front_of(first: &SandboxHandle, other: &SandboxHandle) -> String {
    let base = |sandbox: &SandboxHandle| sandbox.api().trim_end_matches("/v2").to_owned();
    let c = other.credentials();
    let basic = |id: &str, secret: &str| {
        use base64::Engine as _;
        format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(format!("{id}:{secret}")))
    };
    let others = [basic(&c.client_id, &c.client_secret), basic(&c.sdk_key, &c.sdk_secret)];
    let others = Mutex::new(HashSet::from(others));
    let http = zoom_client::local_http_client().unwrap();
    let front = Arc::new(Front { http, first: base(first), other: base(other), others });
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = Router::new().fallback(pass_on).with_state(front);
    tokio_util::task::TaskTracker::new().spawn(async move { axum::serve(listener, app).await.unwrap() });
    format!("http://{address}")
}

async fn pass_on(State(front): State<Arc<Front>>, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let key = parts.headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap().to_owned());
    let is_others = key.is_some_and(|key| front.others.lock().unwrap().contains(&key));
    let base = if is_others { &front.other } else { &front.first };
    let url = format!("{base}{}", parts.uri);
    let mut headers = parts.headers;
    headers.remove(header::HOST);
    let sent = front.http.request(parts.method, url).headers(headers).body(to_bytes(body, usize::MAX).await.unwrap());
    let Ok(answer) = sent.send().await else {
        return Response::builder().status(502).body(Body::empty()).unwrap();
    };
    let mut passed = Response::builder().status(answer.status());
    for (name, value) in answer.headers() {
        if name != header::TRANSFER_ENCODING {
            passed = passed.header(name, value);
        }
    }
    let bytes = answer.bytes().await.unwrap();
    let token = serde_json::from_slice::<serde_json::Value>(&bytes).ok();
    if let Some(token) = token.as_ref().and_then(|json| json["access_token"].as_str()).filter(|_| is_others) {
        front.others.lock().unwrap().insert(format!("Bearer {token}"));
    }
    passed.body(Body::from(bytes)).unwrap()
}
