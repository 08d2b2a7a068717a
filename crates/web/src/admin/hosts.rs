//! Zoom's users who hold rooms, and which members may act as them.

use axum::{
    extract::State,
    response::{IntoResponse as _, Redirect, Response},
};
use http::StatusCode;
use model::{Host, MemberId, Right, ZoomUserId};
use serde::Serialize;
use service::{Account, Actor, Error, MemberView};

use super::inside::{Content, Place, show, show_again};
use crate::{
    app::{App, Query},
    fault::Fault,
    fields::Fields,
    guard::Signed,
    pages::Page,
};

/// The page.
#[derive(Serialize)]
pub(crate) struct HostsPage {
    pub(crate) hosts: Vec<HostRow>,
    pub(crate) may_refresh: bool,
    pub(crate) may_link: bool,
    pub(crate) may_connect: bool,
    /// Why reading them from Zoom failed.
    pub(crate) failed: Option<String>,
}

impl Page for HostsPage {
    const TEMPLATE: &'static str = "admin/hosts.html";
}

impl Content for HostsPage {
    const PLACE: Place = Place::Hosts;
}

/// One of Zoom's users.
#[derive(Debug, Serialize)]
pub(crate) struct HostRow {
    id: String,
    name: String,
    email: String,
    licensed: bool,
    webinars: Option<bool>,
    zone: Option<String>,
    active: bool,
    /// The account's name, where there are several.
    account: Option<String>,
    /// Members who may start rooms as them.
    members: Vec<MemberName>,
    /// Members who could be linked.
    others: Vec<MemberName>,
}

/// A member's name.
#[derive(Debug, Serialize)]
pub(crate) struct MemberName {
    id: String,
    name: String,
}

impl HostRow {
    /// A host, with the team where the asker may link.
    pub(crate) fn of(host: &Host, account: Option<&str>, team: &[MemberView]) -> Self {
        let name =
            |view: &MemberView| MemberName { id: view.member.id.to_string(), name: view.member.name.to_string() };
        let (linked, others): (Vec<_>, Vec<_>) = team.iter().partition(|view| view.hosts.contains(&host.id));
        Self {
            id: host.id.to_string(),
            name: host.name.clone(),
            email: host.email.to_string(),
            licensed: host.licensed,
            webinars: host.webinars,
            zone: host.zone.clone(),
            active: host.active,
            account: account.map(str::to_owned),
            members: linked.into_iter().map(name).collect(),
            others: others.into_iter().map(name).collect(),
        }
    }
}

async fn page(app: &App, actor: &Actor, failed: Option<String>) -> Result<HostsPage, Fault> {
    let may_link = actor.may(Right::ManageTeam);
    let team = if may_link { app.service.members(actor).await? } else { Vec::new() };
    let accounts = app.service.accounts(actor).await?;
    let several = accounts.len() > 1;
    let rows = |account: &Account| -> Vec<HostRow> {
        let name = several.then_some(account.name.as_str());
        account.hosts.iter().map(|host| HostRow::of(host, name, &team)).collect()
    };
    let connected = app.service.site().await?.connected;
    Ok(HostsPage {
        hosts: accounts.iter().flat_map(rows).collect(),
        may_refresh: connected && actor.may(Right::KeepAllRooms),
        may_link,
        may_connect: !connected && actor.may(Right::ManageConnection),
        failed,
    })
}

/// `GET /admin/hosts`
pub(crate) async fn hosts(State(app): State<App>, Signed(actor): Signed, query: Query) -> Result<Response, Fault> {
    let page = page(&app, &actor, None).await?;
    show(&app, &actor, &query, page).await
}

/// `POST /admin/hosts/refresh`
pub(crate) async fn refresh(State(app): State<App>, Signed(actor): Signed) -> Result<Response, Fault> {
    match app.service.refresh_hosts(&actor).await {
        Ok(_) => Ok(Redirect::to("/admin/hosts?said=hosts-read").into_response()),
        Err(error @ (Error::Unavailable { .. } | Error::Refused { .. } | Error::TooMany { .. })) => {
            let said = Fault::from(error).said();
            let page = page(&app, &actor, Some(said.detail)).await?;
            show_again(&app, &actor, StatusCode::SERVICE_UNAVAILABLE, page).await
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /admin/hosts/link`
pub(crate) async fn link(State(app): State<App>, Signed(actor): Signed, fields: Fields) -> Result<Response, Fault> {
    let member: MemberId = fields.get("member").parse().map_err(|_| Error::NotFound)?;
    let host = ZoomUserId::parse(fields.get("host")).ok_or(Error::NotFound)?;
    let linked = fields.get("linked") == "yes";
    app.service.link_host(&actor, member, &host, linked).await?;
    let said = if linked { "linked" } else { "unlinked" };
    Ok(Redirect::to(&format!("/admin/hosts?said={said}")).into_response())
}
