//! What there really is: addresses, accounts, people.

use axum::{Json, extract::State};
use serde::Serialize;

use crate::{
    app::App,
    world::{Account, Plan},
};

/// Where everything is.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct Ready {
    sandbox: String,
    /// In place of `https://api.zoom.us/v2`.
    api: String,
    /// In place of `https://zoom.us/oauth/token`.
    oauth: String,
    /// In place of `https://source.zoom.us`.
    sdk: String,
    /// Where it answers by Zoom's names, if it does.
    #[schema(value_type = Option<String>)]
    tls: Option<std::net::SocketAddr>,
    /// The proxy, if there is one.
    proxy: Option<String>,
    /// The id of the ready-made app, by which its webhook logs are asked for; empty where somebody deleted it.
    app_id: String,
    /// What ids and secrets are drawn from: `--seed` makes the same run again.
    seed: u64,
}

/// Answers once the sandbox is up: its addresses, the id of its app and its seed, without a secret.
#[utoipa::path(get, path = "/sandbox/v1", tag = "sandbox", operation_id = "ready",
    responses((status = 200, body = Ready)))]
pub(crate) async fn ready(State(app): State<App>) -> Json<Ready> {
    Json(Ready {
        sandbox: app.base.clone(),
        api: format!("{}/v2", app.base),
        oauth: format!("{}/oauth/token", app.base),
        sdk: format!("{}/sdk", app.base),
        tls: app.reach.as_ref().map(|reach| reach.tls),
        proxy: app.reach.as_ref().and_then(|reach| reach.proxy).map(|proxy| format!("http://{proxy}")),
        app_id: app.world.credentials().app_id,
        seed: app.world.read(|state| state.seed),
    })
}

/// An account.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct AccountRow {
    id: String,
    name: String,
    number: i64,
    plan: Plan,
    /// The account that the ready-made apps belong to; the others are its sub-accounts.
    primary: bool,
    /// How many people it has.
    people: usize,
}

/// The accounts, the primary one first.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct Accounts {
    items: Vec<AccountRow>,
}

/// Lists the account and its sub-accounts.
#[utoipa::path(get, path = "/sandbox/v1/accounts", tag = "world", operation_id = "listAccounts",
    responses((status = 200, body = Accounts)))]
pub(crate) async fn accounts(State(app): State<App>) -> Json<Accounts> {
    let items = app.world.read(|state| {
        let row = |account: &Account| AccountRow {
            id: account.id.clone(),
            name: account.name.clone(),
            number: account.number,
            plan: account.plan,
            primary: account.id == state.account.id,
            people: state.people.iter().filter(|one| one.account_id == account.id).count(),
        };
        std::iter::once(&*state.account).chain(state.sub_accounts.iter()).map(row).collect()
    });
    Json(Accounts { items })
}

/// A user.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct PersonRow {
    id: String,
    email: String,
    name: String,
    /// The name of their role.
    role: String,
    /// Zoom's figure: 1 basic, 2 licensed, 4 unassigned, 99 none.
    licence: u8,
    /// Whether they have a webinar licence.
    webinar: bool,
    /// Zoom's word: active, inactive or pending.
    status: &'static str,
    timezone: String,
    account_id: String,
    /// How many meetings and webinars they hold.
    meetings: usize,
}

/// Everybody.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct People {
    items: Vec<PersonRow>,
}

/// Lists everybody of every account.
#[utoipa::path(get, path = "/sandbox/v1/people", tag = "world", operation_id = "listPeople",
    responses((status = 200, body = People)))]
pub(crate) async fn people(State(app): State<App>) -> Json<People> {
    let now = app.now();
    let items = app.world.read(|state| {
        let held = |id: &str| state.meetings.of_host(id).filter(|one| one.exists(now)).count();
        let row = |person: &crate::world::Person| PersonRow {
            id: person.id.clone(),
            email: person.email.clone(),
            name: person.display_name.clone(),
            role: state.role_of(person).map(|role| role.name.clone()).unwrap_or_default(),
            licence: person.licence.code(),
            webinar: person.webinar,
            status: person.status.as_str(),
            timezone: person.timezone.clone(),
            account_id: person.account_id.clone(),
            meetings: held(&person.id),
        };
        state.people.iter().map(row).collect()
    });
    Json(People { items })
}
