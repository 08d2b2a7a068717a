//! A sandbox to walk in, and the things that calls speak of: each made by Zoom's own operations.

use std::{collections::BTreeMap, path::PathBuf};

use serde_json::Value;
use zoom_sandbox::Snapshot;
use zoom_spec::{Kind, Level, Method, Operation, Place, find, operation, operation_at};

use super::{
    body::{sample, whole},
    entry::{TABLE, Thing, Way},
};
use crate::{
    story::{Story, builder, send, until},
    subscriptions::{app_id, token_server},
    visitor::Visitor,
    webhooks::Receiver,
};

pub(super) struct Scene {
    pub(super) story: Story,
    receiver: Receiver,
    folder: tempfile::TempDir,
}

/// The things of one call, by the name they have in paths.
pub(super) struct Things<'a> {
    scene: &'a Scene,
    level: Level,
    path: &'static str,
    swapped: &'a BTreeMap<String, String>,
    made: BTreeMap<String, Value>,
}

impl Scene {
    pub(super) async fn begin() -> Self {
        let scopes = zoom_spec::operations().iter();
        let scopes = scopes.flat_map(|operation| operation.granular.iter().chain(operation.classic)).copied();
        let scopes = scopes.chain(zoom_spec::events().iter().flat_map(|event| event.granular).copied());
        let folder = tempfile::tempdir().unwrap();
        let story =
            Story::with(builder().scopes(scopes).unlimited().state_file(folder.path().join("sandbox.json"))).await;
        let receiver = Receiver::listen(story.zoom.credentials().webhook_secret).await;
        Self { story, receiver, folder }
    }

    /// All that the sandbox remembers.
    pub(super) fn memory(&self) -> Vec<u8> {
        std::fs::read(PathBuf::from(self.folder.path()).join("sandbox.json")).unwrap()
    }

    /// The world that another sandbox would find in the file.
    pub(super) fn kept(&self) -> Value {
        state(&Snapshot::from_json(&self.memory()).unwrap())
    }

    /// The world as it is.
    pub(super) fn remembered(&self) -> Value {
        state(&self.story.zoom.snapshot())
    }

    pub(super) fn things<'a>(&'a self, of: &'static Operation, way: &'a Way) -> Things<'a> {
        Things { scene: self, level: of.level, path: of.path, swapped: &way.things, made: BTreeMap::new() }
    }
}

fn state(snapshot: &Snapshot) -> Value {
    let document: Value = serde_json::from_slice(&snapshot.to_json().unwrap()).unwrap();
    document["state"].clone()
}

