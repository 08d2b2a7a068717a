//! The webhook receivers, what was sent to them, and sending it again.

use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use clock::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Refused, body::Body, refused};
use crate::{
    app::App,
    hooks::{self, AgainError, Delivery, DeliveryFilter, SubscribeError},
    log::hide_in_value,
};

/// A receiver.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct ReceiverRow {
    url: String,
    /// When it last proved that it holds the app's secret.
    #[schema(value_type = String, format = DateTime)]
    validated_at: Timestamp,
    /// How many validations in a row it has failed.
    failures: u8,
    /// The name of the app that subscribed.
    app: String,
    /// What it hears; empty for all that the app's scopes allow.
    events: Vec<String>,
}

/// The receivers of all apps.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct Receivers {
    items: Vec<ReceiverRow>,
}

fn shown(app: &App) -> Json<Receivers> {
    let items = app.world.read(|state| {
        let all = state.apps.iter().flat_map(|client| client.subscriptions.iter().map(move |one| (client, one)));
        all.map(|(client, one)| ReceiverRow {
            url: one.url.clone(),
            validated_at: one.validated_at,
            failures: one.failures,
            app: client.name.clone(),
            events: one.events.clone(),
        })
        .collect()
    });
    Json(Receivers { items })
}

/// Lists the receivers of webhooks.
#[utoipa::path(get, path = "/sandbox/v1/webhooks", tag = "webhooks", operation_id = "receivers",
    responses((status = 200, body = Receivers)))]
pub(crate) async fn show_webhooks(State(app): State<App>) -> Json<Receivers> {
    shown(&app)
}

/// Where webhooks shall go.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Receiver {
    url: String,
}

/// Validates a receiver as Zoom does, and adds it to the ready-made app.
#[utoipa::path(put, path = "/sandbox/v1/webhooks", tag = "webhooks", operation_id = "addReceiver",
    request_body = Receiver, responses((status = 200, body = Receivers), (status = 400, body = Refused)))]
pub(crate) async fn subscribe_webhook(
    State(app): State<App>,
    Body(receiver): Body<Receiver>,
) -> Result<Json<Receivers>, Response> {
    match hooks::subscribe(&app, &receiver.url).await {
        Ok(()) => Ok(shown(&app)),
        Err(problem @ SubscribeError::Disk(_)) => Err(refused(StatusCode::INTERNAL_SERVER_ERROR, problem)),
        Err(problem) => Err(refused(StatusCode::BAD_REQUEST, problem)),
    }
}

/// Forgets every receiver.
#[utoipa::path(delete, path = "/sandbox/v1/webhooks", tag = "webhooks", operation_id = "clearReceivers",
    responses((status = 200, body = Receivers)))]
pub(crate) async fn unsubscribe_webhooks(State(app): State<App>) -> Result<Json<Receivers>, Response> {
    match hooks::unsubscribe(&app) {
        Ok(()) => Ok(shown(&app)),
        Err(problem) => Err(refused(StatusCode::INTERNAL_SERVER_ERROR, problem)),
    }
}

/// Since when; the filter stands beside it.
#[derive(Deserialize, utoipa::IntoParams)]
pub(crate) struct Asked {
    /// Only what is new or has changed since this revision.
    since: Option<u64>,
    /// With this event name, or one that begins with this and a dot.
    event: Option<String>,
    /// To this receiver.
    url: Option<String>,
    /// About this meeting or webinar.
    meeting: Option<i64>,
    /// In this state.
    state: Option<hooks::DeliveryState>,
}

/// What was sent.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct Deliveries {
    items: Vec<Delivery>,
    /// What to send as `since` next.
    revision: u64,
    /// All were forgotten since: what the reader has is gone.
    cleared: bool,
}

/// Lists what was sent to receivers, oldest first, with each try.
#[utoipa::path(get, path = "/sandbox/v1/deliveries", tag = "webhooks", operation_id = "listDeliveries", params(Asked),
    responses((status = 200, body = Deliveries)))]
pub(crate) async fn deliveries(State(app): State<App>, Query(asked): Query<Asked>) -> Json<Deliveries> {
    let Asked { since, event, url, meeting, state } = asked;
    let news = app.hooks.sent.news(since.unwrap_or(0), &DeliveryFilter { event, url, meeting, state });
    Json(Deliveries { items: news.items, revision: news.revision, cleared: news.cleared })
}

/// A delivery with what was sent.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct DeliveryShown {
    #[serde(flatten)]
    delivery: Delivery,
    /// The event, secrets hidden.
    body: Value,
}

/// Shows one delivery with the event that was sent.
#[utoipa::path(get, path = "/sandbox/v1/deliveries/{id}", tag = "webhooks", operation_id = "getDelivery",
    params(("id" = u64, Path)), responses((status = 200, body = DeliveryShown), (status = 404, body = Refused)))]
pub(crate) async fn delivery(State(app): State<App>, Path(id): Path<u64>) -> Result<Json<DeliveryShown>, Response> {
    let found = app.hooks.sent.one(id).ok_or_else(|| not_again(AgainError::NoDelivery(id)))?;
    let mut body = found.body.clone();
    hide_in_value(&mut body);
    Ok(Json(DeliveryShown { delivery: found, body }))
}

/// Sends a delivery again, signed anew; answers when the receiver has.
#[utoipa::path(post, path = "/sandbox/v1/deliveries/{id}/resend", tag = "webhooks", operation_id = "resend",
    params(("id" = u64, Path)),
    responses((status = 200, body = Delivery), (status = 404, body = Refused), (status = 409, body = Refused)))]
pub(crate) async fn resend(State(app): State<App>, Path(id): Path<u64>) -> Result<Json<Delivery>, Response> {
    hooks::resend(&app, id).await.map(Json).map_err(not_again)
}

fn not_again(problem: AgainError) -> Response {
    let status = match problem {
        AgainError::NoDelivery(_) => StatusCode::NOT_FOUND,
        AgainError::NoApp(_) => StatusCode::CONFLICT,
    };
    refused(status, problem)
}

/// What is being sent again.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct Replayed {
    /// The deliveries, in the order they are sent.
    ids: Vec<u64>,
}

/// Sends all deliveries that fit again, in their first order; answers before they are sent.
#[utoipa::path(post, path = "/sandbox/v1/deliveries/replay", tag = "webhooks", operation_id = "replay",
    request_body = Option<DeliveryFilter>, responses((status = 202, body = Replayed), (status = 400, body = Refused)))]
pub(crate) async fn replay(State(app): State<App>, Body(filter): Body<DeliveryFilter>) -> (StatusCode, Json<Replayed>) {
    (StatusCode::ACCEPTED, Json(Replayed { ids: hooks::replay(&app, &filter) }))
}
