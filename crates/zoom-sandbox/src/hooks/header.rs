//! How a request signs in with its receiver: Basic, a token that is asked for first, or a header of the receiver's own.

use reqwest::RequestBuilder;
use serde::Deserialize;

use super::post::Receiver;
use crate::{app::App, world::CustomHeader};

#[derive(Deserialize)]
struct Token {
    access_token: String,
}

/// The request with what its subscription's `custom_header` adds; why not, where no token could be had.
pub(super) async fn dress(app: &App, request: RequestBuilder, to: &Receiver) -> Result<RequestBuilder, String> {
    Ok(match &to.header {
        CustomHeader::None => request,
        CustomHeader::Basic { username, password } => {
            request.header("clientid", &to.client_id).basic_auth(username, Some(password))
        }
        CustomHeader::OAuth { .. } => request.bearer_auth(token(app, &to.header).await?),
        CustomHeader::Own { key, value } => request.header(key, value),
    })
}

/// A bearer token from the address that a custom header names. Each request asks for its own.
pub(super) async fn token(app: &App, header: &CustomHeader) -> Result<String, String> {
    let CustomHeader::OAuth { client_id, client_secret, token_url, scope, state, in_body } = header else {
        return Err("There is no token to ask for.".to_owned());
    };
    if let Err(elsewhere) = app.hooks.reachable.check(token_url) {
        return Err(format!("No token was asked for: {elsewhere}."));
    }
    let mut form = vec![("grant_type", "client_credentials")];
    form.extend(
        [("scope", scope.as_str()), ("state", state.as_str())].into_iter().filter(|(_, value)| !value.is_empty()),
    );
    let request = app.hooks.client()?.post(token_url);
    let request = if *in_body {
        form.extend([("client_id", client_id.as_str()), ("client_secret", client_secret.as_str())]);
        request
    } else {
        request.basic_auth(client_id, Some(client_secret))
    };
    let answer = request.form(&form).send().await.and_then(reqwest::Response::error_for_status);
    let answer = answer.map_err(|_| "The token address gave no token.".to_owned())?;
    let token = answer.json::<Token>().await.map_err(|_| "The token address answered no token.".to_owned())?;
    Ok(token.access_token)
}
