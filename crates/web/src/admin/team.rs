//! The team: who has a login and as what; adding, removing, other roles, one-time links for passwords.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use http::StatusCode;
use model::{Email, MemberId, PersonName, Problem, Role};
use serde::Serialize;
use service::{Actor, Error, MemberDraft, MemberView};

use super::{
    inside::{Content, Place, show, show_again},
    wrong::{Line, Wrong},
};
use crate::{
    app::{App, Query},
    fault::Fault,
    fields::Fields,
    guard::Signed,
    pages::Page,
};

const LABELS: [(&str, &str, &str); 3] =
    [("name", "name", "team-name"), ("email", "email", "team-email"), ("role", "role-host", "team-role")];

/// The page.
#[derive(Serialize)]
pub(crate) struct TeamPage {
    pub(crate) members: Vec<MemberRow>,
    pub(crate) form: MemberForm,
    /// A one-time link, shown this once.
    pub(crate) link: Option<OneTimeLink>,
    pub(crate) problems: Vec<Line>,
    pub(crate) errors: BTreeMap<&'static str, String>,
}

impl Page for TeamPage {
    const TEMPLATE: &'static str = "admin/team.html";
}

impl Content for TeamPage {
    const PLACE: Place = Place::Team;
}

/// Somebody in the team.
#[derive(Serialize)]
pub(crate) struct MemberRow {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) role: &'static str,
    /// Names of the Zoom users they may act as.
    pub(crate) hosts: Vec<String>,
    pub(crate) has_password: bool,
    pub(crate) you: bool,
}

/// Who is to be added, as typed.
#[derive(Serialize)]
pub(crate) struct MemberForm {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) role: String,
}

/// The address where somebody chooses a password.
#[derive(Serialize)]
pub(crate) struct OneTimeLink {
    pub(crate) name: String,
    pub(crate) url: String,
    /// Whether they were added just now.
    pub(crate) added: bool,
}

async fn page(app: &App, actor: &Actor) -> Result<TeamPage, Fault> {
    let members = app.service.members(actor).await?;
    let hosts = app.service.hosts(actor).await?;
    let name_of =
        |id: &model::ZoomUserId| hosts.iter().find(|h| h.id == *id).map_or_else(|| id.to_string(), |h| h.name.clone());
    let row = |view: &MemberView| MemberRow {
        id: view.member.id.to_string(),
        name: view.member.name.to_string(),
        email: view.member.email.to_string(),
        role: view.member.role.as_str(),
        hosts: view.hosts.iter().map(name_of).collect(),
        has_password: view.has_password,
        you: actor.member_id() == Some(view.member.id),
    };
    let form = MemberForm { name: String::new(), email: String::new(), role: Role::Host.as_str().into() };
    let members = members.iter().map(row).collect();
    Ok(TeamPage { members, form, link: None, problems: Vec::new(), errors: BTreeMap::new() })
}

/// `GET /admin/team`
pub(crate) async fn team(State(app): State<App>, Signed(actor): Signed, query: Query) -> Result<Response, Fault> {
    let page = page(&app, &actor).await?;
    show(&app, &actor, &query, page).await
}

/// `POST /admin/team`
pub(crate) async fn add(State(app): State<App>, Signed(actor): Signed, fields: Fields) -> Result<Response, Fault> {
    let text = |name: &str| fields.get(name).to_owned();
    let form = MemberForm { name: text("name"), email: text("email"), role: text("role") };
    let made = match draft(&form) {
        Ok(draft) => app.service.create_member(&actor, draft).await,
        Err(wrong) => Err(Error::Invalid(wrong)),
    };
    let email = Email::parse(&form.email);
    match (made, email) {
        (Ok(_), Ok(email)) => {
            let url = app.service.password_link(&actor, &email).await?;
            let mut page = page(&app, &actor).await?;
            page.link = Some(OneTimeLink { name: form.name, url, added: true });
            show_again(&app, &actor, StatusCode::CREATED, page).await
        }
        (Ok(_), Err(_)) => Ok(Redirect::to("/admin/team").into_response()),
        (Err(error), _) => {
            let (status, wrong) = Wrong::from_error(error, &LABELS)?;
            let page = TeamPage { form, problems: wrong.problems, errors: wrong.errors, ..page(&app, &actor).await? };
            show_again(&app, &actor, status, page).await
        }
    }
}

fn draft(form: &MemberForm) -> Result<MemberDraft, Vec<model::Invalid>> {
    let mut wrong = Vec::new();
    let name = PersonName::parse(&form.name).map_err(|p| wrong.push(p.at("name"))).ok();
    let email = Email::parse(&form.email).map_err(|p| wrong.push(p.at("email"))).ok();
    let role = form.role.parse::<Role>().map_err(|p: Problem| wrong.push(p.at("role"))).ok();
    match (name, email, role) {
        (Some(name), Some(email), Some(role)) => Ok(MemberDraft { email, name, role, password: None }),
        _ => Err(wrong),
    }
}

async fn member(app: &App, actor: &Actor, id: &str) -> Result<MemberView, Fault> {
    let id: MemberId = id.parse().map_err(|_| Error::NotFound)?;
    let members = app.service.members(actor).await?;
    members.into_iter().find(|view| view.member.id == id).ok_or_else(|| Error::NotFound.into())
}

/// `POST /admin/team/{member}/link`
pub(crate) async fn link(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let view = member(&app, &actor, &id).await?;
    let url = app.service.password_link(&actor, &view.member.email).await?;
    let mut page = page(&app, &actor).await?;
    page.link = Some(OneTimeLink { name: view.member.name.to_string(), url, added: false });
    show_again(&app, &actor, StatusCode::CREATED, page).await
}

/// `POST /admin/team/{member}/role`
pub(crate) async fn set_role(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Fault> {
    let id: MemberId = id.parse().map_err(|_| Error::NotFound)?;
    let set = match fields.get("role").parse::<Role>() {
        Ok(role) => app.service.set_role(&actor, id, role).await,
        Err(problem) => Err(Error::Invalid(vec![problem.at("role")])),
    };
    match set {
        Ok(()) => Ok(Redirect::to("/admin/team?said=role").into_response()),
        Err(error) => {
            // The form of whoever is to be added is not this one: the message stands above the team.
            let (status, wrong) = Wrong::from_error(error, &[])?;
            let page = TeamPage { problems: wrong.problems, ..page(&app, &actor).await? };
            show_again(&app, &actor, status, page).await
        }
    }
}

/// The question before somebody is removed.
#[derive(Serialize)]
pub(crate) struct RemovePage {
    pub(crate) id: String,
    pub(crate) name: String,
}

impl Page for RemovePage {
    const TEMPLATE: &'static str = "admin/team_remove.html";
}

impl Content for RemovePage {
    const PLACE: Place = Place::Team;
}

/// `GET /admin/team/{member}/remove`
pub(crate) async fn ask_remove(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    query: Query,
) -> Result<Response, Fault> {
    let view = member(&app, &actor, &id).await?;
    let page = RemovePage { id: view.member.id.to_string(), name: view.member.name.to_string() };
    show(&app, &actor, &query, page).await
}

/// `POST /admin/team/{member}/remove`
pub(crate) async fn remove(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let id: MemberId = id.parse().map_err(|_| Error::NotFound)?;
    app.service.remove_member(&actor, id).await?;
    Ok(Redirect::to("/admin/team?said=removed").into_response())
}
