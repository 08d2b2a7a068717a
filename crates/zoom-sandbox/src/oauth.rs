//! The OAuth server's one grant: an access token for a Server-to-Server app.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::json;
use subtle::ConstantTimeEq as _;
use zoom_spec::code::{BAD_ACCOUNT, BAD_CLIENT, BAD_GRANT_TYPE, OAuthError};

use crate::{
    answer::{Answer, Refusal},
    app::App,
    world::{ChangeError, Credentials},
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

    fn refusal(&self, credentials: &Credentials) -> Option<OAuthError> {
        let known = self.basic.as_ref().is_some_and(|(id, secret)| {
            *id == credentials.client_id && bool::from(secret.as_bytes().ct_eq(credentials.client_secret.as_bytes()))
        });
        if !known {
            Some(BAD_CLIENT)
        } else if self.grant_type != "account_credentials" {
            Some(BAD_GRANT_TYPE)
        } else if self.account_id != credentials.account_id {
            Some(BAD_ACCOUNT)
        } else {
            None
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

/// Issues a token, or says why not in the OAuth server's words.
pub(crate) fn answer(app: &App, request: &TokenRequest) -> Answer {
    let issued = app.world.change(|change| match request.refusal(&change.state.credentials) {
        Some(refusal) => Err(refusal),
        None => Ok(change.issue_token()),
    });
    match issued {
        Ok((token, scopes)) => Answer::json(
            200,
            json!({
                "access_token": token,
                "token_type": "bearer",
                "expires_in": crate::world::TOKEN_LIFE.as_secs(),
                "scope": scopes.join(" "),
                "api_url": app.base,
            }),
        ),
        Err(ChangeError::Refused(refusal)) => refusal.into(),
        Err(ChangeError::Disk(problem)) => Refusal::disk(&problem).into(),
    }
}
