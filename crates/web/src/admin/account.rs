//! My account: who I am, my password, my API tokens.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use http::{HeaderMap, StatusCode};
use model::{PersonName, Problem, Right};
use secrecy::ExposeSecret as _;
use serde::Serialize;
use service::{Actor, ApiTokenView, Error, MemberView};

use super::{
    inside::{Content, Place, show, show_again},
    times::Instant,
    wrong::{Line, Wrong},
};
use crate::{
    app::{App, Query},
    cookies,
    fault::Fault,
    fields::Fields,
    guard::Signed,
    language::say,
    pages::Page,
};

/// The fewest characters of a password, as the page's hint says; `service` decides.
const PASSWORD_MIN: usize = 10;

const LABELS: [(&str, &str, &str); 4] = [
    ("old", "old", "account-password-current"),
    ("password", "password", "account-password-new"),
    ("again", "again", "account-password-again"),
    ("token_name", "token_name", "tokens-name"),
];

/// The page.
#[derive(Serialize)]
pub(crate) struct AccountPage {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) role: &'static str,
    pub(crate) hosts: Vec<String>,
    pub(crate) tokens: Vec<TokenRow>,
    pub(crate) token_name: String,
    pub(crate) may_write: bool,
    /// A token, shown this once.
    pub(crate) made: Option<Made>,
    pub(crate) password_min: usize,
    pub(crate) problems: Vec<Line>,
    pub(crate) errors: BTreeMap<&'static str, String>,
}

impl Page for AccountPage {
    const TEMPLATE: &'static str = "admin/account.html";
}

impl Content for AccountPage {
    const PLACE: Place = Place::Account;
}

/// A token in the list.
#[derive(Serialize)]
pub(crate) struct TokenRow {
    id: String,
    name: String,
    /// Whose it is, where it is not the reader's.
    whose: Option<String>,
    made: Instant,
    used: Option<Instant>,
}

impl TokenRow {
    /// A token, with the team's names where the reader may see them.
    pub(crate) fn of(token: &ApiTokenView, reader: Option<model::MemberId>, team: &[MemberView]) -> Self {
        let whose = (reader != Some(token.member)).then(|| {
            let known = team.iter().find(|view| view.member.id == token.member);
            known.map_or_else(|| token.member.to_string(), |view| view.member.name.to_string())
        });
        Self {
            id: token.id.clone(),
            name: token.name.clone(),
            whose,
            made: token.created_at.into(),
            used: token.last_used_at.map(Instant::from),
        }
    }
}

/// A token that was just made.
#[derive(Serialize)]
pub(crate) struct Made {
    pub(crate) name: String,
    pub(crate) token: String,
}

async fn page(app: &App, actor: &Actor) -> Result<AccountPage, Fault> {
    let hosts = app.service.hosts(actor).await?;
    let team = if actor.may(Right::ManageTeam) { app.service.members(actor).await? } else { Vec::new() };
    let tokens = app.service.api_tokens(actor).await?;
    Ok(AccountPage {
        name: actor.name(),
        email: actor.email().map(ToString::to_string).unwrap_or_default(),
        role: actor.role().as_str(),
        hosts: hosts.iter().filter(|host| actor.is_linked_to(&host.id)).map(|host| host.name.clone()).collect(),
        tokens: tokens.iter().map(|token| TokenRow::of(token, actor.member_id(), &team)).collect(),
        token_name: String::new(),
        may_write: actor.may(Right::KeepOwnRooms),
        made: None,
        password_min: PASSWORD_MIN,
        problems: Vec::new(),
        errors: BTreeMap::new(),
    })
}

async fn page_with(app: &App, actor: &Actor, wrong: Wrong, token_name: &str) -> Result<AccountPage, Fault> {
    let page = page(app, actor).await?;
    Ok(AccountPage { problems: wrong.problems, errors: wrong.errors, token_name: token_name.to_owned(), ..page })
}

/// `GET /admin/account`
pub(crate) async fn account(State(app): State<App>, Signed(actor): Signed, query: Query) -> Result<Response, Fault> {
    let page = page(&app, &actor).await?;
    show(&app, &actor, &query, page).await
}

/// `POST /admin/account/password`
pub(crate) async fn password(
    State(app): State<App>,
    Signed(actor): Signed,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Fault> {
    let mut wrong = Wrong::default();
    for field in ["old", "password"] {
        if fields.get(field).is_empty() {
            wrong.add(field, crate::language::problem(&Problem::Missing), &LABELS);
        }
    }
    if fields.get("again") != fields.get("password") {
        wrong.add("again", say("account-password-again-wrong"), &LABELS);
    }
    if !wrong.problems.is_empty() {
        let page = page_with(&app, &actor, wrong, "").await?;
        return show_again(&app, &actor, StatusCode::UNPROCESSABLE_ENTITY, page).await;
    }
    let keep = cookies::session(&app.config, &headers);
    let (old, new) = (fields.secret("old"), fields.secret("password"));
    match app.service.change_password(&actor, &old, &new, keep.as_ref()).await {
        Ok(()) => Ok(Redirect::to("/admin/account?said=password").into_response()),
        Err(Error::WrongPassword) => {
            let mut wrong = Wrong::default();
            wrong.add("old", say("account-password-wrong"), &LABELS);
            let page = page_with(&app, &actor, wrong, "").await?;
            show_again(&app, &actor, StatusCode::UNPROCESSABLE_ENTITY, page).await
        }
        Err(error) => {
            let (status, wrong) = Wrong::from_error(error, &LABELS)?;
            let page = page_with(&app, &actor, wrong, "").await?;
            show_again(&app, &actor, status, page).await
        }
    }
}

/// `POST /admin/account/tokens`
pub(crate) async fn make_token(
    State(app): State<App>,
    Signed(actor): Signed,
    fields: Fields,
) -> Result<Response, Fault> {
    let member = actor.member_id().ok_or(Fault::SignedOut)?;
    let name = fields.get("token_name");
    let write = fields.has("write") && actor.may(Right::KeepOwnRooms);
    // The service calls the field `name`; on this page that is the member's.
    let made = match PersonName::parse(name) {
        Err(problem) => Err(Error::Invalid(vec![problem.at("token_name")])),
        Ok(name) => app.service.create_api_token(&actor, member, name.as_str(), write).await,
    };
    match made {
        Ok(token) => {
            let made = Made { name: name.to_owned(), token: token.expose_secret().to_owned() };
            let page = AccountPage { made: Some(made), ..page(&app, &actor).await? };
            show_again(&app, &actor, StatusCode::CREATED, page).await
        }
        Err(error) => {
            let (status, wrong) = Wrong::from_error(error, &LABELS)?;
            let page = page_with(&app, &actor, wrong, name).await?;
            show_again(&app, &actor, status, page).await
        }
    }
}

/// `POST /admin/account/tokens/{token}/revoke`
pub(crate) async fn revoke_token(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    app.service.revoke_api_token(&actor, &id).await?;
    Ok(Redirect::to("/admin/account?said=revoked#tokens").into_response())
}
