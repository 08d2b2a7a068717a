//! Several Zoom accounts: which one a page is about, what it is called, which is the default, and disconnecting one.

use std::collections::BTreeMap;

use axum::{
    extract::State,
    response::{IntoResponse as _, Redirect, Response},
};
use model::ConnectionId;
use serde::Serialize;
use service::{Actor, ConnectionView, Error, Farewell, RoomsThen};

use super::{
    inside::{Content, Place, show, show_again},
    typed::Typed,
    wrong::{Line, Wrong},
};
use crate::{
    app::{App, Query},
    fault::Fault,
    guard::Signed,
    pages::Page,
};

/// The accounts, as a page that is about one of them shows them.
#[derive(Default, Serialize)]
pub(crate) struct Accounts {
    /// All of them, where there are several.
    tabs: Vec<Tab>,
    /// The id of the one that the page is about, which forms send back; empty where there is no other.
    current: String,
    /// What it is called; nothing where it is yet to be connected.
    name: Option<String>,
    is_default: bool,
    leaving: bool,
    /// Whether one more can be connected: there is one already.
    more: bool,
}

/// One account among several.
#[derive(Serialize)]
struct Tab {
    id: String,
    name: String,
    current: bool,
    is_default: bool,
}

impl Accounts {
    /// The accounts, for a page about `current`.
    pub(crate) fn of(all: &[ConnectionView], current: Option<ConnectionId>) -> Self {
        let tab = |view: &ConnectionView| Tab {
            id: view.id.to_string(),
            name: view.name.clone(),
            current: Some(view.id) == current,
            is_default: view.is_default,
        };
        let this = all.iter().find(|view| Some(view.id) == current);
        let several = all.len() > 1 || (this.is_none() && !all.is_empty());
        Self {
            tabs: all.iter().filter(|_| several).map(tab).collect(),
            current: current.filter(|_| several).map(|id| id.to_string()).unwrap_or_default(),
            name: this.map(|view| view.name.clone()),
            is_default: this.is_some_and(|view| view.is_default),
            leaving: this.is_some_and(|view| view.leaving),
            more: !all.is_empty(),
        }
    }

    /// The accounts, for a page about the one that `view` shows.
    pub(crate) async fn around(app: &App, actor: &Actor, view: &ConnectionView) -> Result<Self, Fault> {
        Ok(Self::of(&app.service.connections(actor).await?, Some(view.id)))
    }
}

/// The id that a form or an address names; none where it names none.
pub(crate) fn parse(text: &str) -> Result<Option<ConnectionId>, Fault> {
    if text.is_empty() { Ok(None) } else { Ok(Some(text.parse().map_err(|_| Error::NotFound)?)) }
}

/// The account that an address asks for (`?account=`), else the default; none before there is one.
pub(crate) async fn asked_for(app: &App, actor: &Actor, query: &Query) -> Result<Option<ConnectionView>, Fault> {
    let id = parse(query.get("account").map_or("", String::as_str))?;
    Ok(app.service.chosen_connection(actor, id).await?)
}

/// The account that a form is about, else the default.
pub(crate) async fn meant(app: &App, actor: &Actor, typed: &Typed) -> Result<ConnectionView, Fault> {
    let id = parse(typed.text("account"))?;
    Ok(app.service.chosen_connection(actor, id).await?.ok_or(Error::NotFound)?)
}

/// Back to the page of an account, which says what was done.
pub(crate) fn back(path: &str, said: &str, anchor: &str, account: Option<ConnectionId>) -> Response {
    let account = account.map(|id| format!("&account={id}")).unwrap_or_default();
    Redirect::to(&format!("{path}?said={said}{account}{anchor}")).into_response()
}

