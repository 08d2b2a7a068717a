//! A sandbox whose app may do everything, for the console and for calls beside it.

use std::sync::Arc;

use serde_json::Value;
use service::console::{ConsoleAnswer, ConsoleCall, ConsoleOperation, Filled, Form, fill, operations, shapes};
use zoom_sandbox::Sandbox;
use zoom_spec::{Level, Method, Operation, Place};

use super::{
    entry::Way,
    things::{Stage, Things, plain},
    way::way_of,
};
use crate::house::House;

pub(super) struct Scene {
    pub(super) house: House,
    pub(super) http: reqwest::Client,
    token: String,
}

pub(super) fn one(key: &str) -> &'static ConsoleOperation {
    operations().iter().find(|one| one.key == key).unwrap_or_else(|| panic!("no operation {key}"))
}

impl Scene {
    pub(super) async fn on(engine: store::Engine) -> Option<Self> {
        let all = zoom_spec::operations().iter();
        let scopes: Vec<&str> = all.flat_map(|one| one.granular.iter().chain(one.classic)).copied().collect();
        let start = |clock: &Arc<clock::SteeredClock>| {
            Sandbox::builder().seed(7).clock(Arc::clone(clock)).scopes(scopes).unlimited()
        };
        let house = House::over(engine, start).await?;
        house.asks_freely();
        house.clock.set("2026-11-23T12:00:00Z".parse().unwrap());
        let saved = house.service.put_connection(&house.owner, None, house.credentials()).await.unwrap();
        assert!(saved.saved, "{:?}", saved.report);
        let credentials = house.sandbox.credentials();
        let http = zoom_client::local_http_client().unwrap();
        let mut scene = Self { house, http, token: String::new() };
        let (account, id, secret) = (credentials.account_id, credentials.client_id, credentials.client_secret);
        scene.token = scene.mint(&account, &id, &secret).await;
        Some(scene)
    }

    /// An access token of an app.
    pub(super) async fn mint(&self, account: &str, id: &str, secret: &str) -> String {
        let form = [("grant_type", "account_credentials"), ("account_id", account)];
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let ask = self.http.post(self.house.sandbox.oauth()).basic_auth(id, Some(secret));
        let ask = ask.header("content-type", "application/x-www-form-urlencoded").body(body);
        let told: Value = serde_json::from_slice(&ask.send().await.unwrap().bytes().await.unwrap()).unwrap();
        told["access_token"].as_str().unwrap().to_owned()
    }

    pub(super) fn things<'a>(&'a self, of: &'static Operation, way: &'a Way) -> Things<'a, Self> {
        Things::of(self, of, way)
    }

    /// A call that the console knows nothing of.
    pub(super) async fn send(&self, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        self.send_with(&self.token, method, path, body).await
    }

    async fn send_with(&self, token: &str, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        let url = match path.strip_prefix("/sandbox/v1") {
            Some(_) => format!("{}{path}", self.house.sandbox.base()),
            None => format!("{}{path}", self.house.sandbox.api()),
        };
        let request = self.http.request(method.parse().unwrap(), url).bearer_auth(token);
        let request = match body {
            Some(body) => request.header("content-type", "application/json").body(body.to_string()),
            None => request,
        };
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        (status, serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap_or_default())
    }

    /// Everything the sandbox remembers, but who called when.
    pub(super) fn memory(&self) -> Value {
        let document: Value = serde_json::from_slice(&self.house.sandbox.snapshot().to_json().unwrap()).unwrap();
        document["state"].clone()
    }

    /// Runs an operation through the console, confirmed.
    pub(super) async fn run(&self, key: &str, filled: Filled) -> service::Result<ConsoleAnswer> {
        let password = Some(self.house.password.into());
        let call = ConsoleCall { connection: None, operation: one(key), filled, confirmed: true, password };
        self.house.service.console_run(&self.house.owner, call).await
    }
}

/// The owner of a house who fills a form: the fields by their names, and the body as a whole.
pub(super) fn filled(key: &str, typed: &[(String, String)], json: &str) -> Filled {
    let form = Form::of(one(key).operation, shapes(one(key).operation).first().copied());
    let texts = |name: &str| match name {
        "json" => vec![json],
        _ => typed.iter().filter(|(one, _)| *one == name).map(|(_, text)| text.as_str()).collect(),
    };
    fill(&form, texts).unwrap_or_else(|wrong| panic!("{key}: {wrong:?}"))
}

/// An operation of the console as somebody fills it in: its parameters in the form, its body as a whole.
pub(super) async fn filled_with(things: &mut Things<'_, Scene>, key: &str) -> Filled {
    let operation = one(key).operation;
    let way = way_of(operation);
    things.prepare(way).await;
    let mut typed = Vec::new();
    for field in operation.fields().iter().filter(|field| field.place == Place::Path) {
        typed.push((format!("path.{}", field.path), plain(&things.get(&field.path).await)));
    }
    for (name, value) in things.query_of(operation, way).await {
        typed.push((format!("query.{name}"), value));
    }
    let body = things.body_of(operation, way).await;
    filled(key, &typed, &body.map(|body| body.to_string()).unwrap_or_default())
}

impl Stage for Scene {
    async fn known(&self, name: &str, level: Level) -> Option<Value> {
        let is_own = (name, level) == ("accountId", Level::Account);
        is_own.then(|| self.house.sandbox.credentials().account_id.into())
    }

    async fn call(&self, method: Method, path: &str, body: Option<&Value>, token: Option<&str>) -> (u16, Value) {
        self.send_with(token.unwrap_or(&self.token), method.as_str(), path, body).await
    }

    async fn token_below(&self, account: &str, scope: &str) -> String {
        super::below::token(self, account, scope).await
    }
}
