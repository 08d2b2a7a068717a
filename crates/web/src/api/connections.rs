//! Connections to Zoom for programs: list, read, set. Secrets go in and never come out.
#![expect(unused_qualifications, reason = "utoipa's macro names the parameters' type by its full path")]

use axum::{
    Json,
    extract::{Path, State},
    response::{IntoResponse as _, Response},
};
use http::StatusCode;
use model::ConnectionId;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use service::{ConnectionDraft, ConnectionView, Error, RoomsThen, Step, TestReport};
use utoipa::{IntoParams, ToSchema};

use super::{
    body::{Asked, Sent},
    refusal::{Problem, Refusal},
};
use crate::{app::App, guard::Signed};

/// A connection to one Zoom account. Of each secret only whether it is set.
#[derive(Serialize, ToSchema)]
#[schema(as = Connection)]
#[expect(clippy::struct_excessive_bools, reason = "each says of one secret or state whether it is there")]
pub(crate) struct ConnectionJson {
    #[schema(format = "uuid")]
    id: String,
    /// What people call it.
    name: String,
    /// Whether it is the site's default: its people come first, and what names no account means it.
    default: bool,
    /// Whether its meetings are being deleted at Zoom, and it goes after them.
    leaving: bool,
    account_id: String,
    client_id: String,
    has_client_secret: bool,
    sdk_client_id: Option<String>,
    has_sdk_client_secret: bool,
    has_webhook_secret: bool,
    /// Whether it leads to a sandbox.
    sandbox: bool,
    /// What to give Zoom as event notification endpoint.
    #[schema(format = "uri")]
    webhook_url: String,
    /// Whether a signed webhook ever arrived.
    webhooks_proven: bool,
}

impl From<&ConnectionView> for ConnectionJson {
    fn from(view: &ConnectionView) -> Self {
        Self {
            id: view.id.to_string(),
            name: view.name.clone(),
            default: view.is_default,
            leaving: view.leaving,
            account_id: view.account_id.clone(),
            client_id: view.client_id.clone(),
            has_client_secret: view.has_client_secret,
            sdk_client_id: view.sdk_key.clone(),
            has_sdk_client_secret: view.has_sdk_secret,
            has_webhook_secret: view.has_webhook_secret,
            sandbox: view.sandbox,
            webhook_url: view.webhook_url.clone(),
            webhooks_proven: view.webhooks_proven,
        }
    }
}

/// All connections.
#[derive(Serialize, ToSchema)]
pub(crate) struct Connections {
    items: Vec<ConnectionJson>,
    /// Always null: all connections are on one page.
    next: Option<String>,
}

/// What to call a connection, and whether it is the default. What is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConnectionChange {
    /// What people call it.
    name: Option<String>,
    /// `true` makes it the site's default; to have another one, make that the default.
    default: Option<bool>,
}

/// What becomes of the rooms of an account that is disconnected.
#[derive(Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Leaving {
    /// `keep`: their pages stay, without host and meeting. `delete`: they are deleted here. `delete-at-zoom`: those to
    /// come are deleted at Zoom too, before the account goes.
    #[param(value_type = String)]
    rooms: Option<String>,
}

/// Credentials. A secret that is absent, null or empty keeps the stored one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Credentials {
    /// Zoom's Account ID.
    account_id: String,
    /// The Server-to-Server OAuth app's Client ID.
    client_id: String,
    #[schema(value_type = Option<String>, write_only)]
    client_secret: Option<SecretString>,
    /// The Meeting SDK app's Client ID; absent or empty removes the pair.
    sdk_client_id: Option<String>,
    #[schema(value_type = Option<String>, write_only)]
    sdk_client_secret: Option<SecretString>,
    #[schema(value_type = Option<String>, write_only)]
    webhook_secret: Option<SecretString>,
}

/// What came of setting credentials.
#[derive(Serialize, ToSchema)]
pub(crate) struct SavedJson {
    /// Whether they were stored.
    saved: bool,
    #[schema(format = "uuid")]
    id: Option<String>,
    /// What was tested, in order.
    steps: Vec<StepJson>,
}

/// One step of the test.
#[derive(Serialize, ToSchema)]
#[schema(as = Step)]
pub(crate) struct StepJson {
    /// `reach`, `clock`, `client`, `account`, `app`, `scopes`, `users`, `plan`, `sdk` or `webhook`.
    name: &'static str,
    /// `ok`, `failed`, `unknown`, `skipped` (an earlier step failed) or `unwanted`.
    outcome: &'static str,
    /// What was seen, or what Zoom answered and what to do.
    detail: String,
}

impl From<&Step> for StepJson {
    fn from(step: &Step) -> Self {
        Self { name: step.name.as_str(), outcome: step.outcome.as_str(), detail: step.outcome.text().to_owned() }
    }
}

fn steps(report: &TestReport) -> Vec<StepJson> {
    report.steps.iter().map(StepJson::from).collect()
}

