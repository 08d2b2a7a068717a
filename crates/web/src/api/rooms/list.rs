//! `GET /api/v1/rooms`
#![expect(unused_qualifications, reason = "utoipa's macro names the parameters' type by its full path")]

use axum::{Json, extract::State};
use model::ZoomUserId;
use serde::{Deserialize, Serialize};
use service::{RoomFilter, When};
use utoipa::{IntoParams, ToSchema};

use super::{
    super::{
        body::{Asked, page_limit},
        refusal::{Problem, Refusal},
    },
    room_id,
    wire::RoomJson,
};
use crate::{app::App, guard::Signed};

/// Which rooms.
#[derive(Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct RoomsAsked {
    /// Which part of time; `all` where absent.
    when: Option<WhenAsked>,
    /// Words that title or description contain, by their beginnings.
    q: Option<String>,
    /// Only rooms of this Zoom user.
    host: Option<String>,
    /// Where the page before ended: its `next`.
    after: Option<String>,
    /// The most rooms on a page, 1 to 200; 50 where absent.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
}

/// Which part of time.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = When)]
pub(crate) enum WhenAsked {
    All,
    Coming,
    Past,
}

/// A page of rooms.
#[derive(Serialize, ToSchema)]
pub(crate) struct Rooms {
    items: Vec<RoomJson>,
    /// What to send as `after` for the next page; null on the last.
    next: Option<String>,
}

/// Lists rooms.
///
/// Coming rooms have the next one first, past rooms and all rooms the latest start first.
#[utoipa::path(get, path = "/api/v1/rooms", tag = "rooms", operation_id = "listRooms", params(RoomsAsked),
    responses((status = 200, body = Rooms), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(
    State(app): State<App>,
    Signed(actor): Signed,
    Asked(asked): Asked<RoomsAsked>,
) -> Result<Json<Rooms>, Refusal> {
    let filter = RoomFilter {
        when: match asked.when {
            None | Some(WhenAsked::All) => When::All,
            Some(WhenAsked::Coming) => When::Coming,
            Some(WhenAsked::Past) => When::Past,
        },
        text: asked.q.filter(|text| !text.trim().is_empty()),
        host: match asked.host {
            Some(host) => {
                let known = ZoomUserId::parse(&host).ok_or(model::Problem::UnknownHost.at("host"));
                Some(known.map_err(|wrong| Refusal::fields(&[wrong]))?)
            }
            None => None,
        },
        drafts_only: false,
        after: asked.after.as_deref().map(room_id).transpose()?,
        limit: page_limit(asked.limit)?,
    };
    let listing = app.service.rooms(&actor, filter).await?;
    let items = listing.items.iter().map(RoomJson::from).collect();
    Ok(Json(Rooms { items, next: listing.next.map(|id| id.to_string()) }))
}
