//! One signed request to a receiver, with its line in the log.

use axum::http::{HeaderName, HeaderValue};
use reqwest::{RequestBuilder, Response};
use serde_json::{Map, Value};

use super::{address::Elsewhere, header::dress, sign};
use crate::{
    app::App,
    log::{self, Decision, Entry, Way},
    world::{ClientApp, CustomHeader, Subscription, opaque},
};

/// So much of an answer is read, in bytes; nobody has more to say to a webhook.
const LONGEST_ANSWER: usize = 64 * 1024;

/// Whom a request goes to, and what it is signed with.
pub(super) struct Receiver {
    pub(super) url: String,
    pub(super) app_id: String,
    pub(super) client_id: String,
    pub(super) owner_id: String,
    /// The id of the subscription; empty before there is one.
    pub(super) subscription: String,
    /// The secret token of the app that subscribed.
    pub(super) secret: String,
    pub(super) header: CustomHeader,
}

impl Receiver {
    /// An address that an app wants to hear at.
    pub(super) fn at(client: &ClientApp, url: &str, header: CustomHeader) -> Self {
        Self {
            url: url.to_owned(),
            app_id: client.id.clone(),
            client_id: client.keys.client_id.clone(),
            owner_id: client.owner_id.clone(),
            subscription: String::new(),
            secret: client.secret_token.clone(),
            header,
        }
    }

    /// The receiver of a subscription.
    pub(super) fn of(client: &ClientApp, one: &Subscription) -> Self {
        Self { subscription: one.id.clone(), ..Self::at(client, &one.url, one.custom_header.clone()) }
    }
}

/// The ids in a request's headers: its own, which retries keep, and that of what caused it.
#[derive(Clone, Debug, Default)]
pub(crate) struct RequestIds {
    pub(super) request: String,
    pub(super) trace: String,
}

/// What is sent.
pub(super) struct Letter<'a> {
    pub(super) event: &'a str,
    pub(super) meeting: Option<i64>,
    pub(super) body: &'a Value,
    pub(super) ids: &'a RequestIds,
    /// Signed with a secret that is not the app's.
    pub(super) forged: bool,
}

/// What an attempt came to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Taken,
    /// Final: the receiver answered, and said no; or nothing may be sent there.
    Refused,
    /// To be tried again.
    Failed,
}

/// What the receiver answered, if it did.
pub(super) struct Reply {
    pub(super) outcome: Outcome,
    pub(super) status: Option<u16>,
    /// What went wrong, in a sentence; empty where nothing did.
    pub(super) problem: String,
    /// Zoom's number for why there was no answer.
    pub(super) reason: Option<u8>,
    pub(super) took_ms: f64,
    pub(super) headers: Map<String, Value>,
    pub(super) answer: Vec<u8>,
}

impl Reply {
    fn none(problem: impl Into<String>, reason: Option<u8>) -> Self {
        let (headers, answer) = (Map::new(), Vec::new());
        let (problem, took_ms) = (problem.into(), 0.0);
        Self { outcome: Outcome::Failed, status: None, problem, reason, took_ms, headers, answer }
    }

    /// Nothing was sent, and nothing will be.
    fn not_sent(why: &Elsewhere) -> Self {
        Self { outcome: Outcome::Refused, ..Self::none(format!("Not sent: {why}."), None) }
    }
}

