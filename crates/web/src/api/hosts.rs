//! `GET /api/v1/hosts`
#![expect(unused_qualifications, reason = "utoipa's macro names the parameters' type by its full path")]

use axum::{Json, extract::State};
use model::{Host, ZoomUserId};
use serde::{Deserialize, Serialize};
use service::{Error, HostFilter, KnownHost};
use utoipa::{IntoParams, ToSchema};

use super::{
    body::{Asked, page_limit},
    refusal::{Problem, Refusal},
};
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
    /// The connection through which the user is known.
    #[schema(format = "uuid")]
    connection: String,
}

impl From<KnownHost> for HostJson {
    fn from(known: KnownHost) -> Self {
        let Host { id, email, name, licensed, webinars, zone, active } = known.host;
        let connection = known.connection.to_string();
        Self { id: id.to_string(), email: email.to_string(), name, licensed, webinars, zone, active, connection }
    }
}

/// Which hosts.
#[derive(Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct HostsAsked {
    /// Words, each of which is in the name or the address.
    q: Option<String>,
    /// Where the page before ended: its `next`.
    after: Option<String>,
    /// The most hosts on a page, 1 to 200; 50 where absent.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
}

/// A page of hosts.
#[derive(Serialize, ToSchema)]
pub(crate) struct Hosts {
    items: Vec<HostJson>,
    /// What to send as `after` for the next page; null on the last.
    next: Option<String>,
}

/// Lists Zoom's users.
///
/// Those whom Zoom lists have their place before those whom it does not list any more; each by name.
#[utoipa::path(get, path = "/api/v1/hosts", tag = "hosts", operation_id = "listHosts", params(HostsAsked),
    responses((status = 200, body = Hosts), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(
    State(app): State<App>,
    Signed(actor): Signed,
    Asked(asked): Asked<HostsAsked>,
) -> Result<Json<Hosts>, Refusal> {
    let filter = HostFilter {
        text: asked.q.unwrap_or_default(),
        after: match asked.after {
            Some(after) => Some(ZoomUserId::parse(&after).ok_or(Error::NotFound)?),
            None => None,
        },
        limit: page_limit(asked.limit)?,
    };
    let listing = app.service.hosts_page(&actor, &filter).await?;
    let items = listing.items.into_iter().map(HostJson::from).collect();
    Ok(Json(Hosts { items, next: listing.next.map(|id| id.to_string()) }))
}
