//! At the door: finding the room, asking to come in, carrying the grant to where it is used.

use axum::response::{IntoResponse as _, Redirect, Response};
use http::{HeaderMap, header};
use model::{Door, Slug};
use secrecy::SecretString;
use serde::Serialize;
use service::{EntryRequest, Error, Grant, RoomPage};

use super::view::{CardView, address};
use crate::{
    app::{App, Client},
    cookies,
    fault::Fault,
    fields::Fields,
    guard, language,
};

/// The room of an address. Members find their drafts, too.
pub(super) async fn room_of(app: &App, slug: &str, asked: &HeaderMap) -> Result<RoomPage, Fault> {
    let slug = Slug::parse(slug).map_err(|_| Fault::NotFound)?;
    match app.service.page(&slug, None).await {
        Err(Error::NotFound) => {
            let actor = guard::actor_of(app, asked).await?.ok_or(Fault::NotFound)?;
            Ok(app.service.page(&slug, Some(&actor)).await?)
        }
        found => Ok(found?),
    }
}

/// What the forms at the door show: the room, what was typed, what is wrong.
#[derive(Debug, Serialize)]
pub(super) struct EntryForm {
    pub(super) room: CardView,
    pub(super) needs_email: bool,
    pub(super) waiting_room: bool,
    pub(super) in_browser: bool,
    name: String,
    email: String,
    /// Sentences by field.
    errors: std::collections::BTreeMap<&'static str, String>,
    /// Why nobody can come in now; empty where that is not so.
    problem: String,
}

impl EntryForm {
    /// An empty form.
    pub(super) fn of(page: &RoomPage) -> Self {
        Self {
            room: CardView::of(&page.card),
            needs_email: page.needs_email,
            waiting_room: page.waiting_room,
            in_browser: page.browser.is_ok(),
            name: String::new(),
            email: String::new(),
            errors: std::collections::BTreeMap::new(),
            problem: match page.door {
                Ok(()) => String::new(),
                Err(closed) => Fault::from(Error::Closed(closed)).said().detail,
            },
        }
    }

    /// What was typed, and what was said to it. Only an error that a visitor can do something about is shown here.
    pub(super) fn refused(mut self, fields: &Fields, error: Error) -> Result<(http::StatusCode, Self), Fault> {
        fields.get("name").clone_into(&mut self.name);
        fields.get("email").clone_into(&mut self.email);
        let fault = Fault::from(error);
        let said = fault.said();
        match &fault {
            Fault::Service(Error::Invalid(wrong)) => self.errors = language::by_field(wrong),
            Fault::Service(
                Error::Closed(_)
                | Error::NoBrowserJoin(_)
                | Error::TooMany { .. }
                | Error::Unavailable { .. }
                | Error::Refused { .. },
            ) => {
                fault.log();
                self.problem = said.detail;
            }
            _ => return Err(fault),
        }
        Ok((said.status, self))
    }
}

/// Asks for a grant with what a form sent.
pub(super) async fn ask(app: &App, page: &RoomPage, client: &Client, fields: &Fields) -> Result<Grant, Error> {
    let mut wrong = Vec::new();
    let request = match EntryRequest::parse(fields.get("name"), fields.get("email")) {
        Ok(request) => Some(request),
        Err(list) => {
            wrong = list;
            None
        }
    };
    if page.needs_email && fields.get("email").trim().is_empty() {
        wrong.push(model::Problem::Missing.at("email"));
    }
    match request {
        Some(request) if wrong.is_empty() => app.service.ask_in(page.card.id, request, &client.0).await,
        _ => Err(Error::Invalid(wrong)),
    }
}

/// Leads into the call of the room at `slug`, the grant in a cookie that only the call gets. The address says whether
/// it is the host who comes, so that the page knows where to begin again; it gives no right.
pub(crate) fn entry_redirect(app: &App, slug: &Slug, grant: &Grant, door: Door) -> Response {
    let entry = app.random_hex::<8>();
    let path = format!("{}/call", address(slug.as_str()));
    let seconds = grant.expires_at.as_second().saturating_sub(app.now().as_second()).max(1);
    let cookie = cookies::give_grant(&app.config, &entry, &grant.token, &path, seconds);
    let host = if door == Door::Host { "&as=host" } else { "" };
    ([(header::SET_COOKIE, cookie)], Redirect::to(&format!("{path}?entry={entry}{host}"))).into_response()
}

/// The grant of an entry and the header that takes its cookie away; the request's own path says where it was given.
pub(super) fn take_grant(
    app: &App,
    asked: &HeaderMap,
    entry: &str,
    path: &str,
) -> Option<(SecretString, http::HeaderValue)> {
    let token = cookies::grant(asked, entry)?;
    let path = path.strip_suffix("/packet").unwrap_or(path);
    Some((token, cookies::end_grant(&app.config, entry, path)))
}
