//! The workbench at `/sandbox`: what was asked of the pretend Zoom and what it decided, as people read it.

use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use minijinja::{Environment, UndefinedBehavior, context};
use rust_embed::RustEmbed;

use crate::{app::App, marketplace, rec};

#[derive(RustEmbed)]
#[folder = "static/workbench/"]
pub(crate) struct Files;

const PAGE: &str = "workbench.html";

/// Script and style from here only; nobody frames it.
pub(crate) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
                      base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The sandbox's own templates, parsed.
pub(crate) fn pages() -> Result<Environment<'static>, minijinja::Error> {
    let mut pages = Environment::new();
    pages.set_undefined_behavior(UndefinedBehavior::Strict);
    pages.add_template(PAGE, include_str!("../templates/workbench.html"))?;
    pages.add_template(rec::PAGE, include_str!("../templates/recording.html"))?;
    marketplace::templates(&mut pages)?;
    Ok(pages)
}

pub(crate) async fn page(State(app): State<App>) -> Response {
    let held = app.world.credentials();
    let credentials = [
        ("Account ID", held.account_id),
        ("Client ID", held.client_id),
        ("Client Secret", held.client_secret),
        ("Meeting SDK Client ID", held.sdk_key),
        ("Meeting SDK Client Secret", held.sdk_secret),
        ("Webhook Secret Token", held.webhook_secret),
    ];
    let addresses = [
        ("REST API", format!("{}/v2", app.base)),
        ("OAuth", format!("{}/oauth/token", app.base)),
        ("Meeting SDK", format!("{}/sdk", app.base)),
    ];
    let people: Vec<_> = app
        .world
        .people()
        .into_iter()
        .map(|person| context! { name => person.display_name, email => person.email, zone => person.timezone })
        .collect();
    let values = context! { credentials, addresses, people, account => app.world.account().name };
    let page = app.pages.get_template(PAGE).and_then(|page| page.render(values));
    match page {
        Ok(page) => ([(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "no-store")], Html(page))
            .into_response(),
        Err(problem) => {
            tracing::error!(%problem, "the workbench cannot be shown");
            (StatusCode::INTERNAL_SERVER_ERROR, "The workbench cannot be shown; the log says why.\n").into_response()
        }
    }
}

pub(crate) async fn file(Path(name): Path<String>) -> Response {
    match Files::get(&name) {
        Some(file) => {
            let kind = file.metadata.mimetype().to_owned();
            let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache".to_owned())];
            (headers, file.data).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
