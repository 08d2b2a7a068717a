//! One signed request to a receiver, with its line in the log.

use reqwest::{RequestBuilder, Response};
use serde_json::{Map, Value};

use super::{header::dress, sign};
use crate::{
    app::App,
    log::{Decision, Entry, Way, hide_in_value},
    world::{ClientApp, CustomHeader, Subscription},
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
pub(super) struct RequestIds {
    pub(super) request: String,
    pub(super) trace: String,
}

/// What is sent.
pub(super) struct Letter<'a> {
    pub(super) event: &'a str,
    pub(super) meeting: Option<i64>,
    pub(super) body: &'a Value,
    pub(super) ids: &'a RequestIds,
}

/// What an attempt came to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Taken,
    /// Final: the receiver answered, and said no.
    Refused,
    /// To be tried again.
    Failed,
}

/// What the receiver answered, if it did.
pub(super) struct Reply {
    pub(super) outcome: Outcome,
    pub(super) status: Option<u16>,
    /// Empty where the receiver took it.
    pub(super) problem: String,
    /// Zoom's number for why there was no answer.
    pub(super) reason: Option<u8>,
    pub(super) headers: Map<String, Value>,
    pub(super) answer: Vec<u8>,
}

impl Reply {
    fn none(problem: impl Into<String>, reason: Option<u8>) -> Self {
        let (headers, answer) = (Map::new(), Vec::new());
        Self { outcome: Outcome::Failed, status: None, problem: problem.into(), reason, headers, answer }
    }
}

/// Sends it.
pub(super) async fn post(app: &App, to: &Receiver, letter: &Letter<'_>) -> Reply {
    let (text, begun) = (letter.body.to_string(), app.now());
    let mut shown = letter.body.clone();
    hide_in_value(&mut shown);
    let id = app.log.open(Entry {
        operation: Some("webhook".to_owned()),
        meeting: letter.meeting,
        request: Some(shown),
        why: letter.event.to_owned(),
        ..Entry::begun(begun, Way::Out, "POST", to.url.clone())
    });
    let request = app
        .hooks
        .client
        .post(&to.url)
        .header("content-type", "application/json; charset=utf-8")
        .header("x-zm-request-timestamp", begun.as_second())
        .header("x-zm-signature", sign::signature(&to.secret, begun.as_second(), &text))
        .header("x-zm-request-id", &letter.ids.request)
        .header("x-zm-trackingid", &letter.ids.trace)
        .body(text);
    let reply = match dress(app, request, to).await {
        Ok(request) => sent(request).await,
        Err(problem) => Reply::none(problem, None),
    };
    let took = app.now().duration_since(begun).as_millis();
    app.log.amend(id, |entry| {
        let is_taken = reply.outcome == Outcome::Taken;
        entry.decision = if is_taken { Decision::Allowed } else { Decision::Refused };
        entry.status = reply.status;
        entry.why = if is_taken { letter.event.to_owned() } else { format!("{}: {}", letter.event, reply.problem) };
        entry.took_ms = i64::try_from(took).unwrap_or(i64::MAX);
    });
    reply
}

async fn sent(request: RequestBuilder) -> Reply {
    let response = match request.send().await {
        Ok(response) => response,
        Err(problem) if problem.is_timeout() => return Reply::none("No answer within 3 seconds.", Some(1)),
        Err(_) => return Reply::none("The receiver cannot be reached.", Some(2)),
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
    Reply { outcome, status: Some(status), problem, reason: None, headers, answer }
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