/// `POST /admin/zoom/account`: another name, or the default.
pub(crate) async fn change(State(app): State<App>, Signed(actor): Signed, typed: Typed) -> Result<Response, Fault> {
    let view = meant(&app, &actor, &typed).await?;
    let done = match typed.text("do") {
        "prefer" => app.service.prefer_connection(&actor, view.id).await,
        _ => app.service.name_connection(&actor, view.id, typed.text("name")).await,
    };
    match done {
        Ok(()) => Ok(back("/admin/zoom", "account", "#account", Some(view.id))),
        Err(error) => {
            let (status, wrong) = Wrong::from_error(error, &[("name", "name", "accounts-name")])?;
            let mut page = super::zoom::page(&app, &actor, Some(view.id)).await?;
            page.accounts.name = Some(typed.text("name").to_owned());
            (page.problems, page.errors) = (wrong.problems, wrong.errors);
            show_again(&app, &actor, status, page).await
        }
    }
}

/// The page that asks what becomes of the rooms.
#[derive(Serialize)]
pub(crate) struct DisconnectPage {
    pub(crate) account: String,
    pub(crate) name: String,
    pub(crate) leaving: bool,
    pub(crate) rooms: i64,
    pub(crate) coming: i64,
    pub(crate) live: i64,
    pub(crate) removals: i64,
    /// Those whose meetings stay at Zoom, because the site may not act for their hosts.
    stays: i64,
    /// Those that were to be deleted there, and stay.
    given_up: i64,
    /// Why they are not deleted yet.
    waits_for: Option<String>,
    /// What was chosen.
    pub(crate) then: String,
    pub(crate) problems: Vec<Line>,
    pub(crate) errors: BTreeMap<&'static str, String>,
}

impl Page for DisconnectPage {
    const TEMPLATE: &'static str = "admin/disconnect.html";
}

impl Content for DisconnectPage {
    const PLACE: Place = Place::Zoom;
}

impl DisconnectPage {
    pub(crate) fn of(view: &ConnectionView, farewell: Farewell) -> Self {
        let Farewell { rooms, coming, live, removals, stays, given_up, waits_for } = farewell;
        Self {
            account: view.id.to_string(),
            name: view.name.clone(),
            leaving: view.leaving,
            rooms,
            coming,
            live,
            removals,
            stays,
            given_up,
            waits_for,
            then: String::new(),
            problems: Vec::new(),
            errors: BTreeMap::new(),
        }
    }
}

/// `GET /admin/zoom/disconnect`
pub(crate) async fn ask(State(app): State<App>, Signed(actor): Signed, query: Query) -> Result<Response, Fault> {
    let view = asked_for(&app, &actor, &query).await?.ok_or(Error::NotFound)?;
    let farewell = app.service.farewell(&actor, view.id).await?;
    show(&app, &actor, &query, DisconnectPage::of(&view, farewell)).await
}

/// `POST /admin/zoom/disconnect`
pub(crate) async fn disconnect(State(app): State<App>, Signed(actor): Signed, typed: Typed) -> Result<Response, Fault> {
    let view = meant(&app, &actor, &typed).await?;
    let then = typed.text("rooms");
    let done = match then.parse::<RoomsThen>() {
        Ok(rooms) => {
            app.service.disconnect(&actor, view.id, rooms, typed.secret("password").as_ref()).await.map(|()| rooms)
        }
        Err(problem) => Err(Error::Invalid(vec![problem.at("rooms")])),
    };
    match done {
        Ok(RoomsThen::DeleteAtZoom) => Ok(back("/admin/zoom/disconnect", "leaving", "", Some(view.id))),
        Ok(RoomsThen::Keep | RoomsThen::Delete) => Ok(back("/admin/zoom", "disconnected", "", None)),
        Err(error) => {
            let labels = [("rooms", "rooms-keep", "disconnect-rooms"), ("password", "password", "disconnect-password")];
            let (status, wrong) = Wrong::from_error(error, &labels)?;
            let mut page = DisconnectPage::of(&view, app.service.farewell(&actor, view.id).await?);
            (page.problems, page.errors) = (wrong.problems, wrong.errors);
            then.clone_into(&mut page.then);
            show_again(&app, &actor, status, page).await
        }
    }
}
