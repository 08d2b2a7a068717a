//! The REST API: who may call, what was sent, and the behaviour of each operation the sandbox knows.

mod access;
mod accounts;
mod ask;
mod concurrent;
mod events;
mod meetings;
mod page;
mod panelists;
mod past;
mod plant;
mod polls;
mod raw;
mod recordings;
mod registrants;
mod reports;
mod roles;
mod settings;
mod stopped;
mod subscriptions;
mod summaries;
mod surveys;
mod users;
mod validate;
mod words;

use std::{collections::HashMap, sync::LazyLock};

use axum::http::HeaderMap;
use serde_json::{Map, Value};
use zoom_spec::{
    Level, Operation,
    code::{ACCOUNT_NOT_FOUND, UNKNOWN_ENDPOINT},
};

use self::access::Caller;
use self::raw::{Check, Raw};
pub(crate) use self::{ask::Ask, concurrent::lock, plant::plant, users::tell_created, words::fill};
use crate::{
    answer::{Answer, Refusal},
    app::App,
    limits::Standing,
    world::{Kind, Meeting},
};

/// What an operation does.
type Behaviour = fn(&Ask<'_>) -> Result<Answer, Refusal>;

/// The operations with a behaviour, by Zoom's id; an operation and its twin for sub-accounts share one.
const BEHAVIOURS: &[&[(&str, Behaviour)]] = &[
    subscriptions::BEHAVIOURS,
    accounts::BEHAVIOURS,
    roles::BEHAVIOURS,
    settings::BEHAVIOURS,
    users::BEHAVIOURS,
    meetings::BEHAVIOURS,
    registrants::BEHAVIOURS,
    panelists::BEHAVIOURS,
    polls::BEHAVIOURS,
    surveys::BEHAVIOURS,
    events::BEHAVIOURS,
    past::BEHAVIOURS,
    reports::BEHAVIOURS,
    recordings::BEHAVIOURS,
    summaries::BEHAVIOURS,
];

/// What some operations look at before query and body are compared with the table: they refuse in words of their own.
const CHECKS: [&[(&str, Check)]; 3] = [subscriptions::CHECKS, meetings::CHECKS, users::CHECKS];

/// What a client sent to an operation.
pub(crate) struct Sent<'a> {
    pub(crate) params: &'a [(&'static str, String)],
    pub(crate) query: &'a str,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

impl Sent<'_> {
    fn account(&self) -> Option<&str> {
        self.params.iter().find(|(name, _)| *name == "accountId").map(|(_, value)| value.as_str())
    }
}

/// The account that a bearer token is for, or why it is for none.
pub(crate) fn account_of(app: &App, headers: &HeaderMap) -> Result<String, Refusal> {
    access::caller(app, headers).map(|caller| caller.account_id)
}

/// The behaviour of an operation, if the sandbox has one.
pub(crate) fn behaviour(operation: &Operation) -> Option<Behaviour> {
    static BY_ID: LazyLock<HashMap<&str, Behaviour>> =
        LazyLock::new(|| BEHAVIOURS.iter().copied().flatten().copied().collect());
    BY_ID.get(operation.id).copied()
}

/// What the operation checks before the table does.
fn check(operation: &Operation) -> Option<Check> {
    CHECKS.iter().copied().flatten().find(|(id, _)| *id == operation.id).map(|(_, check)| *check)
}

/// The ids of all operations that have one.
#[cfg(test)]
pub(crate) fn behaviour_ids() -> impl Iterator<Item = &'static str> {
    BEHAVIOURS.iter().copied().flatten().map(|(id, _)| *id)
}

/// Answers a call of a known operation; the notes are for the log.
pub(crate) fn answer(app: &App, operation: &'static Operation, sent: &Sent<'_>) -> (Answer, Vec<String>) {
    let (caller, operation) = match admitted(app, operation, sent) {
        Ok(admitted) => admitted,
        Err(refusal) => return (refusal.into(), Vec::new()),
    };
    let standing = match app.limits.count(app, &caller.account_id, operation) {
        Ok(standing) => standing,
        Err(refused) => return (refused, Vec::new()),
    };
    let (answer, notes) = carry_out(app, operation, caller, sent);
    (with_standing(answer, &standing), notes)
}

