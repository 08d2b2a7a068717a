//! A call of Zoom's API from its first byte to its last: log, faults, operation, answer.

mod body;
mod trouble;

use axum::{
    body::Bytes,
    extract::Request,
    http::{header, request::Parts},
    response::Response,
};
use zoom_spec::{Label, Method, Operation, code::UNKNOWN_ENDPOINT};

pub(crate) use self::body::LARGEST_BODY;
use crate::{
    answer::{Answer, Refusal},
    app::{App, Stopwatch},
    connection::HEAD,
    line::Line,
    locks::Held,
    log::{self, Decision, Entry, Way, shown_query},
    oauth::{self, TokenRequest},
    reach::AskedAs,
    rest,
    world::opaque,
};

/// What a request is for.
enum Aim {
    Token,
    Operation(&'static Operation, Vec<(&'static str, String)>),
    Unknown,
}

impl Aim {
    fn of(method: &str, path: &str) -> Self {
        let is_token = || {
            let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
            matches!(parts.as_slice(), ["oauth", "token"] | ["v2", "oauth", "token"])
        };
        if method == "POST" && is_token() {
            return Self::Token;
        }
        let below = path.trim_start_matches('/').strip_prefix("v2");
        let found = below.and_then(|below| zoom_spec::find(Method::from_word(method)?, below));
        found.map_or(Self::Unknown, |(operation, params)| Self::Operation(operation, params))
    }

    /// What the log, the counters and the faults call it; nothing for a path Zoom does not know.
    fn name(&self) -> Option<&'static str> {
        match self {
            Self::Token => Some("token"),
            Self::Operation(operation, _) => Some(operation.id),
            Self::Unknown => None,
        }
    }

    fn meeting(&self) -> Option<i64> {
        let Self::Operation(_, params) = self else { return None };
        let number = params.iter().find(|(name, _)| matches!(*name, "meetingId" | "webinarId"));
        number.and_then(|(_, value)| value.parse().ok())
    }

    fn label(&self) -> Label {
        match self {
            Self::Operation(operation, _) => operation.label.unwrap_or(Label::Light),
            Self::Token | Self::Unknown => Label::Light,
        }
    }
}

/// Keeps the log honest: a call whose handler is dropped was hung up on.
struct Open<'a> {
    app: &'a App,
    id: u64,
    watch: Stopwatch,
    done: bool,
}

impl Open<'_> {
    /// Writes down what became of it: `why`, or where that is empty what the answer says.
    fn close(&mut self, decision: Decision, why: &str, mut answer: Option<Answer>) {
        self.done = true;
        let body = answer.as_mut().and_then(|answer| answer.body.take()).map(log::Body::json);
        let headers = answer.as_ref().map(|answer| answer.headers.iter().map(|(name, value)| (name, value)).collect());
        let took_ms = self.watch.ms(self.app);
        self.app.log.amend(self.id, |entry| {
            entry.decision = decision;
            entry.took_ms = took_ms;
            why.clone_into(&mut entry.why);
            let Some(answer) = answer else { return };
            if why.is_empty() {
                entry.why = if answer.why.is_empty() { "Carried out.".to_owned() } else { answer.why };
            }
            entry.status = Some(answer.status);
            entry.meeting = entry.meeting.or(answer.meeting.filter(|_| decision == Decision::Allowed));
            entry.answer_headers = headers.unwrap_or_default();
            entry.answer = body;
        });
    }

    fn note(&self, note: String) {
        self.app.log.amend(self.id, |entry| entry.notes.push(note));
    }

    fn note_all(&self, notes: Vec<String>) {
        if !notes.is_empty() {
            self.app.log.amend(self.id, |entry| entry.notes.extend(notes));
        }
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        if !self.done {
            self.close(Decision::Cut, "The caller hung up before there was an answer.", None);
        }
    }
}

/// Answers what is sent to `/oauth/token` and to everything under `/v2`.
pub(crate) async fn answer(app: App, line: Line, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    // Whoever sends a body drop by drop is let go like one who does so with a head.
    let Ok(body) = tokio::time::timeout(HEAD, body::read(body)).await else {
        line.cut();
        return Response::default();
    };
    let aim = Aim::of(parts.method.as_str(), parts.uri.path());
    let watch = app.watch();
    let id = app.log.open(entry(&aim, &parts, body.as_ref().ok(), watch.begun));
    let mut open = Open { app: &app, id, watch, done: false };
    let faults = app.faults.take(aim.name().unwrap_or_default());
    // Held to the end of the call, so that whoever is slow with a user keeps others from changing them.
    let (_held, early) = match hold(&app, &aim, &parts) {
        Ok(held) => (held, trouble::before(&app, &line, &faults, &mut open).await),
        Err(busy) => (None, Some(trouble::Early::Answer(busy.into()))),
    };
    let (answer, notes) = match (early, body) {
        (Some(trouble::Early::Cut), _) => return Response::default(),
        (Some(trouble::Early::Answer(answer)), _) => (answer, Vec::new()),
        (None, Ok(body)) => carry_out(&app, &aim, &parts, &body),
        (None, Err(unread)) => (unread.refusal(&aim), Vec::new()),
    };
    let answer = dress(answer.settled().await, &app, aim.label());
    open.note_all(notes);
    trouble::after(&app, &line, &faults, &mut open, answer).await
}

/// The lock that a call needs while it lasts.
fn hold<'a>(app: &'a App, aim: &Aim, parts: &Parts) -> Result<Option<Held<'a>>, Refusal> {
    let Aim::Operation(operation, params) = aim else { return Ok(None) };
    let query = parts.uri.query().unwrap_or_default();
    rest::lock(app, operation, &rest::Sent { params, query, headers: &parts.headers, body: &[] })
}

fn carry_out(app: &App, aim: &Aim, parts: &Parts, body: &Bytes) -> (Answer, Vec<String>) {
    let query = parts.uri.query().unwrap_or_default();
    match aim {
        Aim::Token => {
            let authorization = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
            let api_url = parts.extensions.get::<AskedAs>().map_or(app.base.as_str(), |asked| asked.api_url.as_str());
            (oauth::answer(app, &TokenRequest::read(query, body, authorization), api_url), Vec::new())
        }
        Aim::Operation(operation, params) => {
            rest::answer(app, operation, &rest::Sent { params, query, headers: &parts.headers, body })
        }
        Aim::Unknown => (Refusal::from(UNKNOWN_ENDPOINT).into(), Vec::new()),
    }
}

/// The headers every answer of Zoom carries.
fn dress(answer: Answer, app: &App, label: Label) -> Answer {
    let category = match label {
        Label::Light => "Light",
        Label::Medium => "Medium",
        Label::Heavy => "Heavy",
        Label::ResourceIntensive => "Resource-intensive",
    };
    let tracking = format!("v=2.0;rid={}", opaque(&app.noise, 24));
    answer.with_header("x-zm-trackingid", tracking).with_fixed_header("x-ratelimit-category", category)
}

fn entry(aim: &Aim, parts: &Parts, body: Option<&Bytes>, begun: clock::Timestamp) -> Entry {
    let query = parts.uri.query().map(|query| format!("?{}", shown_query(query))).unwrap_or_default();
    let target = format!("{}{query}", parts.uri.path());
    Entry {
        operation: aim.name(),
        meeting: aim.meeting(),
        headers: parts.headers.iter().collect(),
        request: body.and_then(|body| log::Body::sent(body, &parts.headers)),
        ..Entry::begun(begun, Way::In, parts.method.as_str(), target)
    }
}
