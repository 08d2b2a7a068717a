//! What an agenda will look like on its page.

use axum::{extract::State, response::Response};
use http::StatusCode;
use model::Agenda;
use serde::Serialize;

use crate::{
    admin::inside::{Content, Place, show_again},
    app::App,
    fault::Fault,
    fields::Fields,
    guard::Signed,
    language::problem,
    pages::Page,
    visitor::render_markdown,
};

/// The preview.
#[derive(Serialize)]
pub(crate) struct PreviewPage {
    pub(crate) html: String,
    pub(crate) problem: Option<String>,
}

impl Page for PreviewPage {
    const TEMPLATE: &'static str = "admin/room_preview.html";
}

impl Content for PreviewPage {
    const PLACE: Place = Place::Rooms;
}

/// `POST /admin/rooms/preview`
pub(crate) async fn preview(State(app): State<App>, Signed(actor): Signed, fields: Fields) -> Result<Response, Fault> {
    let page = match Agenda::parse(fields.get("agenda")) {
        Ok(agenda) => PreviewPage { html: render_markdown(&agenda), problem: None },
        Err(wrong) => PreviewPage { html: String::new(), problem: Some(problem(&wrong)) },
    };
    show_again(&app, &actor, StatusCode::OK, page).await
}