fn connection_id(text: &str) -> Result<ConnectionId, Refusal> {
    text.parse().map_err(|_| Error::NotFound.into())
}

/// Lists connections.
#[utoipa::path(get, path = "/api/v1/connections", tag = "connections", operation_id = "listConnections",
    responses((status = 200, body = Connections), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(State(app): State<App>, Signed(actor): Signed) -> Result<Json<Connections>, Refusal> {
    let items = app.service.connections(&actor).await?.iter().map(ConnectionJson::from).collect();
    Ok(Json(Connections { items, next: None }))
}

/// Reads a connection.
#[utoipa::path(get, path = "/api/v1/connections/{connection}", tag = "connections", operation_id = "getConnection",
    params(("connection" = String, Path, description = "The connection's id")),
    responses((status = 200, body = ConnectionJson), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn read(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Json<ConnectionJson>, Refusal> {
    let id = connection_id(&id)?;
    let all = app.service.connections(&actor).await?;
    let found = all.iter().find(|view| view.id == id).ok_or(Error::NotFound)?;
    Ok(Json(ConnectionJson::from(found)))
}

/// Sets a connection's credentials, after testing them.
///
/// A connection that is not there is made under the id in the address, any UUID of the caller's; an account that is
/// connected already is refused. Credentials that Zoom refuses are not stored, nor, in the place of others, those that
/// could not be tested: the answer is 422 with the test's steps.
#[utoipa::path(put, path = "/api/v1/connections/{connection}", tag = "connections", operation_id = "putConnection",
    request_body = Credentials, params(("connection" = String, Path, description = "The connection's id")),
    responses((status = 200, body = SavedJson), (status = 422, description = "Not stored", body = SavedJson),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn put(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Sent(sent): Sent<Credentials>,
) -> Result<Response, Refusal> {
    let draft = ConnectionDraft {
        account_id: sent.account_id,
        client_id: sent.client_id,
        client_secret: given(sent.client_secret),
        sdk_key: sent.sdk_client_id.unwrap_or_default(),
        sdk_secret: given(sent.sdk_client_secret),
        webhook_secret: given(sent.webhook_secret),
    };
    let saved = app.service.put_connection(&actor, Some(connection_id(&id)?), draft).await?;
    let status = if saved.saved { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let id = saved.id.map(|id| id.to_string());
    Ok((status, Json(SavedJson { saved: saved.saved, id, steps: steps(&saved.report) })).into_response())
}

fn given(secret: Option<SecretString>) -> Option<SecretString> {
    use secrecy::ExposeSecret as _;
    secret.filter(|secret| !secret.expose_secret().trim().is_empty())
}

/// Names a connection, or makes it the default.
#[utoipa::path(patch, path = "/api/v1/connections/{connection}", tag = "connections", operation_id = "changeConnection",
    request_body = ConnectionChange, params(("connection" = String, Path, description = "The connection's id")),
    responses((status = 200, body = ConnectionJson), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn change(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Sent(sent): Sent<ConnectionChange>,
) -> Result<Json<ConnectionJson>, Refusal> {
    let id = connection_id(&id)?;
    let before = app.service.chosen_connection(&actor, Some(id)).await?;
    if sent.default == Some(false) && before.is_some_and(|view| view.is_default) {
        // One always is: another one is made the default instead.
        return Err(Error::Invalid(vec![model::Problem::NotAChoice.at("default")]).into());
    }
    if let Some(name) = sent.name {
        app.service.name_connection(&actor, id, &name).await?;
    }
    if sent.default == Some(true) {
        app.service.prefer_connection(&actor, id).await?;
    }
    let view = app.service.chosen_connection(&actor, Some(id)).await?.ok_or(Error::NotFound)?;
    Ok(Json(ConnectionJson::from(&view)))
}

/// Disconnects an account.
///
/// With it goes everything that came from Zoom through it. With `delete-at-zoom` the answer is 202, and the connection is
/// `leaving` until its meetings are deleted.
#[utoipa::path(delete, path = "/api/v1/connections/{connection}", tag = "connections", operation_id = "deleteConnection",
    params(("connection" = String, Path, description = "The connection's id"), Leaving),
    responses((status = 204, description = "Disconnected"), (status = 202, description = "Meetings are being deleted at Zoom"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn delete(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Asked(asked): Asked<Leaving>,
) -> Result<StatusCode, Refusal> {
    let id = connection_id(&id)?;
    let rooms = asked.rooms.unwrap_or_default().parse::<RoomsThen>();
    let rooms = rooms.map_err(|problem| Error::Invalid(vec![problem.at("rooms")]))?;
    app.service.disconnect(&actor, id, rooms, None).await?;
    Ok(if rooms == RoomsThen::DeleteAtZoom { StatusCode::ACCEPTED } else { StatusCode::NO_CONTENT })
}
