//! Subscriptions: a receiver must answer Zoom's validation before anything is sent to it.

use serde::Deserialize;
use serde_json::json;

use super::{
    header,
    post::{Letter, Outcome, Receiver, RequestIds, post},
    revalidate::EVERY,
    sign,
};
use crate::{
    app::App,
    world::{AppKind, ChangeError, CustomHeader, State, Subscribers, Subscription, opaque},
};

/// How many event subscriptions an app may have.
const MOST: usize = 20;

/// Why a receiver was not subscribed.
#[derive(Debug, thiserror::Error)]
pub enum SubscribeError {
    /// No address at all.
    #[error("enter the address of a receiver, such as http://127.0.0.1:9000/zoom")]
    NoAddress,
    /// Not an address the sandbox sends to.
    #[error("{url} cannot be a receiver: {why}")]
    NotHere {
        /// The address.
        url: String,
        /// Why not.
        why: String,
    },
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
    /// The app has as many as it may have.
    #[error("an app has at most {MOST} event subscriptions; end one of them first")]
    TooMany,
    /// Nobody who could subscribe.
    #[error("there is no such app in the sandbox; it was deleted in its Marketplace")]
    NoApp,
    /// The state file could not be written.
    #[error("the subscription could not be kept: {0}")]
    Disk(std::io::Error),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Validation {
    plain_token: String,
    encrypted_token: String,
}

/// What somebody wants to hear, and where.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wish {
    pub(crate) name: String,
    pub(crate) url: String,
    /// Empty for every event that the app's scopes allow.
    pub(crate) events: Vec<String>,
    pub(crate) subscribers: Subscribers,
    pub(crate) custom_header: CustomHeader,
}

/// Validates a receiver and subscribes the ready-made Server-to-Server app to everything it may hear.
pub(crate) async fn subscribe(app: &App, url: &str) -> Result<(), SubscribeError> {
    let server =
        |state: &State| state.apps.iter().find(|one| one.kind == AppKind::ServerToServer).map(|one| one.id.clone());
    let client = app.world.read(server).ok_or(SubscribeError::NoApp)?;
    add(app, &client, Wish { url: url.to_owned(), ..Wish::default() }).await.map(drop)
}

/// Validates a receiver and subscribes an app; the id of the subscription. Of those that hear of everybody, a second one
/// with the same address takes the place of the first.
pub(crate) async fn add(app: &App, client: &str, wish: Wish) -> Result<String, SubscribeError> {
    if wish.url.trim().is_empty() {
        return Err(SubscribeError::NoAddress);
    }
    if let Err(elsewhere) = app.hooks.reachable.check(&wish.url) {
        return Err(SubscribeError::NotHere { url: wish.url, why: elsewhere.to_string() });
    }
    let receiver =
        app.world.read(|state| state.app(client).map(|one| Receiver::at(one, &wish.url, wish.custom_header.clone())));
    let validated = validate(app, &receiver.ok_or(SubscribeError::NoApp)?).await;
    validated.map_err(|problem| SubscribeError::NotValidated { url: wish.url.clone(), problem })?;
    let kept = app.world.change(|change| {
        let (validated_at, id) = (change.now, opaque(change.entropy, 22));
        let next_check = validated_at.saturating_add(EVERY).unwrap_or(clock::Timestamp::MAX);
        let Wish { name, url, events, subscribers, custom_header } = wish;
        let Some(client) = change.state.app_mut(client) else { return Err(SubscribeError::NoApp) };
        if subscribers == Subscribers::All {
            client.subscriptions.retain(|known| known.url != url || known.subscribers != Subscribers::All);
        }
        if client.subscriptions.len() >= MOST {
            return Err(SubscribeError::TooMany);
        }
        client.subscriptions.push(Subscription {
            id: id.clone(),
            name,
            url,
            events,
            subscribers,
            custom_header,
            validated_at,
            next_check,
            failures: 0,
        });
        Ok(id)
    });
    app.hooks.changed.notify_one();
    settled(kept)
}

/// Forgets every receiver.
pub(crate) fn unsubscribe(app: &App) -> Result<(), SubscribeError> {
    settled(app.world.change(|change| {
        for client in change.state.apps.iter_mut() {
            client.subscriptions.clear();
        }
        Ok(())
    }))
}

fn settled<T>(kept: Result<T, ChangeError<SubscribeError>>) -> Result<T, SubscribeError> {
    kept.map_err(|problem| match problem {
        ChangeError::Refused(refused) => refused,
        ChangeError::Disk(problem) => SubscribeError::Disk(problem),
    })
}

/// Whether a token can be had as the header says.
pub(crate) async fn gives_token(app: &App, header: &CustomHeader) -> bool {
    header::token(app, header).await.is_ok()
}

/// Asks a receiver to prove that it holds the app's secret; why it did not, where it did not.
pub(super) async fn validate(app: &App, to: &Receiver) -> Result<(), String> {
    let plain = opaque(&app.noise, 22);
    let event = "endpoint.url_validation";
    let body = json!({
        "event": event,
        "event_ts": app.now().as_millisecond(),
        "payload": { "plainToken": plain },
    });
    let ids = RequestIds { request: opaque(&app.noise, 36), trace: opaque(&app.noise, 32) };
    let reply = post(app, to, &Letter { event, meeting: None, body: &body, ids: &ids, forged: false }).await;
    if reply.outcome != Outcome::Taken {
        return Err(reply.problem.trim_end_matches('.').to_owned());
    }
    let (secret, answer) = (&to.secret, reply.answer);
    match serde_json::from_slice::<Validation>(&answer) {
        Ok(given) if given.plain_token != plain => Err("it sent back another plainToken".to_owned()),
        Ok(given) if given.encrypted_token != sign::encrypted_token(secret, &plain) => {
            Err("its encryptedToken was made with another secret".to_owned())
        }
        Ok(_) => Ok(()),
        Err(_) => Err("its answer was not the JSON that Zoom expects".to_owned()),
    }
}