/// Registers somebody as the API would, for the page that does so; nobody's token is asked for.
pub(crate) fn register(app: &App, meeting: &Meeting, body: &Map<String, Value>, sittings: &str) -> Answer {
    let (id, param) = match meeting.kind {
        Kind::Meeting => ("meetingRegistrantCreate", "meetingId"),
        Kind::Webinar => ("webinarRegistrantCreate", "webinarId"),
    };
    let host = app.world.read(|state| state.person_by_id(&meeting.host_id).cloned());
    let (Some(operation), Some(host)) = (zoom_spec::operation(id), host) else {
        return Refusal::from(UNKNOWN_ENDPOINT).into();
    };
    let query = format!("occurrence_ids={}", urlencode(sittings));
    let (params, headers, body) =
        ([(param, meeting.number.to_string())], HeaderMap::new(), Value::from(body.clone()).to_string());
    let sent = Sent { params: &params, query: &query, headers: &headers, body: body.as_bytes() };
    let account = host.account_id.clone();
    let asked = Ask::read(app, operation, Caller::at_page(host), account, &sent);
    let answer = asked.and_then(|ask| behaviour(operation).map_or(Err(UNKNOWN_ENDPOINT.into()), |act| act(&ask)));
    answer.unwrap_or_else(Answer::from)
}

fn urlencode(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// The caller, and the operation they mean: one path serves an account and its sub-accounts.
fn admitted(
    app: &App,
    operation: &'static Operation,
    sent: &Sent<'_>,
) -> Result<(Caller, &'static Operation), Refusal> {
    let caller = access::caller(app, sent.headers)
        .map_err(|refusal| access::only_oauth(operation, sent.headers).unwrap_or(refusal))?;
    let below = sent.account().filter(|id| *id != "me" && *id != caller.account_id);
    let twin = below.and_then(|_| zoom_spec::operation_at(Level::Master, operation.id));
    let operation = twin.filter(|twin| twin.path == operation.path).unwrap_or(operation);
    caller.may(operation)?;
    Ok((caller, operation))
}

fn carry_out(app: &App, operation: &'static Operation, caller: Caller, sent: &Sent<'_>) -> (Answer, Vec<String>) {
    let account = match account(app, operation, &caller, sent) {
        Ok(account) => account,
        Err(refusal) => return (refusal.into(), Vec::new()),
    };
    let ask = match Ask::read(app, operation, caller, account, sent) {
        Ok(ask) => ask,
        Err(refusal) => return (refusal.into(), Vec::new()),
    };
    let Some(behaviour) = behaviour(operation) else {
        let message = format!(
            "The sandbox knows {} ({} {}) and your token may call it, but it has no behaviour for it yet.",
            operation.id, operation.method, operation.path
        );
        return (Refusal::new(501, 501, message).into(), Vec::new());
    };
    let answer = behaviour(&ask).unwrap_or_else(Answer::from);
    (answer, ask.into_notes())
}

/// The account a call is about: the caller's own, or one of its sub-accounts where the path names it.
fn account(app: &App, operation: &'static Operation, caller: &Caller, sent: &Sent<'_>) -> Result<String, Refusal> {
    match sent.account() {
        None | Some("me") => Ok(caller.account_id.clone()),
        Some(id) if id == caller.account_id => Ok(id.to_owned()),
        Some(id) => {
            let is_below = app.world.read(|state| {
                caller.account_id == state.account.id && state.sub_accounts.iter().any(|account| account.id == id)
            });
            let gone = || words::documented(operation, "Account does not exist", id);
            if is_below {
                Ok(id.to_owned())
            } else {
                Err(gone().unwrap_or_else(|| Refusal::about(&ACCOUNT_NOT_FOUND, id)))
            }
        }
    }
}

fn with_standing(mut answer: Answer, standing: &Standing) -> Answer {
    if answer.why.is_empty() && answer.is_allowed() {
        answer.why = format!("Scope ok · {standing}");
    }
    standing.headers().into_iter().fold(answer, |answer, (name, value)| answer.with_header(name, value))
}
