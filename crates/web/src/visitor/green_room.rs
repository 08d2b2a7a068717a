//! The green room: a name, a look in the mirror, then in. Works as a plain form, without script and without camera.

use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde::Serialize;
use service::{Error, RoomPage};

use super::{
    door::{EntryForm, ask, entry_redirect, room_of},
    room::door_policy,
};
use crate::{
    app::{App, Client},
    fault::Fault,
    fields::Fields,
    pages::Page,
};

/// The green room.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(super) struct GreenRoom(EntryForm);

impl Page for GreenRoom {
    const TEMPLATE: &'static str = "green_room.html";
}

/// `GET /r/{slug}/join`
pub(super) async fn show(
    State(app): State<App>,
    Path(slug): Path<String>,
    asked: HeaderMap,
) -> Result<Response, Fault> {
    let page = room_of(&app, &slug, &asked).await?;
    if page.browser.is_err() || page.card.disconnected {
        // The room's page says why, and offers the Zoom app where there is a call.
        return Ok(Redirect::to(&super::view::address(&slug)).into_response());
    }
    answer(&app, StatusCode::OK, EntryForm::of(&page)).await
}

/// `POST /r/{slug}/join`
pub(super) async fn take(
    State(app): State<App>,
    Path(slug): Path<String>,
    client: Client,
    asked: HeaderMap,
    fields: Fields,
) -> Result<Response, Fault> {
    let page: RoomPage = room_of(&app, &slug, &asked).await?;
    let outcome = match page.browser {
        Ok(()) => ask(&app, &page, &client, &fields).await,
        Err(why) => Err(Error::NoBrowserJoin(why)),
    };
    match outcome {
        Ok(grant) => Ok(entry_redirect(&app, &page.card.slug, &grant, model::Door::Participant)),
        Err(error) => {
            let (status, form) = EntryForm::of(&page).refused(&fields, error)?;
            answer(&app, status, form).await
        }
    }
}

async fn answer(app: &App, status: StatusCode, form: EntryForm) -> Result<Response, Fault> {
    let mut response = app.page(status, &GreenRoom(form)).await?;
    let devices = HeaderValue::from_static("camera=(self), microphone=(self)");
    response.headers_mut().insert(HeaderName::from_static("permissions-policy"), devices);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, door_policy(app));
    Ok(response)
}

/// Examples of the page.
#[cfg(test)]
pub(super) fn samples() -> Vec<crate::pages::Sample> {
    use model::{DoorClosed, Phase, Problem};

    use super::room::tests::page;
    use crate::pages::Sample;
    let webinar = RoomPage { needs_email: true, ..page(Phase::Live, Ok(())) };
    let fields = Fields::parse(b"name=&email=ada");
    let wrong = Error::Invalid(vec![Problem::Missing.at("name"), Problem::NotEmail.at("email")]);
    let (_, refused) =
        EntryForm::of(&webinar).refused(&fields, wrong).unwrap_or_else(|_| panic!("shown at the fields"));
    vec![
        Sample::of("meeting", &GreenRoom(EntryForm::of(&page(Phase::Open, Ok(()))))),
        Sample::of("webinar, wrong", &GreenRoom(refused)),
        Sample::of("closed", &GreenRoom(EntryForm::of(&page(Phase::Ended, Err(DoorClosed::Ended))))),
    ]
}