/// Sends it and waits for the answer, three seconds at most.
pub(super) async fn post(app: &App, to: &Receiver, letter: &Letter<'_>) -> Reply {
    let (text, watch) = (letter.body.to_string(), app.watch());
    let seconds = watch.begun.as_second();
    let secret = if letter.forged { opaque(&app.noise, 22) } else { to.secret.clone() };
    let headers = [
        ("content-type", "application/json; charset=utf-8".to_owned()),
        ("x-zm-request-timestamp", seconds.to_string()),
        ("x-zm-signature", sign::signature(&secret, seconds, &text)),
        ("x-zm-request-id", letter.ids.request.clone()),
        ("x-zm-trackingid", letter.ids.trace.clone()),
    ];
    let id = app.log.open(entry(&to.url, letter, &text, watch.begun, &headers));
    let mut reply = match app.hooks.reachable.check(&to.url) {
        Ok(()) => {
            let request = app.hooks.client().map(|client| {
                let fresh = client.post(&to.url).body(text);
                headers.iter().fold(fresh, |request, (name, value)| request.header(*name, value))
            });
            let dressed = match request {
                Ok(request) => dress(app, request, to).await,
                Err(problem) => Err(problem),
            };
            match dressed {
                Ok(request) => sent(request).await,
                Err(problem) => Reply::none(problem, None),
            }
        }
        Err(elsewhere) => Reply::not_sent(&elsewhere),
    };
    if letter.forged && reply.outcome == Outcome::Taken {
        "The receiver took it although its signature was wrong.".clone_into(&mut reply.problem);
    }
    reply.took_ms = watch.ms(app);
    app.log.amend(id, |entry| {
        entry.decision = if reply.outcome == Outcome::Taken { Decision::Allowed } else { Decision::Refused };
        entry.status = reply.status;
        if !reply.problem.is_empty() {
            entry.why = format!("{}: {}", letter.event, reply.problem);
        }
        entry.took_ms = reply.took_ms;
    });
    reply
}

fn entry(
    url: &str,
    letter: &Letter<'_>,
    text: &str,
    at: clock::Timestamp,
    headers: &[(&'static str, String)],
) -> Entry {
    let notes = if letter.forged { vec!["Fault: bad_signature.".to_owned()] } else { Vec::new() };
    let pairs = headers
        .iter()
        .filter_map(|(name, value)| Some((HeaderName::from_static(name), HeaderValue::try_from(value).ok()?)));
    Entry {
        operation: Some("webhook"),
        meeting: letter.meeting,
        headers: pairs.collect(),
        request: Some(log::Body::json(text.to_owned().into())),
        why: letter.event.to_owned(),
        notes,
        ..Entry::begun(at, Way::Out, "POST", url.to_owned())
    }
}

async fn sent(request: RequestBuilder) -> Reply {
    let response = match request.send().await {
        Ok(response) => response,
        Err(problem) if problem.is_timeout() => return Reply::none("No answer within 3 seconds.", Some(1)),
        Err(problem) => {
            return match elsewhere(&problem) {
                Some(why) => Reply::not_sent(&why),
                None => Reply::none("The receiver cannot be reached.", Some(2)),
            };
        }
    };
    let status = response.status().as_u16();
    let headers = response.headers().iter();
    let headers = headers
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned().into()))
        .collect();
    let (whole, answer) = read(response).await;
    let (outcome, problem) = match (status, whole) {
        (200 | 204, true) => (Outcome::Taken, String::new()),
        (200 | 204, false) => (Outcome::Failed, "The answer broke off.".to_owned()),
        (500.., _) => (Outcome::Failed, format!("The receiver answered {status}.")),
        _ => (Outcome::Refused, format!("The receiver answered {status}; Zoom does not try again.")),
    };
    Reply { outcome, status: Some(status), problem, reason: None, took_ms: 0.0, headers, answer }
}

/// The answer up to what is read of it, and whether it came to an end there or before.
async fn read(mut response: Response) -> (bool, Vec<u8>) {
    let mut answer = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(more)) => answer.extend_from_slice(&more),
            Ok(None) => return (true, answer),
            Err(_) => return (false, answer),
        }
        if answer.len() >= LONGEST_ANSWER {
            answer.truncate(LONGEST_ANSWER);
            return (true, answer);
        }
    }
}

/// Why the name was not followed, where that is what happened.
fn elsewhere(problem: &reqwest::Error) -> Option<Elsewhere> {
    let mut cause = std::error::Error::source(problem);
    while let Some(inner) = cause {
        if let Some(found) = inner.downcast_ref::<Elsewhere>() {
            return Some(found.clone());
        }
        cause = inner.source();
    }
    None
}
