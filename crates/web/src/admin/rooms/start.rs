//! Starting a room as its host: at once for one's own, after a confirmation for somebody else's.

use axum::{
    extract::{Path, State},
    response::Response,
};
use http::StatusCode;
use model::{AtZoom, Door, Phase};
use serde::Serialize;
use service::{Actor, Error, RoomView, Start};

use super::{room_id, row::host_name};
use crate::{
    admin::{
        inside::{Content, Place, show, show_again},
        times::written,
    },
    app::{App, Query},
    fault::Fault,
    fields::Fields,
    guard::Signed,
    language::say,
    pages::Page,
    visitor::entry_redirect,
};

/// The page that asks.
#[derive(Serialize)]
pub(crate) struct StartPage {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) host_name: String,
    /// Whether it is somebody else's room.
    pub(crate) for_other: bool,
    /// Whether its door is not open to visitors yet.
    pub(crate) early: bool,
    pub(crate) when: String,
}

impl Page for StartPage {
    const TEMPLATE: &'static str = "admin/room_start.html";
}

impl Content for StartPage {
    const PLACE: Place = Place::Rooms;
}

impl StartPage {
    fn of(view: &RoomView) -> Self {
        let schedule = &view.room.schedule;
        Self {
            id: view.room.id.to_string(),
            title: view.room.title.to_string(),
            host_name: host_name(view),
            for_other: view.start == Start::AfterConfirming,
            early: matches!(view.phase, Phase::Upcoming { .. }),
            when: format!("{} ({})", written(schedule.local()), schedule.zone()),
        }
    }
}

/// `GET /admin/rooms/{id}/start`
pub(crate) async fn ask(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    query: Query,
) -> Result<Response, Fault> {
    let view = app.service.room(&actor, room_id(&id)?).await?;
    match view.start {
        Start::Yes | Start::AfterConfirming => show(&app, &actor, &query, StartPage::of(&view)).await,
        Start::NotYourHost => Err(Error::NotYourHost.into()),
        Start::NotAllowed => Err(Error::Refused { reason: say("room-start-not-allowed") }.into()),
        Start::NotNow if view.room.at_zoom == AtZoom::Disconnected && view.phase != Phase::Ended => {
            Err(Error::Refused { reason: say("room-start-disconnected") }.into())
        }
        Start::NotNow => Err(Error::Closed(why_not(&view)).into()),
    }
}

fn why_not(view: &RoomView) -> model::DoorClosed {
    match view.room.at_zoom {
        _ if view.phase == Phase::Ended => model::DoorClosed::Ended,
        _ => model::DoorClosed::NotAtZoom,
    }
}

/// `POST /admin/rooms/{id}/start`
pub(crate) async fn start(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Fault> {
    let id = room_id(&id)?;
    match app.service.start_room(&actor, id, fields.get("confirmed") == "yes").await {
        Ok(grant) => {
            let view = app.service.room(&actor, id).await?;
            Ok(entry_redirect(&app, &view.room.slug, &grant, Door::Host))
        }
        Err(Error::NotConfirmed { .. }) => confirm(&app, &actor, id).await,
        Err(other) => Err(other.into()),
    }
}

async fn confirm(app: &App, actor: &Actor, id: model::RoomId) -> Result<Response, Fault> {
    let view = app.service.room(actor, id).await?;
    show_again(app, actor, StatusCode::CONFLICT, StartPage::of(&view)).await
}
