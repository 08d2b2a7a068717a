//! One-time links: making the first owner, and choosing a password.

use axum::{
    extract::{Path, State},
    response::Response,
};
use http::StatusCode;
use model::{Email, Invalid, PersonName};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use service::{Error, LinkPurpose};

use super::sign_in::signed_in;
use crate::{app::App, fault::Fault, fields::Fields, language, pages::Page};

/// Where a one-time link leads: who one will be, and the password.
#[derive(Debug, Default, Serialize)]
pub(super) struct WelcomePage {
    /// Whether the first owner is made; else a member chooses a password.
    setup: bool,
    action: String,
    name: String,
    email: String,
    /// Sentences by field.
    errors: std::collections::BTreeMap<&'static str, String>,
}

impl Page for WelcomePage {
    const TEMPLATE: &'static str = "welcome.html";
}

/// Examples of the page.
#[cfg(test)]
pub(super) fn samples() -> Vec<crate::pages::Sample> {
    let wrong = [model::Problem::Missing.at("name"), model::Problem::TooShort { min: 12 }.at("password")];
    let page = |setup, wrong: &[Invalid]| WelcomePage {
        setup,
        action: "/setup/sample".into(),
        email: "ada@example.org".into(),
        errors: language::by_field(wrong),
        ..WelcomePage::default()
    };
    vec![
        crate::pages::Sample::of("set up", &page(true, &[])),
        crate::pages::Sample::of("set up, wrong", &page(true, &wrong)),
        crate::pages::Sample::of("choose a password", &page(false, &[])),
    ]
}

/// `GET /setup/{token}`
pub(super) async fn show_setup(State(app): State<App>, Path(token): Path<String>) -> Result<Response, Fault> {
    match app.service.link_purpose(&SecretString::from(token.as_str())).await? {
        LinkPurpose::Setup => {
            app.page(
                StatusCode::OK,
                &WelcomePage { setup: true, action: address("setup", &token), ..WelcomePage::default() },
            )
            .await
        }
        LinkPurpose::Password { .. } => Err(Fault::NotFound),
    }
}

/// `POST /setup/{token}`
pub(super) async fn set_up(
    State(app): State<App>,
    Path(token): Path<String>,
    fields: Fields,
) -> Result<Response, Fault> {
    let secret = SecretString::from(token.as_str());
    let password = fields.secret("password");
    let mut wrong: Vec<Invalid> = Vec::new();
    let name = PersonName::parse(fields.get("name")).map_err(|p| wrong.push(p.at("name"))).ok();
    let email = Email::parse(fields.get("email")).map_err(|p| wrong.push(p.at("email"))).ok();
    if password.expose_secret().is_empty() {
        wrong.push(model::Problem::Missing.at("password"));
    }
    let outcome = match (name, email) {
        (Some(name), Some(email)) if wrong.is_empty() => app.service.set_up(&secret, name, email, &password).await,
        _ => Err(Error::Invalid(wrong)),
    };
    let page = WelcomePage {
        setup: true,
        action: address("setup", &token),
        name: fields.get("name").to_owned(),
        email: fields.get("email").to_owned(),
        ..WelcomePage::default()
    };
    finish(&app, outcome, page).await
}

/// `GET /password/{token}`
pub(super) async fn show_password(State(app): State<App>, Path(token): Path<String>) -> Result<Response, Fault> {
    match app.service.link_purpose(&SecretString::from(token.as_str())).await? {
        LinkPurpose::Password { email } => {
            let page =
                WelcomePage { action: address("password", &token), email: email.to_string(), ..WelcomePage::default() };
            app.page(StatusCode::OK, &page).await
        }
        LinkPurpose::Setup => Err(Fault::NotFound),
    }
}

/// `POST /password/{token}`
pub(super) async fn choose(
    State(app): State<App>,
    Path(token): Path<String>,
    fields: Fields,
) -> Result<Response, Fault> {
    let secret = SecretString::from(token.as_str());
    let outcome = app.service.choose_password(&secret, &fields.secret("password")).await;
    let page = WelcomePage {
        action: address("password", &token),
        email: fields.get("email").to_owned(),
        ..WelcomePage::default()
    };
    finish(&app, outcome, page).await
}

/// Signed in, or the page again with what is wrong and what was typed, less the password.
async fn finish(
    app: &App,
    outcome: service::Result<service::SessionToken>,
    mut page: WelcomePage,
) -> Result<Response, Fault> {
    match outcome {
        Ok(session) => Ok(signed_in(app, &session.token, "/admin")),
        Err(Error::Invalid(wrong)) => {
            page.errors = language::by_field(&wrong);
            app.page(StatusCode::UNPROCESSABLE_ENTITY, &page).await
        }
        Err(error) => Err(error.into()),
    }
}

fn address(kind: &str, token: &str) -> String {
    format!("/{kind}/{}", crate::routes::encoded(token))
}
