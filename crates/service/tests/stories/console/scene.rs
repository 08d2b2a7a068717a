//! A sandbox whose app may do everything, and the things that a call speaks of: made by Zoom's own operations, beside the
//! console.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::Value;
use service::console::{ConsoleAnswer, ConsoleCall, ConsoleOperation, Filled, Form, fill, operations, shapes};
use zoom_sandbox::Sandbox;
use zoom_spec::{Level, Method, Operation, Place, find, operation, operation_at};

use super::body::{TABLE, Thing, Way, plain, sample, way_of, whole};
use crate::house::House;

pub(super) struct Scene {
    pub(super) house: House,
    pub(super) http: reqwest::Client,
    token: String,
}

/// The things of one call, by the name they have in paths.
pub(super) struct Things<'a> {
    scene: &'a Scene,
    level: Level,
    path: &'static str,
    swapped: &'a BTreeMap<String, String>,
    made: BTreeMap<String, Value>,
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

    pub(super) fn things<'a>(&'a self, of: &'static Operation, way: &'a Way) -> Things<'a> {
        Things { scene: self, level: of.level, path: of.path, swapped: &way.things, made: BTreeMap::new() }
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
        let call = ConsoleCall { operation: one(key), filled, confirmed: true, password };
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

impl Things<'_> {
    pub(super) async fn get(&mut self, name: &str) -> Value {
        let name = self.swapped.get(name).map_or(name, String::as_str);
        if let Some(made) = self.made.get(name) {
            return made.clone();
        }
        let made = match (name, self.level) {
            ("accountId", Level::Account) => Value::from(self.scene.house.sandbox.credentials().account_id),
            _ => self.make(name).await,
        };
        self.made.insert(name.to_owned(), made.clone());
        made
    }

    async fn make(&mut self, name: &str) -> Value {
        let of_webinars = self.path.contains("webinarId").then(|| format!("webinar.{name}"));
        let below = (self.level == Level::Master).then(|| format!("master.{name}"));
        let mut names = below.into_iter().chain(of_webinars).chain([name.to_owned()]);
        let thing = names.find_map(|name| TABLE.things.get(&name));
        let (by, take, way) = match thing.unwrap_or_else(|| panic!("nobody says how to get {name}")) {
            Thing::Known { is } => return is.clone(),
            Thing::Made { by, take, way } => (by, take, way),
        };
        let by = operation_at(self.level, by).or_else(|| operation(by)).unwrap();
        let outer = self.swapped;
        if !way.things.is_empty() {
            self.swapped = &way.things;
        }
        Box::pin(self.prepare(way)).await;
        let path = self.path_of(by, way).await;
        let body = self.body_of(by, way).await;
        let (status, answer) = self.scene.send(by.method.as_str(), &path, body.as_ref()).await;
        assert!(by.answers.contains(&status), "{name} was not made: {} {status} {answer}", by.id);
        let taken = answer.pointer(take).unwrap_or(&Value::Null).clone();
        self.made.insert(name.to_owned(), taken.clone());
        Box::pin(self.do_all(&way.after)).await;
        self.swapped = outer;
        taken
    }

    pub(super) async fn prepare(&mut self, way: &Way) {
        for name in &way.needs {
            self.get(name).await;
        }
        self.do_all(&way.before).await;
    }

    async fn do_all(&mut self, calls: &[(String, String, Value)]) {
        for (method, path, body) in calls {
            let twin = format!("/accounts/{{accountId}}{path}");
            let known = Method::from_word(method).unwrap();
            let is_below = self.level == Level::Master && find(known, path).is_some();
            let has_twin = is_below && find(known, &twin).is_some();
            let token =
                if is_below && !has_twin { self.token_below(known, path).await } else { self.scene.token.clone() };
            let path = self.fill_text(if has_twin { &twin } else { path }).await;
            let body = self.fill(body).await;
            let (status, answer) = self.scene.send_with(&token, method, &path, Some(&body)).await;
            assert!(status < 300, "before {}: {method} {path}: {status} {answer}", self.path);
        }
    }

    /// A token of an app in the account below.
    async fn token_below(&mut self, method: Method, path: &str) -> String {
        let account = plain(&self.get("accountId").await);
        let scopes = find(method, path).unwrap().0.granular;
        let scope = scopes.iter().find(|scope| scope.ends_with(":admin")).unwrap();
        super::below::token(self.scene, &account, scope).await
    }

    /// The path with its things, and the query's pairs.
    pub(super) async fn path_of(&mut self, operation: &Operation, way: &Way) -> String {
        let path = self.fill_text(operation.path).await;
        let pairs = self.query_of(operation, way).await;
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        if query.is_empty() { path } else { format!("{path}?{query}") }
    }

    pub(super) async fn query_of(&mut self, operation: &Operation, way: &Way) -> BTreeMap<String, String> {
        let mut query = BTreeMap::new();
        for field in operation.fields().iter().filter(|field| field.place == Place::Query && field.required) {
            query.insert(field.path.to_string(), plain(&sample(field)));
        }
        for (name, value) in &way.query {
            query.insert(name.clone(), self.fill_text(value).await);
        }
        query
    }

    pub(super) async fn body_of(&mut self, operation: &Operation, way: &Way) -> Option<Value> {
        operation.fields().iter().find(|field| field.place == Place::Body)?;
        let mut instead = Vec::new();
        for (path, value) in &way.body {
            instead.push((path.clone(), Box::pin(self.fill(value)).await));
        }
        Some(whole(operation, instead.into_iter()))
    }

    async fn fill(&mut self, value: &Value) -> Value {
        match value {
            Value::String(text) => match text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
                Some(name) if !name.contains('{') => Box::pin(self.get(name)).await,
                _ => Value::from(self.fill_text(text).await),
            },
            Value::Array(items) => {
                let mut filled = Vec::new();
                for item in items {
                    filled.push(Box::pin(self.fill(item)).await);
                }
                filled.into()
            }
            Value::Object(members) => {
                let mut filled = serde_json::Map::new();
                for (name, item) in members {
                    filled.insert(name.clone(), Box::pin(self.fill(item)).await);
                }
                filled.into()
            }
            other => other.clone(),
        }
    }

    async fn fill_text(&mut self, text: &str) -> String {
        let mut parts = text.split('{');
        let mut filled = parts.next().unwrap().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('}').unwrap();
            filled += &plain(&Box::pin(self.get(name)).await);
            filled += rest;
        }
        filled
    }

    /// An operation of the console as somebody fills it in: its parameters in the form, its body as a whole.
    pub(super) async fn filled(&mut self, key: &str) -> Filled {
        let operation = one(key).operation;
        let way = way_of(operation);
        self.prepare(way).await;
        let mut typed = Vec::new();
        for field in operation.fields().iter().filter(|field| field.place == Place::Path) {
            typed.push((format!("path.{}", field.path), plain(&self.get(&field.path).await)));
        }
        for (name, value) in self.query_of(operation, way).await {
            typed.push((format!("query.{name}"), value));
        }
        let body = self.body_of(operation, way).await;
        filled(key, &typed, &body.map(|body| body.to_string()).unwrap_or_default())
    }
}
