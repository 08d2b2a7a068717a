//! One request to the token server, and what its answers mean.

use std::time::Duration;

use clock::Timestamp;
use jiff::SignedDuration;
use reqwest::{
    Client,
    header::{ACCEPT, DATE, HeaderMap},
};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use url::{Host, Url};

use super::{Minter, Token};
use crate::{
    CredentialProblem, Error, Found, Place, Places,
    answer::{Answer, look},
    client::is_loopback,
    limit, refusal,
};

/// The body of success. `expires_in` is seconds, `scope` is separated by spaces.
#[derive(Deserialize)]
struct Issued {
    access_token: String,
    expires_in: i64,
    #[serde(default)]
    scope: String,
    #[serde(default)]
    api_url: Option<String>,
}

/// The body of a refusal, which differs from the API's.
#[derive(Deserialize)]
struct Refused {
    #[serde(default)]
    reason: Option<String>,
    #[serde(default)]
    error: Option<String>,
}

/// Fetches a token, by one request. Whatever fails here, what the caller wanted to send was not sent.
pub(super) async fn mint(minter: &Minter, operation: &'static str) -> Result<Token, Error> {
    let Minter { places, credentials, clock, http, patience, .. } = minter;
    let minted_at = clock.now();
    let form = [("grant_type", "account_credentials"), ("account_id", credentials.account_id.as_str())];
    let server = Server { places, http, patience: *patience, operation };
    let answer = server.ask((&credentials.client_id, &credentials.client_secret), &form, minted_at).await?;
    let unreadable = |found| server.unreadable(answer.status, found);
    let issued: Issued = serde_json::from_slice(&answer.body)
        .map_err(|_| refused(answer.status, &answer.body).unwrap_or_else(|| unreadable(look(&answer.body))))?;
    let sane = !issued.access_token.is_empty() && issued.access_token.bytes().all(|byte| byte.is_ascii_graphic());
    if !sane || issued.expires_in <= 0 {
        return Err(unreadable(Found::OtherJson));
    }
    let lasts = SignedDuration::from_secs(issued.expires_in);
    Ok(Token {
        access: issued.access_token.into(),
        issued_to: minter.issued_to(),
        scopes: issued.scope.split_ascii_whitespace().map(Into::into).collect(),
        api: issued.api_url.and_then(|named| follow(&places.api, &named)),
        minted_at,
        expires_at: minted_at.checked_add(lasts).unwrap_or(Timestamp::MAX),
        server_time: server_time(&answer.headers),
    })
}

/// The token server, and how long it is waited for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Server<'a> {
    pub(super) places: &'a Places,
    pub(super) http: &'a Client,
    pub(super) patience: Duration,
    pub(super) operation: &'static str,
}

impl Server<'_> {
    /// Sends one form by a client's id and secret; the answer, if it is one of success.
    pub(super) async fn ask(
        self,
        (id, secret): (&str, &SecretString),
        form: &[(&str, &str)],
        now: Timestamp,
    ) -> Result<Answer, Error> {
        let Self { places, http, patience, operation } = self;
        let request = http
            .post(places.oauth.clone())
            .basic_auth(id, Some(secret.expose_secret()))
            .header(ACCEPT, "application/json")
            .form(form)
            .timeout(patience);
        let unreachable = |why| {
            let host = places.oauth.host_str().unwrap_or_default().to_owned();
            Error::Unreachable { place: Place::OAuth, operation, host, why }
        };
        let answer = request.send().await.map_err(|error| unreachable(crate::send::why(&error)))?;
        let answer = Answer::read(answer).await.map_err(|_| unreachable("the answer was cut"))?;
        match answer.status {
            200..=299 => Ok(answer),
            300..=399 => Err(self.unreadable(answer.status, Found::Redirect)),
            429 => Err(limit::of(operation, &answer.headers, "", now)),
            status @ (408 | 500..=599) => Err(Error::Unavailable { place: Place::OAuth, operation, status }),
            status => Err(refused(status, &answer.body).unwrap_or_else(|| self.unreadable(status, look(&answer.body)))),
        }
    }

    fn unreadable(self, status: u16, found: Found) -> Error {
        Error::Unreadable { place: Place::OAuth, operation: self.operation, status, found, field: None }
    }
}

/// Whether the token server knows the id and secret of an app, by the grant for apps without a user. A General App with
/// the Meeting SDK has it at Zoom where the app was activated for it (documented for some types of app only), so a
/// refusal of the grant says nothing of the pair. The token is dropped.
pub(super) async fn knows(minter: &Minter, id: &str, secret: &SecretString) -> Result<(), Error> {
    let Minter { places, http, patience, clock, .. } = minter;
    let server = Server { places, http, patience: *patience, operation: "oauth/token" };
    server.ask((id, secret), &[("grant_type", "client_credentials")], clock.now()).await.map(drop)
}

