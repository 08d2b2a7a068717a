//! A sandbox to walk in.

use std::path::PathBuf;

use serde_json::Value;
use zoom_sandbox::Snapshot;
use zoom_spec::{Level, Method, Operation};

use super::{
    entry::Way,
    things::{Stage, Things},
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

    pub(super) fn things<'a>(&'a self, of: &'static Operation, way: &'a Way) -> Things<'a, Self> {
        Things::of(self, of, way)
    }
}

fn state(snapshot: &Snapshot) -> Value {
    let document: Value = serde_json::from_slice(&snapshot.to_json().unwrap()).unwrap();
    document["state"].clone()
}

impl Stage for Scene {
    async fn known(&self, name: &str, level: Level) -> Option<Value> {
        Some(match (name, level) {
            ("accountId", Level::Account) => self.story.zoom.credentials().account_id.into(),
            ("appId", _) => app_id(&self.story).await.into(),
            ("receiver", _) => self.receiver.url().into(),
            ("tokenServer", _) => token_server("POST").await.into(),
            ("failedDelivery", _) => {
                // A refusal, and what is no answer at all.
                for (turn, status) in [500, 0].into_iter().enumerate() {
                    self.receiver.set_status(status);
                    self.story.meeting("Told in vain").await;
                    let tried = |one: &zoom_sandbox::Delivery| !one.attempts.is_empty();
                    let has_tried = || self.story.zoom.deliveries().iter().filter(|one| tried(one)).count() > turn;
                    until("an attempt", has_tried).await;
                }
                self.receiver.set_status(200);
                Value::Null
            }
            _ => return None,
        })
    }

    async fn call(&self, method: Method, path: &str, body: Option<&Value>, token: Option<&str>) -> (u16, Value) {
        if let Some(path) = path.strip_prefix("/sandbox/v1") {
            return self.story.control(method.as_str(), path, body.cloned().unwrap_or_default()).await;
        }
        let url = format!("{}{path}", self.story.zoom.api());
        let method = reqwest::Method::from_bytes(method.as_str().as_bytes()).unwrap();
        let request = self.story.http.request(method, url).bearer_auth(token.unwrap_or(&self.story.token));
        send(if let Some(body) = body { request.json(body) } else { request }).await
    }

    async fn token_below(&self, account: &str, scope: &str) -> String {
        let people = self.story.zoom.world().people();
        let owner = people.iter().find(|one| one.is_owner() && one.account_id == account).unwrap();
        let visitor = Visitor::sign_in(&self.story, &owner.display_name).await;
        let app = visitor.active_app("Walk", &[scope]).await;
        visitor.token(&app).await
    }
}
