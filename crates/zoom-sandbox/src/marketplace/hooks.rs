//! The Feature page: the secret token and the event subscriptions. Who needs neither goes on.

use axum::{
    Form,
    extract::{Path, Query, State},
    response::Response,
};
use minijinja::{Value, context};

use super::{
    form::{Fields, Problems},
    session::Me,
    view::{AppPage, Asked, Instead, edit, find, not_kept, to},
};
use crate::{
    app::App,
    hooks::{self, SubscribeError, Wish},
    world::{ClientApp, opaque},
};

pub(crate) async fn feature(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Instead> {
    let client = find(&app, &me, &id)?;
    let page = AppPage::new(&app, &me, &client).after(&asked);
    Ok(feature_page(&page, &client, &Wish::default(), &Problems::default()))
}

fn feature_page(page: &AppPage<'_>, client: &ClientApp, typed: &Wish, problems: &Problems) -> Response {
    let receivers: Vec<Value> = client
        .subscriptions
        .iter()
        .map(|one| context! { id => &one.id, name => &one.name, url => &one.url, events => &one.events })
        .collect();
    let events: Vec<Value> = zoom_spec::events()
        .iter()
        .map(|event| {
            let allowed = event.allowed_by(client.scopes.iter().map(String::as_str));
            context! { name => event.name, allowed, ticked => typed.events.iter().any(|one| one == event.name) }
        })
        .collect();
    let typed = context! { name => &typed.name, url => &typed.url };
    page.show("feature", &context! { secret_token => &client.secret_token, receivers, events, typed, problems })
}

/// Validates a receiver and subscribes the app; the page says why where it did not answer.
pub(crate) async fn subscribe(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Instead> {
    let client = find(&app, &me, &id)?;
    let known = fields.all("event").filter(|name| zoom_spec::event(name).is_some());
    let wish = Wish {
        name: fields.text("name").to_owned(),
        url: fields.text("url").to_owned(),
        events: known.map(str::to_owned).collect(),
        ..Wish::default()
    };
    let mut problems = Problems::default();
    problems.check_name("name", &wish.name, "a name for the subscription");
    if problems.is_empty() {
        match hooks::add(&app, &client.id, wish.clone()).await {
            Ok(_) => return Ok(to(&id, "feature", "subscribed")),
            Err(SubscribeError::Disk(problem)) => return Ok(not_kept(&app, Some(&me), &problem)),
            Err(problem) => problems.add("url", format!("Not subscribed: {problem}.")),
        }
    }
    Ok(feature_page(&AppPage::new(&app, &me, &client).refused(), &client, &wish, &problems))
}

pub(crate) async fn forget(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Instead> {
    let one = fields.text("subscription").to_owned();
    edit(&app, &me, &id, |client, _| client.subscriptions.retain(|known| known.id != one))?;
    Ok(to(&id, "feature", "forgotten"))
}

/// A new secret token.
pub(crate) async fn new_token(State(app): State<App>, me: Me, Path(id): Path<String>) -> Result<Response, Instead> {
    edit(&app, &me, &id, |client, entropy| client.secret_token = opaque(entropy, 22))?;
    Ok(to(&id, "feature", "token"))
}
