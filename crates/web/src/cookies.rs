//! The two cookies: a member's session, and a grant on its way from the green room into the call.
//!
//! A grant travels in an `HttpOnly` cookie that only the call's own addresses get, for two minutes: no script reads it,
//! and it is in no address, no history and no HTML. Each entry has a cookie of its own, so that two tabs of one browser
//! do not take each other's; the entry's name in the address is no secret.

use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};
use http::{HeaderMap, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};

use crate::config::WebConfig;

/// The session cookie's name: over https bound to this very host and to https (`__Host-`).
fn session_name(config: &WebConfig) -> &'static str {
    if config.is_https() { "__Host-eroom-session" } else { "eroom-session" }
}

/// The session of a request, if it brings one.
pub(crate) fn session(config: &WebConfig, headers: &HeaderMap) -> Option<SecretString> {
    read(headers, session_name(config))
}

/// The header that gives a browser its session. It ends with the browser, or when the server says so.
pub(crate) fn give_session(config: &WebConfig, token: &SecretString) -> HeaderValue {
    written(config, (session_name(config).to_owned(), token.expose_secret().to_owned()), "/", None, SameSite::Lax)
}

/// The header that takes the session away again.
pub(crate) fn end_session(config: &WebConfig) -> HeaderValue {
    written(config, (session_name(config).to_owned(), String::new()), "/", Some(0), SameSite::Lax)
}

fn entry_name(entry: &str) -> String {
    format!("eroom-entry-{entry}")
}

/// The grant of an entry, if the request brings it.
pub(crate) fn grant(headers: &HeaderMap, entry: &str) -> Option<SecretString> {
    let is_name = !entry.is_empty() && entry.len() <= 32 && entry.bytes().all(|b| b.is_ascii_hexdigit());
    if is_name { read(headers, &entry_name(entry)) } else { None }
}

/// The header that hands a grant over for `seconds`, to addresses under `path` only.
pub(crate) fn give_grant(
    config: &WebConfig,
    entry: &str,
    token: &SecretString,
    path: &str,
    seconds: i64,
) -> HeaderValue {
    let pair = (entry_name(entry), token.expose_secret().to_owned());
    written(config, pair, path, Some(seconds), SameSite::Strict)
}

/// The header that takes a used grant away.
pub(crate) fn end_grant(config: &WebConfig, entry: &str, path: &str) -> HeaderValue {
    written(config, (entry_name(entry), String::new()), path, Some(0), SameSite::Strict)
}

fn read(headers: &HeaderMap, name: &str) -> Option<SecretString> {
    let jar = CookieJar::from_headers(headers);
    jar.get(name).map(Cookie::value).filter(|value| !value.is_empty()).map(Into::into)
}

fn written(
    config: &WebConfig,
    (name, value): (String, String),
    path: &str,
    seconds: Option<i64>,
    same_site: SameSite,
) -> HeaderValue {
    let cookie = Cookie::build((name, value))
        .path(path.to_owned())
        .secure(config.is_https())
        .http_only(true)
        .same_site(same_site)
        .build();
    let life = seconds.map(|s| format!("; Max-Age={s}")).unwrap_or_default();
    let mut value = HeaderValue::from_str(&format!("{cookie}{life}")).unwrap_or(HeaderValue::from_static(""));
    value.set_sensitive(true);
    value
}
