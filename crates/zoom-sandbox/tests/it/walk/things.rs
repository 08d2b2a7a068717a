//! The things that calls speak of: each is there already, or made by Zoom's own operations as the walk's table says. The
//! walk uses it, and so do the stories of eRoom's console.

use std::collections::BTreeMap;

use serde_json::Value;
use zoom_spec::{Kind, Level, Method, Operation, Place, find, operation, operation_at};

use super::{
    body::{sample, whole},
    entry::{TABLE, Thing, Way},
};

/// Where things are made.
pub(crate) trait Stage {
    /// What is there already, or made in another way than by an operation.
    async fn known(&self, name: &str, level: Level) -> Option<Value>;

    /// Makes a call: of the API, or of the controls (`/sandbox/v1/…`); with another token than the stage's own, where there
    /// is one.
    async fn call(&self, method: Method, path: &str, body: Option<&Value>, token: Option<&str>) -> (u16, Value);

    /// A token of an app with this scope in the sub-account with this id, for what only its own people do there.
    async fn token_below(&self, account: &str, scope: &str) -> String;
}

/// The things of one call, by the name they have in paths.
pub(crate) struct Things<'a, S> {
    stage: &'a S,
    level: Level,
    path: &'static str,
    swapped: &'a BTreeMap<String, String>,
    made: BTreeMap<String, Value>,
}

impl<'a, S: Stage> Things<'a, S> {
    pub(crate) fn of(stage: &'a S, of: &'static Operation, way: &'a Way) -> Self {
        Self { stage, level: of.level, path: of.path, swapped: &way.things, made: BTreeMap::new() }
    }

    /// The thing called `name`, made when it is first spoken of.
    pub(crate) async fn get(&mut self, name: &str) -> Value {
        let name = self.swapped.get(name).map_or(name, String::as_str);
        if let Some(made) = self.made.get(name) {
            return made.clone();
        }
        let made = match self.stage.known(name, self.level).await {
            Some(known) => known,
            None => self.make(name).await,
        };
        self.made.insert(name.to_owned(), made.clone());
        made
    }

    /// Makes a name stand for what is there already.
    pub(crate) fn put(&mut self, name: &str, is: Value) {
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
    pub(crate) async fn prepare(&mut self, way: &Way) {
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
            let token = if is_below && !has_twin { Some(self.token_below(method, &path).await) } else { None };
            let (status, answer) = self.stage.call(method, &path, Some(&body), token.as_deref()).await;
            assert!(status < 300, "before {}: {method} {path}: {status} {answer}", self.path);
        }
    }

    async fn token_below(&mut self, method: Method, path: &str) -> String {
        let account = plain(&self.get("accountId").await);
        let scopes = find(method, path).unwrap().0.granular;
        let scope = scopes.iter().find(|scope| scope.ends_with(":admin")).unwrap();
        self.stage.token_below(&account, scope).await
    }

    /// Calls an operation with a whole body.
    pub(crate) async fn call(&mut self, operation: &'static Operation, way: &Way) -> (u16, Value) {
        Box::pin(self.prepare(way)).await;
        let path = self.path_of(operation, way).await;
        let body = self.body_of(operation, way).await;
        self.send(operation, &path, body.as_ref()).await
    }

    pub(crate) async fn send(&self, operation: &Operation, path: &str, body: Option<&Value>) -> (u16, Value) {
        self.stage.call(operation.method, path, body, None).await
    }

    /// The path with its things, and a query with what is required or the table names.
    pub(crate) async fn path_of(&mut self, operation: &Operation, way: &Way) -> String {
        let path = self.fill_text(operation.path).await;
        let pairs = self.query_of(operation, way).await;
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        if query.is_empty() { path } else { format!("{path}?{query}") }
    }

    pub(crate) async fn query_of(&mut self, operation: &Operation, way: &Way) -> BTreeMap<String, String> {
        let mut query = BTreeMap::new();
        for field in operation.fields().iter().filter(|field| field.place == Place::Query && field.required) {
            query.insert(field.path.to_string(), plain(&sample(field)));
        }
        for (name, value) in &way.query {
            query.insert(name.clone(), self.fill_text(value).await);
        }
        query
    }

    pub(crate) async fn body_of(&mut self, operation: &Operation, way: &Way) -> Option<Value> {
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

    /// The path with something nobody has in the place of one thing.
    pub(crate) async fn path_without(&mut self, operation: &Operation, way: &Way, name: &str) -> String {
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

pub(crate) fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
