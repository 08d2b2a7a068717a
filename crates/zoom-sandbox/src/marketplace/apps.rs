//! The apps of an account: the list, *Build App*, a new secret, deactivation, deletion.

use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};

use super::{
    form::{Fields, Problems},
    server_app,
    session::Me,
    view::{AppPage, Asked, Instead, edit, find, gone, kind_name, list_notice, not_kept, show, to},
};
use crate::{
    app::App,
    world::{AppKind, ChangeError, ClientApp, KeyPair, Rows as _},
};

pub(crate) async fn list(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Response {
    let apps: Vec<Value> = app.world.read(|state| {
        let seen = state.apps.iter().filter(|client| me.sees(client));
        seen.map(|client| {
            let maker = state.person_by_id(&client.owner_id).map_or("somebody who left", |maker| &maker.display_name);
            context! {
                id => &client.id, name => &client.name, kind => kind_name(client.kind), active => client.active, maker,
            }
        })
        .collect()
    });
    let notice = list_notice(&asked.done);
    show(&app, Some(&me), StatusCode::OK, "list", context! { apps, notice })
}

/// To an app's first page.
pub(crate) async fn open(State(app): State<App>, me: Me, Path(id): Path<String>) -> Result<Response, Instead> {
    let client = find(&app, &me, &id)?;
    Ok(to(&id, first_page(client.kind), ""))
}

fn first_page(kind: AppKind) -> &'static str {
    match kind {
        AppKind::ServerToServer => "credentials",
        AppKind::General => "basic",
    }
}

fn kind_of(word: &str) -> Option<AppKind> {
    match word {
        "server-to-server" => Some(AppKind::ServerToServer),
        "general" => Some(AppKind::General),
        _ => None,
    }
}

/// *Develop → Build App*: first the type, then the name.
pub(crate) async fn build(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Response {
    build_page(&app, &me, StatusCode::OK, &asked.kind, "", &Problems::default())
}

fn build_page(app: &App, me: &Me, status: StatusCode, kind: &str, name: &str, problems: &Problems) -> Response {
    let chosen = kind_of(kind).map(kind_name);
    show(app, Some(me), status, "build", context! { kind, chosen, name, problems })
}

pub(crate) async fn create(State(app): State<App>, me: Me, Form(fields): Form<Fields>) -> Response {
    let (word, name) = (fields.text("kind"), fields.text("name"));
    let Some(kind) = kind_of(word) else { return Redirect::to("/marketplace/develop/create").into_response() };
    let mut problems = Problems::default();
    problems.check_name("name", name, "a name for the app");
    if !problems.is_empty() {
        return build_page(&app, &me, StatusCode::UNPROCESSABLE_ENTITY, word, name, &problems);
    }
    let made = app.world.change(|change| {
        let Me { person, .. } = &me;
        let fresh = ClientApp::fresh((kind, name), &person.account_id, &person.id, change.now, change.entropy);
        // Within the account of its maker, Zoom lets a General App be used with its development credentials at once;
        // only a Server-to-Server app has to be activated first.
        let client = ClientApp { active: kind == AppKind::General, ..fresh };
        let id = client.id.clone();
        change.state.apps.push(client);
        Ok::<_, std::convert::Infallible>(id)
    });
    match made {
        Ok(id) => to(&id, first_page(kind), "created"),
        Err(ChangeError::Disk(problem)) => not_kept(&app, Some(&me), &problem),
    }
}

pub(crate) async fn activate(State(app): State<App>, me: Me, Path(id): Path<String>) -> Result<Response, Instead> {
    let client = find(&app, &me, &id)?;
    if client.kind == AppKind::ServerToServer && !server_app::missing(&client.information).is_empty() {
        return Ok(server_app::incomplete(&app, &me, &client));
    }
    // Looked at again where it is changed: the form may have been emptied meanwhile.
    edit(&app, &me, &id, |client, _| {
        client.active = client.kind == AppKind::General || server_app::missing(&client.information).is_empty();
    })?;
    Ok(to(&id, "activation", "activated"))
}

pub(crate) async fn deactivate(State(app): State<App>, me: Me, Path(id): Path<String>) -> Result<Response, Instead> {
    edit(&app, &me, &id, |client, _| client.active = false)?;
    Ok(to(&id, "activation", "deactivated"))
}

/// A new secret for the pair that `of` names; the id stays.
pub(crate) async fn regenerate(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Instead> {
    let kind = edit(&app, &me, &id, |client, entropy| {
        let pair = match (fields.text("of"), &mut client.production) {
            ("production", Some(production)) => production,
            _ => &mut client.keys,
        };
        pair.client_secret = KeyPair::fresh(entropy).client_secret;
        client.kind
    })?;
    Ok(to(&id, first_page(kind), "secret"))
}

pub(crate) async fn delete_page(State(app): State<App>, me: Me, Path(id): Path<String>) -> Result<Response, Instead> {
    let client = find(&app, &me, &id)?;
    Ok(AppPage::new(&app, &me, &client).show("delete", &context! {}))
}

/// Deletes an app and every token it has.
pub(crate) async fn delete(State(app): State<App>, me: Me, Path(id): Path<String>) -> Response {
    let deleted = app.world.change(|change| {
        change.state.app(&id).filter(|client| me.sees(client)).ok_or(())?;
        change.state.apps.retain(|client| client.id != id);
        change.state.tokens.keep(|token| token.app_id != id);
        Ok(())
    });
    match deleted {
        Ok(()) => Redirect::to("/marketplace?done=deleted").into_response(),
        Err(ChangeError::Refused(())) => gone(&app, &me),
        Err(ChangeError::Disk(problem)) => not_kept(&app, Some(&me), &problem),
    }
}
