//! Signing in and out.

use axum::{
    extract::{Query, State},
    response::{IntoResponse as _, Redirect, Response},
};
use http::{HeaderMap, StatusCode, header};
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use service::Error;

use crate::{
    app::{App, Client},
    cookies,
    fault::Fault,
    fields::Fields,
    guard::MaybeSigned,
    pages::Page,
};

/// The sign-in page.
#[derive(Debug, Default, Serialize)]
pub(super) struct SignInPage {
    email: String,
    next: String,
    /// What went wrong, in words; empty where nothing did.
    problem: String,
    /// Whether the site has no member yet.
    is_new: bool,
}

impl Page for SignInPage {
    const TEMPLATE: &'static str = "sign_in.html";
}

/// Examples of the page.
#[cfg(test)]
pub(super) fn samples() -> Vec<crate::pages::Sample> {
    let wrong = SignInPage {
        email: "ada@example.org".into(),
        next: "/admin/rooms".into(),
        problem: Fault::from(Error::WrongPassword).said().detail,
        is_new: false,
    };
    vec![
        crate::pages::Sample::of("empty", &SignInPage::default()),
        crate::pages::Sample::of("wrong password", &wrong),
        crate::pages::Sample::of("new site", &SignInPage { is_new: true, ..SignInPage::default() }),
    ]
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    next: String,
}

/// `GET /admin/sign-in`
pub(super) async fn show(
    State(app): State<App>,
    MaybeSigned(actor): MaybeSigned,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    if actor.is_some() {
        return Ok(Redirect::to(own_address(&asked.next)).into_response());
    }
    let is_new = app.service.is_empty().await?;
    app.page(StatusCode::OK, &SignInPage { next: asked.next, is_new, ..SignInPage::default() }).await
}

/// `POST /admin/sign-in`
pub(super) async fn take(State(app): State<App>, client: Client, fields: Fields) -> Result<Response, Fault> {
    let next = fields.get("next").to_owned();
    match app.service.sign_in(fields.get("email"), &fields.secret("password"), &client.0).await {
        Ok(session) => Ok(signed_in(&app, &session.token, own_address(&next))),
        Err(error @ (Error::WrongPassword | Error::TooMany { .. } | Error::Invalid(_))) => {
            let said = Fault::from(error).said();
            let page = SignInPage { email: fields.get("email").to_owned(), next, problem: said.detail, is_new: false };
            app.page(said.status, &page).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /admin/sign-out`
pub(super) async fn leave(State(app): State<App>, headers: HeaderMap) -> Result<Response, Fault> {
    if let Some(token) = cookies::session(&app.config, &headers) {
        app.service.sign_out(&token).await?;
    }
    Ok(([(header::SET_COOKIE, cookies::end_session(&app.config))], Redirect::to("/admin/sign-in")).into_response())
}

/// `POST /demo/sign-in`: the demo's one click. There is no such address outside the demo, nor for other machines.
pub(super) async fn demo(State(app): State<App>, client: Client, fields: Fields) -> Result<Response, Fault> {
    let is_demo = app.service.site().await?.demo;
    let login = app.config.demo_login.as_ref().filter(|_| is_demo && client.1.is_loopback()).ok_or(Fault::NotFound)?;
    let session = app.service.sign_in(&login.email, &login.password, &client.0).await?;
    Ok(signed_in(&app, &session.token, own_address(fields.get("next"))))
}

/// Gives the session cookie and leads on.
pub(super) fn signed_in(app: &App, token: &secrecy::SecretString, next: &str) -> Response {
    debug_assert!(!token.expose_secret().is_empty());
    ([(header::SET_COOKIE, cookies::give_session(&app.config, token))], Redirect::to(next)).into_response()
}

/// Where to go after signing in: only ever to a page of this site.
fn own_address(next: &str) -> &str {
    let own = next.starts_with("/admin")
        && !next.starts_with("/admin/sign-")
        && next.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
        && !next.contains("//");
    if own { next } else { "/admin" }
}

#[cfg(test)]
mod tests {
    use super::own_address;

    #[test]
    fn signing_in_never_leads_to_another_site() {
        for bad in
            ["https://evil.example", "//evil.example", "/\\evil", "/admin//evil", "javascript:1", "", "/admin/sign-in"]
        {
            assert_eq!(own_address(bad), "/admin", "{bad}");
        }
        assert_eq!(own_address("/admin/rooms?when=past"), "/admin/rooms?when=past");
    }
}
