//! Subscriptions: a receiver must answer Zoom's validation before anything is sent to it.

use serde::Deserialize;
use serde_json::json;
use url::{Host, Url};

use super::{deliver, revalidate::EVERY, sign};
use crate::{
    app::App,
    world::{ChangeError, Subscription, opaque},
};

/// Why a receiver was not subscribed.
#[derive(Debug, thiserror::Error)]
pub enum SubscribeError {
    /// Not an address the sandbox sends to.
    #[error("{0} is not an http or https address on this computer; the sandbox sends webhooks nowhere else")]
    NotHere(String),
    /// It did not answer the validation as Zoom demands.
    #[error(
        "{url} did not answer endpoint.url_validation: {problem}. It must answer 200 within 3 seconds with plainToken \
         and encryptedToken, made with this app's webhook secret"
    )]
    NotValidated {
        /// The receiver.
        url: String,
        /// What it did instead.
        problem: String,
    },
    /// The state folder could not be written.
    #[error("the subscription could not be kept: {0}")]
    Disk(std::io::Error),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Validation {
    plain_token: String,
    encrypted_token: String,
}

/// Validates a receiver and remembers it. A second subscription of the same address takes the place of the first.
pub(crate) async fn subscribe(app: &App, url: &str) -> Result<(), SubscribeError> {
    if !is_here(url) {
        return Err(SubscribeError::NotHere(url.to_owned()));
    }
    validate(app, url).await.map_err(|problem| SubscribeError::NotValidated { url: url.to_owned(), problem })?;
    let kept = app.world.change(|change| {
        change.state.subscriptions.retain(|known| known.url != url);
        let (url, validated_at) = (url.to_owned(), change.now);
        let next_check = validated_at.saturating_add(EVERY).unwrap_or(clock::Timestamp::MAX);
        change.state.subscriptions.push(Subscription { url, validated_at, next_check, failures: 0 });
        Ok::<_, std::convert::Infallible>(())
    });
    app.hooks.changed.notify_one();
    match kept {
        Ok(()) => Ok(()),
        Err(ChangeError::Disk(problem)) => Err(SubscribeError::Disk(problem)),
        Err(ChangeError::Refused(never)) => match never {},
    }
}

/// Forgets every receiver.
pub(crate) fn unsubscribe(app: &App) -> Result<(), std::io::Error> {
    let cleared = app.world.change(|change| {
        change.state.subscriptions.clear();
        Ok::<_, std::convert::Infallible>(())
    });
    match cleared {
        Ok(()) => Ok(()),
        Err(ChangeError::Disk(problem)) => Err(problem),
        Err(ChangeError::Refused(never)) => match never {},
    }
}

fn is_here(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else { return false };
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    };
    loopback && matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none()
}

/// Asks a receiver to prove that it holds the app's secret; why it did not, where it did not.
pub(super) async fn validate(app: &App, url: &str) -> Result<(), String> {
    let plain = opaque(app.entropy.as_ref(), 22);
    let body = json!({
        "event": "endpoint.url_validation",
        "event_ts": app.now().as_millisecond(),
        "payload": { "plainToken": plain },
    });
    let (outcome, _, problem, answer) = deliver::post(app, "endpoint.url_validation", url, None, &body).await;
    if !matches!(outcome, deliver::Outcome::Taken) {
        return Err(problem.trim_end_matches('.').to_owned());
    }
    let secret = app.world.credentials().webhook_secret;
    match serde_json::from_slice::<Validation>(&answer) {
        Ok(given) if given.plain_token != plain => Err("it sent back another plainToken".to_owned()),
        Ok(given) if given.encrypted_token != sign::encrypted_token(&secret, &plain) => {
            Err("its encryptedToken was made with another secret".to_owned())
        }
        Ok(_) => Ok(()),
        Err(_) => Err("its answer was not the JSON that Zoom expects".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::is_here;

    #[test]
    fn webhooks_go_to_this_computer_only() {
        for here in ["http://127.0.0.1:3000/hook", "http://localhost/x", "https://[::1]:8443/"] {
            assert!(is_here(here), "{here}");
        }
        for elsewhere in
            ["http://example.com/", "http://10.0.0.1/", "ftp://localhost/", "localhost:3000", "http://u:p@localhost/"]
        {
            assert!(!is_here(elsewhere), "{elsewhere}");
        }
    }
}