impl Things<'_> {
    /// The thing called `name`, made when it is first spoken of.
    pub(super) async fn get(&mut self, name: &str) -> Value {
        let name = self.swapped.get(name).map_or(name, String::as_str);
        if let Some(made) = self.made.get(name) {
            return made.clone();
        }
        let credentials = self.scene.story.zoom.credentials();
        let made = match (name, self.level) {
            ("accountId", Level::Account) => Value::from(credentials.account_id),
            ("appId", _) => Value::from(app_id(&self.scene.story).await),
            ("receiver", _) => Value::from(self.scene.receiver.url()),
            ("tokenServer", _) => Value::from(token_server("POST").await),
            ("failedDelivery", _) => {
                // A refusal, and what is no answer at all.
                for (turn, status) in [500, 0].into_iter().enumerate() {
                    self.scene.receiver.set_status(status);
                    self.scene.story.meeting("Told in vain").await;
                    let tried = |one: &zoom_sandbox::Delivery| !one.attempts.is_empty();
                    until("an attempt", || {
                        self.scene.story.zoom.deliveries().iter().filter(|one| tried(one)).count() > turn
                    })
                    .await;
                }
                self.scene.receiver.set_status(200);
                Value::Null
            }
            _ => self.make(name).await,
        };
        self.made.insert(name.to_owned(), made.clone());
        made
    }

    /// Makes a name stand for what is there already.
    pub(super) fn put(&mut self, name: &str, is: Value) {
        let name = self.swapped.get(name).map_or(name, String::as_str);
        self.made.insert(name.to_owned(), is);
    }

    async fn make(&mut self, name: &str) -> Value {
        let of_webinars = self.path.contains("webinarId").then(|| format!("webinar.{name}"));
        let of_sub_accounts = (self.level == Level::Master).then(|| format!("master.{name}"));
        let names = of_sub_accounts.into_iter().chain(of_webinars).chain([name.to_owned()]);
        let thing = names.into_iter().find_map(|name| TABLE.things.get(&name));
        let (by, take, way) = match thing.unwrap_or_else(|| panic!("entries.json does not say how to get {name}")) {
            Thing::Known { is } => return is.clone(),
            Thing::Made { by, take, way } => (by, take, way),
        };
        let by = operation_at(self.level, by).or_else(|| operation(by)).unwrap_or_else(|| panic!("no operation {by}"));
        let outer = self.swapped;
        if !way.things.is_empty() {
            self.swapped = &way.things;
        }
        let (status, answer) = Box::pin(self.call(by, way)).await;
        assert!(by.answers.contains(&status), "{name} was not made: {} {status} {answer}", by.id);
        let taken = answer.pointer(take).unwrap_or_else(|| panic!("{name}: no {take} in {answer}"));
        self.made.insert(name.to_owned(), taken.clone());
        Box::pin(self.do_all(&way.after)).await;
        self.swapped = outer;
        taken.clone()
    }

    /// Makes what a way needs and what is called before.
    pub(super) async fn prepare(&mut self, way: &Way) {
        for name in &way.needs {
            self.get(name).await;
        }
        self.do_all(&way.before).await;
    }

    /// Makes calls whose answers nobody looks at, but they must succeed.
    async fn do_all(&mut self, calls: &[(String, String, Value)]) {
        for (method, path, body) in calls {
            let method = Method::from_word(method).unwrap();
            let twin = format!("/accounts/{{accountId}}{path}");
            let is_below = self.level == Level::Master && find(method, path).is_some();
            let has_twin = is_below && find(method, &twin).is_some();
            let path = self.fill_text(if has_twin { &twin } else { path }).await;
            let body = self.fill(body).await;
            let (status, answer) = if let Some(path) = path.strip_prefix("/sandbox/v1") {
                self.scene.story.control(method.as_str(), path, body).await
            } else {
                let token = if is_below && !has_twin { Some(self.token_below(method, &path).await) } else { None };
                let token = token.as_ref().unwrap_or(&self.scene.story.token);
                let url = format!("{}{path}", self.scene.story.zoom.api());
                let method = reqwest::Method::from_bytes(method.as_str().as_bytes()).unwrap();
                send(self.scene.story.http.request(method, url).bearer_auth(token).json(&body)).await
            };
            assert!(status < 300, "before {}: {method} {path}: {status} {answer}", self.path);
        }
    }

    /// A token of an app in the sub-account: for what only its own people do there.
    async fn token_below(&mut self, method: Method, path: &str) -> String {
        let account = self.get("accountId").await;
        let people = self.scene.story.zoom.world().people();
        let owner = people.iter().find(|one| one.is_owner() && *one.account_id == account).unwrap();
        let visitor = Visitor::sign_in(&self.scene.story, &owner.display_name).await;
        let scope = find(method, path).unwrap().0.granular.iter().find(|scope| scope.ends_with(":admin")).unwrap();
        let app = visitor.active_app("Walk", &[scope]).await;
        visitor.token(&app).await
    }

    /// Calls an operation with a whole body.
    pub(super) async fn call(&mut self, operation: &'static Operation, way: &Way) -> (u16, Value) {
        Box::pin(self.prepare(way)).await;
        let path = self.path_of(operation, way).await;
        let body = self.body_of(operation, way).await;
        self.send(operation, &path, body.as_ref()).await
    }

    pub(super) async fn send(&self, operation: &Operation, path: &str, body: Option<&Value>) -> (u16, Value) {
        let request = self.scene.story.request(operation.method.as_str(), path);
        send(if let Some(body) = body { request.json(body) } else { request }).await
    }

    /// The path with its things, and a query with what is required or the table names.
    pub(super) async fn path_of(&mut self, operation: &Operation, way: &Way) -> String {
        let mut path = self.fill_text(operation.path).await;
        let mut query = BTreeMap::new();
        for field in operation.fields().iter().filter(|field| field.place == Place::Query && field.required) {
            query.insert(field.path.to_string(), plain(&sample(field)));
        }
        for (name, value) in &way.query {
            query.insert(name.clone(), self.fill_text(value).await);
        }
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        if !query.is_empty() {
            path = format!("{path}?{query}");
        }
        path
    }

    pub(super) async fn body_of(&mut self, operation: &Operation, way: &Way) -> Option<Value> {
        operation.fields().iter().find(|field| field.place == Place::Body)?;
        let mut instead = Vec::new();
        for (path, value) in &way.body {
            instead.push((path.clone(), Box::pin(self.fill(value)).await));
        }
        Some(whole(operation, instead.into_iter()))
    }

    /// Puts things in the place of their names, in every text of a value.
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

    pub(super) async fn fill_text(&mut self, text: &str) -> String {
        let mut parts = text.split('{');
        let mut filled = parts.next().unwrap().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('}').unwrap();
            filled += &plain(&Box::pin(self.get(name)).await);
            filled += rest;
        }
        filled
    }

    /// The path with something nobody has in the place of one thing.
    pub(super) async fn path_without(&mut self, operation: &Operation, way: &Way, name: &str) -> String {
        let kind = operation.field(Place::Path, name).map_or(Kind::String, |field| field.kind);
        let nobody = if kind == Kind::Integer || matches!(name, "meetingId" | "webinarId") {
            Value::from(99_999_999_999_i64)
        } else {
            "sbxNobodyHasThisId0000".into()
        };
        let key = self.swapped.get(name).cloned().unwrap_or_else(|| name.to_owned());
        let was = self.made.insert(key.clone(), nobody);
        let path = self.path_of(operation, way).await;
        match was {
            Some(was) => self.made.insert(key, was),
            None => self.made.remove(&key),
        };
        path
    }
}

pub(super) fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
