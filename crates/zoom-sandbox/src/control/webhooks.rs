//! The app's webhook receivers and what was sent to them.

use axum::{Json, extract::State, http::StatusCode, response::Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::refused;
use crate::{
    app::App,
    hooks::{self, SubscribeError},
};

fn shown(app: &App) -> Json<Value> {
    let items = app.world.read(|state| {
        let all = state.apps.iter().flat_map(|client| &client.subscriptions);
        all.map(|known| json!({ "url": known.url, "validated_at": known.validated_at, "failures": known.failures }))
            .collect::<Vec<_>>()
    });
    Json(json!({ "items": items }))
}

pub(crate) async fn show_webhooks(State(app): State<App>) -> Json<Value> {
    shown(&app)
}

#[derive(Deserialize)]
pub(crate) struct Receiver {
    url: String,
}

pub(crate) async fn subscribe_webhook(
    State(app): State<App>,
    Json(receiver): Json<Receiver>,
) -> Result<Json<Value>, Response> {
    match hooks::subscribe(&app, &receiver.url).await {
        Ok(()) => Ok(shown(&app)),
        Err(problem @ SubscribeError::Disk(_)) => Err(refused(StatusCode::INTERNAL_SERVER_ERROR, problem)),
        Err(problem) => Err(refused(StatusCode::BAD_REQUEST, problem)),
    }
}

pub(crate) async fn unsubscribe_webhooks(State(app): State<App>) -> Result<Json<Value>, Response> {
    match hooks::unsubscribe(&app) {
        Ok(()) => Ok(shown(&app)),
        Err(problem) => Err(refused(StatusCode::INTERNAL_SERVER_ERROR, problem)),
    }
}

pub(crate) async fn deliveries(State(app): State<App>) -> Json<Value> {
    Json(json!({ "items": app.hooks.deliveries() }))
}
