//! The OAuth server: access tokens for Server-to-Server apps, and for General Apps by their own credentials.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::fmt::rfc2822::DateTimePrinter;
use serde_json::json;
use subtle::ConstantTimeEq as _;
use zoom_spec::code::{APP_DISABLED, BAD_ACCOUNT, BAD_CLIENT, BAD_GRANT_TYPE, OAuthError};

use crate::{
    answer::{Answer, Refusal},
    app::App,
    world::{AppKind, ChangeError, ClientApp, State},
};

/// A token request, read from wherever the client put its parts: query and form body are the same to Zoom.
#[derive(Debug, Default)]
pub(crate) struct TokenRequest {
    grant_type: String,
    account_id: String,
    basic: Option<(String, String)>,
}

impl TokenRequest {
    pub(crate) fn read(query: &str, body: &[u8], authorization: Option<&str>) -> Self {
        let mut request = Self { basic: authorization.and_then(basic), ..Self::default() };
        let body = std::str::from_utf8(body).unwrap_or_default();
        for (name, value) in
            url::form_urlencoded::parse(query.as_bytes()).chain(url::form_urlencoded::parse(body.as_bytes()))
        {
            match &*name {
                "grant_type" => request.grant_type = value.into_owned(),
                "account_id" => request.account_id = value.into_owned(),
                _ => {}
            }
        }
        request
    }

    /// The app that may have a token, or why there is none, in the order in which Zoom looks.
    fn admitted(&self, state: &State) -> Result<String, OAuthError> {
        let (id, secret) = self.basic.as_ref().ok_or(BAD_CLIENT)?;
        let is_its = |app: &&ClientApp| {
            app.secret_of(id).is_some_and(|known| bool::from(secret.as_bytes().ct_eq(known.as_bytes())))
        };
        let app = state.apps.iter().find(is_its).ok_or(BAD_CLIENT)?;
        if !app.active {
            return Err(APP_DISABLED);
        }
        match (app.kind, self.grant_type.as_str()) {
            (AppKind::ServerToServer, "account_credentials") if self.account_id == app.account_id => Ok(app.id.clone()),
            (AppKind::ServerToServer, "account_credentials") => Err(BAD_ACCOUNT),
            (AppKind::General, "client_credentials") => Ok(app.id.clone()),
            _ => Err(BAD_GRANT_TYPE),
        }
    }
}

/// Client id and secret out of a `Basic` header.
fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, rest) = header.split_once(' ')?;
    let text = String::from_utf8(STANDARD.decode(rest.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    scheme.eq_ignore_ascii_case("basic").then(|| (id.to_owned(), secret.to_owned()))
}

/// Issues a token, or says why not in the OAuth server's words. `api_url` is where the caller finds the REST API.
pub(crate) fn answer(app: &App, request: &TokenRequest, api_url: &str) -> Answer {
    let issued = app.world.change(|change| {
        let client = request.admitted(&change.state)?;
        Ok::<_, OAuthError>(change.issue_token(&client))
    });
    match issued {
        Ok((token, scopes)) => Answer::json(
            200,
            json!({
                "access_token": token,
                "token_type": "bearer",
                "expires_in": crate::world::TOKEN_LIFE.as_secs(),
                "scope": scopes.join(" "),
                "api_url": api_url,
            }),
        )
        // By it clients tell how far their own clock is off.
        .with_header("date", DateTimePrinter::new().timestamp_to_rfc9110_string(&app.now()).unwrap_or_default()),
        Err(ChangeError::Refused(refusal)) => refusal.into(),
        Err(ChangeError::Disk(problem)) => Refusal::disk(&problem).into(),
    }
}
