//! The Scopes pages: what an app may do, *Add Scopes* with its search, and taking a scope away.

use std::collections::BTreeSet;

use axum::{
    Form,
    extract::{Path, Query, State},
    response::Response,
};
use minijinja::{Value, context};

use super::{
    form::Fields,
    scope_list::{Offered, found, offered},
    session::Me,
    view::{AppPage, Asked, Instead, edit, find, to},
};
use crate::app::App;

pub(crate) async fn page(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Instead> {
    let client = find(&app, &me, &id)?;
    let held: BTreeSet<&str> = client.scopes.iter().map(String::as_str).collect();
    let shown: Vec<&Offered> = offered().iter().filter(|one| held.contains(one.id)).collect();
    // A state folder may hold scopes of a version that knew more.
    let unknown = held.iter().filter(|id| !offered().iter().any(|one| one.id == **id));
    let unknown: Vec<Value> = unknown.copied().map(Value::from).collect();
    let values = context! { products => grouped(&shown, &held), unknown, count => held.len() };
    Ok(AppPage::new(&app, &me, &client).after(&asked).show("scopes", &values))
}

/// Product by product and group by group, each in the order of the list.
fn grouped(shown: &[&Offered], held: &BTreeSet<&str>) -> Vec<Value> {
    let by_product = shown.chunk_by(|one, next| one.product == next.product);
    by_product
        .map(|product| {
            let groups: Vec<Value> = product
                .chunk_by(|one, next| one.group == next.group)
                .map(|group| {
                    let row = |one: &&Offered| {
                        let held = held.contains(one.id);
                        context! { id => one.id, title => &one.title, held, find => &one.words }
                    };
                    let name = group.first().map(|one| one.group.as_str()).unwrap_or_default();
                    context! { name, scopes => group.iter().map(row).collect::<Vec<_>>() }
                })
                .collect();
            let name = product.first().map(|one| one.product.as_str()).unwrap_or_default();
            context! { name, groups }
        })
        .collect()
}

pub(crate) async fn add_page(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Instead> {
    let client = find(&app, &me, &id)?;
    let held: BTreeSet<&str> = client.scopes.iter().map(String::as_str).collect();
    let shown: Vec<&Offered> = found(&asked.q).collect();
    let values = context! {
        products => grouped(&shown, &held), q => asked.q.trim(), count => shown.len(), all => offered().len(),
    };
    Ok(AppPage::new(&app, &me, &client).show("add_scopes", &values))
}

/// *Done*: of the scopes that the page listed, the app has those that are ticked; what a search hid stays as it is.
pub(crate) async fn done(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Instead> {
    let ticked: BTreeSet<&str> = fields.all("scope").collect();
    let listed: BTreeSet<&str> = found(fields.text("q")).map(|one| one.id).collect();
    edit(&app, &me, &id, |client, _| {
        client.scopes.retain(|scope| ticked.contains(scope.as_str()) || !listed.contains(scope.as_str()));
        let held: BTreeSet<&str> = client.scopes.iter().map(String::as_str).collect();
        let new = offered().iter().map(|one| one.id).filter(|id| ticked.contains(id) && !held.contains(id));
        let new: Vec<String> = new.map(str::to_owned).collect();
        client.scopes.extend(new);
    })?;
    Ok(to(&id, "scopes", "scopes"))
}

pub(crate) async fn take_away(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Instead> {
    let scope = fields.text("scope").to_owned();
    edit(&app, &me, &id, |client, _| client.scopes.retain(|held| *held != scope))?;
    Ok(to(&id, "scopes", "scopes"))
}
