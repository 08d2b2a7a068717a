//! `GET /api/v1/hosts`

use axum::{Json, extract::State};
use model::Host;
use serde::Serialize;
use utoipa::ToSchema;

use super::refusal::{Problem, Refusal};
use crate::{app::App, guard::Signed};

/// A Zoom user who can hold rooms, as last read from Zoom.
#[derive(Serialize, ToSchema)]
#[schema(as = Host)]
pub(crate) struct HostJson {
    /// Zoom's id: what a room's `host` takes.
    id: String,
    email: String,
    name: String,
    licensed: bool,
    /// Whether the user may hold webinars; null until Zoom said so.
    webinars: Option<bool>,
    /// The user's zone at Zoom.
    zone: Option<String>,
    /// False once Zoom lists the user no longer.
    active: bool,
}

impl From<Host> for HostJson {
    fn from(host: Host) -> Self {
        let Host { id, email, name, licensed, webinars, zone, active } = host;
        Self { id: id.to_string(), email: email.to_string(), name, licensed, webinars, zone, active }
    }
}

/// All hosts.
#[derive(Serialize, ToSchema)]
pub(crate) struct Hosts {
    items: Vec<HostJson>,
    /// Always null: all hosts are on one page.
    next: Option<String>,
}

/// Lists Zoom's users.
#[utoipa::path(get, path = "/api/v1/hosts", tag = "hosts", operation_id = "listHosts",
    responses((status = 200, body = Hosts), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(State(app): State<App>, Signed(actor): Signed) -> Result<Json<Hosts>, Refusal> {
    let items = app.service.hosts(&actor).await?.into_iter().map(HostJson::from).collect();
    Ok(Json(Hosts { items, next: None }))
}
