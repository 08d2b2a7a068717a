//! Making and changing a room: the form's page, and what comes of sending it.

use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use model::{AtZoom, RoomId};
use service::{Actor, Error, RoomView};

use super::{choices::read_names, form::RoomForm, room_id, sheet::RoomFormPage};
use crate::{
    admin::{
        inside::{show, show_again},
        typed::Typed,
    },
    app::{App, Query},
    fault::Fault,
    guard::Signed,
};

/// `GET /admin/rooms/new`
pub(crate) async fn new(State(app): State<App>, Signed(actor): Signed, query: Query) -> Result<Response, Fault> {
    if !super::list::may_make(&actor) {
        return Err(Error::Forbidden { right: model::Right::KeepOwnRooms }.into());
    }
    let page = RoomFormPage::for_new(&app, &actor, None).await?;
    show(&app, &actor, &query, page).await
}

/// `POST /admin/rooms/new`
pub(crate) async fn create(State(app): State<App>, Signed(actor): Signed, typed: Typed) -> Result<Response, Fault> {
    let mut form = RoomForm::read(&typed);
    read_names(&app, &actor, &mut form).await?;
    let made = match form.draft() {
        Ok(draft) => app.service.create_room(&actor, draft).await,
        Err(wrong) => Err(Error::Invalid(wrong)),
    };
    match made {
        Ok(view) => {
            let said = cover_said(set_cover(&app, &actor, &view, &form).await, "scheduled");
            Ok(to_room(view.room.id, said))
        }
        Err(error) => {
            let page = RoomFormPage::for_new(&app, &actor, Some(form)).await?;
            let (status, page) = page.with(&app, &actor, error).await?;
            show_again(&app, &actor, status, page).await
        }
    }
}

/// `GET /admin/rooms/{id}/edit`
pub(crate) async fn edit(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    query: Query,
) -> Result<Response, Fault> {
    let view = app.service.room(&actor, room_id(&id)?).await?;
    actor.need_rooms_of(&view.room.host)?;
    let page = RoomFormPage::for_room(&app, &actor, &view, None).await?;
    show(&app, &actor, &query, page).await
}

/// `POST /admin/rooms/{id}/edit`
pub(crate) async fn change(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    typed: Typed,
) -> Result<Response, Fault> {
    let view = app.service.room(&actor, room_id(&id)?).await?;
    let mut form = RoomForm::read(&typed);
    read_names(&app, &actor, &mut form).await?;
    let saved = match form.draft() {
        Ok(draft) => {
            let version = form.version().unwrap_or(view.room.version);
            app.service.edit_room(&actor, view.room.id, draft, version).await
        }
        Err(wrong) => Err(Error::Invalid(wrong)),
    };
    match saved {
        Ok(view) => {
            let saved = if view.room.at_zoom == AtZoom::Disconnected { "saved-here" } else { "saved" };
            let said = cover_said(set_cover(&app, &actor, &view, &form).await, saved);
            Ok(to_room(view.room.id, said))
        }
        Err(error) => {
            let page = RoomFormPage::for_room(&app, &actor, &view, Some(form)).await?;
            let (status, page) = page.with(&app, &actor, error).await?;
            show_again(&app, &actor, status, page).await
        }
    }
}

/// Sets or removes the picture, if the form says so. The room is saved whatever comes of it.
async fn set_cover(app: &App, actor: &Actor, view: &RoomView, form: &RoomForm) -> Result<(), Error> {
    match &form.cover {
        Some(image) => app.service.set_cover(actor, view.room.id, Some(image.to_vec())).await,
        None if form.remove_cover => app.service.set_cover(actor, view.room.id, None).await,
        None => Ok(()),
    }
}

fn cover_said(set: Result<(), Error>, said: &'static str) -> &'static str {
    match set {
        Ok(()) => said,
        Err(error) => {
            Fault::from(error).log();
            "cover-failed"
        }
    }
}

/// Leads to the room's page, which says what was done.
pub(crate) fn to_room(id: RoomId, said: &str) -> Response {
    Redirect::to(&format!("/admin/rooms/{id}?said={said}")).into_response()
}