fn refused(status: u16, body: &[u8]) -> Option<Error> {
    let Refused { reason, error } = serde_json::from_slice(body).ok()?;
    let reason =
        reason.or_else(|| refusal::parse(body).map(|refusal| refusal.message)).map(|text| refusal::shorten(&text));
    if reason.is_none() && error.is_none() {
        return None;
    }
    let disabled = reason.as_deref().is_some_and(|reason| reason.to_ascii_lowercase().contains("disabled"));
    let problem = match error.as_deref() {
        Some("invalid_client") if disabled || status == 404 => CredentialProblem::Disabled,
        Some("invalid_client") => CredentialProblem::Client,
        Some("invalid_request") => CredentialProblem::Account,
        Some("unsupported_grant_type") => CredentialProblem::NotServerToServer,
        _ => CredentialProblem::Other,
    };
    Some(Error::Credentials { problem, reason })
}

fn server_time(headers: &HeaderMap) -> Option<Timestamp> {
    let date = headers.get(DATE)?.to_str().ok()?;
    jiff::fmt::rfc2822::parse(date).ok().map(|date| date.timestamp())
}

/// The address to use instead of `ours` because the token server named `theirs` (a regional host, without `/v2`), or
/// nothing if a token must not go there: only hosts of Zoom's own domains, over TLS, or a port of this computer when
/// ours is on it too.
pub(super) fn follow(ours: &Url, theirs: &str) -> Option<Url> {
    let theirs = Url::parse(theirs).ok()?;
    let plain = theirs.username().is_empty() && theirs.password().is_none() && theirs.query().is_none();
    let local = is_loopback(ours) && is_loopback(&theirs) && matches!(theirs.scheme(), "http" | "https");
    let family = |url: &Url| match url.host() {
        Some(Host::Domain(name)) => FAMILIES
            .into_iter()
            .find(|family| name.strip_suffix(family).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))),
        _ => None,
    };
    let kin = theirs.scheme() == "https" && theirs.port().is_none() && ours.scheme() == "https";
    let kin = kin && family(ours).is_some() && family(ours) == family(&theirs);
    if !plain || !(local || kin) {
        tracing::warn!(
            host = theirs.host_str().unwrap_or_default(),
            "the token server names an API host that is not followed"
        );
        return None;
    }
    let mut followed = theirs;
    followed.set_path(ours.path());
    Some(followed)
}

/// Domains of which every host is Zoom's.
const FAMILIES: [&str; 2] = ["zoom.us", "zoomgov.com"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_follows_zoom_to_its_own_hosts_only() {
        let follow = |ours: &str, theirs: &str| follow(&ours.parse().unwrap(), theirs).map(|url| url.to_string());
        let zoom = "https://api.zoom.us/v2";
        assert_eq!(follow(zoom, "https://api-eu.zoom.us"), Some("https://api-eu.zoom.us/v2".into()));
        assert_eq!(follow(zoom, "https://zoom.us/"), Some("https://zoom.us/v2".into()));
        assert_eq!(
            follow("https://api.zoomgov.com/v2", "https://api.zoomgov.com"),
            Some("https://api.zoomgov.com/v2".into())
        );
        for strange in [
            "https://zoom.us.evil.example",
            "https://evilzoom.us",
            "http://api.zoom.us",
            "https://api.zoom.us:8443",
            "https://zoom.us@evil.example",
            "https://a:b@api.zoom.us",
            "https://api.zoomgov.com",
            "https://127.0.0.1",
            "ftp://api.zoom.us",
            "",
            "zoom.us",
            "https://zoom.us?x=1",
            "http://127.0.0.1:80",
        ] {
            assert_eq!(follow(zoom, strange), None, "{strange}");
        }
        let sandbox = "http://127.0.0.1:4000/v2";
        assert_eq!(follow(sandbox, "http://localhost:4000"), Some("http://localhost:4000/v2".into()));
        assert_eq!(follow(sandbox, "https://api.zoom.us"), None);
        assert_eq!(follow("http://sandbox.example/v2", "http://sandbox.example"), None);
        assert_eq!(follow("https://sandbox.example/v2", "https://other.example"), None);
    }

    #[test]
    fn a_refusal_says_which_of_the_three_texts_is_wrong() {
        let problem = |status, body: &str| match refused(status, body.as_bytes()) {
            Some(Error::Credentials { problem, .. }) => Some(problem),
            _ => None,
        };
        let client = r#"{"reason":"Invalid client_id or client_secret","error":"invalid_client"}"#;
        assert_eq!(problem(400, client), Some(CredentialProblem::Client));
        assert_eq!(problem(401, client), Some(CredentialProblem::Client));
        assert_eq!(
            problem(400, r#"{"reason":"Bad Request","error":"invalid_request"}"#),
            Some(CredentialProblem::Account)
        );
        let disabled = r#"{"reason":"The application is disabled","error":"invalid_client"}"#;
        assert_eq!(problem(404, disabled), Some(CredentialProblem::Disabled));
        let other = r#"{"reason":"unsupported grant type","error":"unsupported_grant_type"}"#;
        assert_eq!(problem(400, other), Some(CredentialProblem::NotServerToServer));
        assert_eq!(problem(400, r#"{"code":4738,"message":"disabled by admin"}"#), Some(CredentialProblem::Other));
        assert_eq!(problem(400, "{}"), None);
        assert_eq!(problem(400, "<html>"), None);
    }
}
