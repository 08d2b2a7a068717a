//! How rooms stand at Zoom, as JSON: what a list or a room's page asks for while something waits.

use axum::{
    Json,
    extract::State,
    response::{IntoResponse as _, Response},
};
use http::header;
use model::RoomId;
use serde::Serialize;

use super::row::Standing;
use crate::{
    app::{App, Query},
    fault::Fault,
    guard::Signed,
    language::say_with,
};

/// The most rooms that are answered at once.
const MOST: usize = 50;

#[derive(Serialize)]
struct Answer {
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    id: String,
    #[serde(flatten)]
    standing: Standing,
    /// What a screen reader says when it changes.
    announce: String,
}

/// `GET /admin/rooms/states?ids=…,…`; rooms that are gone are left out.
pub(crate) async fn states(State(app): State<App>, Signed(actor): Signed, query: Query) -> Result<Response, Fault> {
    let ids = query.get("ids").map_or("", String::as_str);
    let mut items = Vec::new();
    for id in ids.split(',').filter_map(|id| id.parse::<RoomId>().ok()).take(MOST) {
        let view = match app.service.room(&actor, id).await {
            Ok(view) => view,
            Err(service::Error::NotFound) => continue,
            Err(other) => return Err(other.into()),
        };
        let standing = Standing::of(&view);
        let words = [("title", view.room.title.as_str().into()), ("state", standing.label.as_str().into())];
        let announce = say_with("at-zoom-announce", &words);
        items.push(Item { id: id.to_string(), standing, announce });
    }
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(Answer { items })).into_response())
}
