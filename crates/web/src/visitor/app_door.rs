//! *Open in the Zoom app*: the same admission, and then a redirect to where Zoom's app opens.

use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Serialize;
use service::Error;

use super::{
    door::{EntryForm, ask, room_of},
    room::door_policy,
    view::address,
};
use crate::{
    app::{App, Client},
    fault::Fault,
    fields::Fields,
    pages::Page,
};

/// The form before the Zoom app opens.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(super) struct AppDoor(EntryForm);

impl Page for AppDoor {
    const TEMPLATE: &'static str = "app_door.html";
}

/// `GET /r/{slug}/app`
pub(super) async fn show(
    State(app): State<App>,
    Path(slug): Path<String>,
    asked: HeaderMap,
) -> Result<Response, Fault> {
    let page = room_of(&app, &slug, &asked).await?;
    if page.card.disconnected {
        // No name is asked for where there is nothing to enter: the room's page says so.
        return Ok(Redirect::to(&address(&slug)).into_response());
    }
    answer(&app, StatusCode::OK, EntryForm::of(&page)).await
}

/// `POST /r/{slug}/app`
pub(super) async fn take(
    State(app): State<App>,
    Path(slug): Path<String>,
    client: Client,
    asked: HeaderMap,
    fields: Fields,
) -> Result<Response, Fault> {
    let page = room_of(&app, &slug, &asked).await?;
    let outcome = async {
        let grant = ask(&app, &page, &client, &fields).await?;
        app.service.app_link(&grant.token).await
    };
    match outcome.await {
        Ok(link) => {
            let mut response = Redirect::to(link.as_str()).into_response();
            let headers = response.headers_mut();
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
            Ok(response)
        }
        Err(error) => {
            let error = if matches!(error, Error::Spent) {
                Error::Unavailable { reason: Fault::from(error).said().detail }
            } else {
                error
            };
            let (status, form) = EntryForm::of(&page).refused(&fields, error)?;
            answer(&app, status, form).await
        }
    }
}

async fn answer(app: &App, status: StatusCode, form: EntryForm) -> Result<Response, Fault> {
    let mut response = app.page(status, &AppDoor(form)).await?;
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, door_policy(app));
    Ok(response)
}

/// Examples of the page.
#[cfg(test)]
pub(super) fn samples() -> Vec<crate::pages::Sample> {
    use model::Phase;
    use service::RoomPage;

    use super::room::tests::page;
    use crate::pages::Sample;
    let webinar = RoomPage { needs_email: true, ..page(Phase::Live, Ok(())) };
    vec![
        Sample::of("meeting", &AppDoor(EntryForm::of(&page(Phase::Open, Ok(()))))),
        Sample::of("webinar", &AppDoor(EntryForm::of(&webinar))),
    ]
}
