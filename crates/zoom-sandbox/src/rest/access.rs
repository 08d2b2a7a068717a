//! Who may call: the bearer token, and any one of the operation's scopes.

use axum::http::{HeaderMap, header};
use zoom_spec::{
    Operation,
    code::{SCOPE_MISSING, TOKEN_EXPIRED, TOKEN_INVALID, TOKEN_MISSING, missing_scopes},
};

use crate::{answer::Refusal, app::App};

/// Refuses a call without a valid token or without a scope that suffices.
pub(crate) fn check(app: &App, operation: &Operation, headers: &HeaderMap) -> Result<(), Refusal> {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Some((scheme, token)) = given.trim().split_once(' ') else { return Err(TOKEN_MISSING.into()) };
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(TOKEN_MISSING.into());
    }
    let known = app.world.read(|state| state.tokens.get(token.trim()).cloned());
    let Some(token) = known else { return Err(TOKEN_INVALID.into()) };
    if token.expires_at <= app.now() {
        return Err(TOKEN_EXPIRED.into());
    }
    if operation.allowed_by(token.scopes.iter().map(String::as_str)) {
        return Ok(());
    }
    let scopes = missing_scopes(operation.granular);
    let why = format!(
        "4711: the token has none of {}. Add one to the app, then get a new token.",
        operation.granular.join(", ")
    );
    Err(Refusal::new(SCOPE_MISSING.status, SCOPE_MISSING.code, scopes).because(why))
}
