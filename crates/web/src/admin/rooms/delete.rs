//! Deleting a room: asking first, and whether Zoom's meeting goes too.

use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use model::{Phase, spaced_number};
use serde::Serialize;

use super::room_id;
use crate::{
    admin::inside::{Content, Place, show},
    app::{App, Query},
    fault::Fault,
    fields::Fields,
    guard::Signed,
    pages::Page,
};

/// The question.
#[derive(Serialize)]
pub(crate) struct DeletePage {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) kind: &'static str,
    /// Zoom's number, where Zoom has the room.
    pub(crate) number: Option<String>,
    pub(crate) live: bool,
}

impl Page for DeletePage {
    const TEMPLATE: &'static str = "admin/room_delete.html";
}

impl Content for DeletePage {
    const PLACE: Place = Place::Rooms;
}

/// `GET /admin/rooms/{id}/delete`
pub(crate) async fn ask(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    query: Query,
) -> Result<Response, Fault> {
    let view = app.service.room(&actor, room_id(&id)?).await?;
    actor.need_rooms_of(&view.room.host)?;
    let page = DeletePage {
        id: view.room.id.to_string(),
        title: view.room.title.to_string(),
        kind: view.room.kind.as_str(),
        number: view.room.zoom_number.map(spaced_number),
        live: view.phase == Phase::Live,
    };
    show(&app, &actor, &query, page).await
}

/// `POST /admin/rooms/{id}/delete`
pub(crate) async fn delete(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Fault> {
    let also_at_zoom = fields.get("at_zoom") == "yes";
    app.service.delete_room(&actor, room_id(&id)?, also_at_zoom).await?;
    let said = if also_at_zoom { "deleted-at-zoom" } else { "deleted" };
    Ok(Redirect::to(&format!("/admin/rooms?said={said}")).into_response())
}
