//! The last touch to every answer: errors in the form their surface speaks, and the headers that protect.

use std::{collections::HashMap, sync::LazyLock};

use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::{Html, IntoResponse as _, Response},
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use serde::Serialize;

use crate::{
    admin::inside::Shell,
    app::App,
    fault::{Fault, Note, Said},
    guard, language,
    pages::Page,
    routes::{Surface, routes},
};

/// Everything from this site only, nothing inline, nobody's frame.
const STRICT: &str = "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// What every answer carries unless its handler said otherwise.
const HEADERS: [(HeaderName, &str); 4] = [
    (header::CONTENT_SECURITY_POLICY, STRICT),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=(), payment=()"),
];

/// The page of an error.
#[derive(Debug, Serialize)]
pub(crate) struct ErrorPage {
    status: u16,
    kind: &'static str,
    title: String,
    detail: String,
    /// Where to go from here.
    href: &'static str,
    link: String,
    /// Whether that opens beside this page.
    new_tab: bool,
}

impl Page for ErrorPage {
    const TEMPLATE: &'static str = "error.html";
}

impl ErrorPage {
    fn of(said: Said, inside: bool) -> Self {
        let Said { status, kind, title, detail } = said;
        // A form was on its way: this page must stay, so that the browser can send it again.
        let new_tab = kind == "signed-out";
        let (href, link) = match (new_tab, inside) {
            (true, _) => ("/admin/sign-in", "error-sign-in-in-new-tab"),
            (false, true) => ("/admin", "error-back-to-admin"),
            (false, false) => ("/", "error-back-to-rooms"),
        };
        Self { status: status.as_u16(), kind, title, detail, href, link: language::say(link), new_tab }
    }

    /// Within the members' frame for who is signed in there; without it where that cannot be told, or cannot be shown.
    async fn render(&self, app: &App, asker: Option<&HeaderMap>) -> Result<String, Fault> {
        // Where the site itself fails nobody waits for a second question to the database.
        let asker = asker.filter(|_| !matches!(self.kind, "internal" | "timed-out"));
        if let Some(headers) = asker
            && let Ok(Some(actor)) = guard::actor_of(app, headers).await
            && let Ok(html) = app.render_within(self, &Shell::of(actor.name(), actor.role(), None, None)).await
        {
            return Ok(html);
        }
        app.render(self).await
    }

    #[cfg(test)]
    pub(crate) fn samples() -> Vec<crate::pages::Sample> {
        use crate::pages::Sample;
        let member = Shell::of("Ada Okafor".into(), model::Role::Viewer, None, None);
        vec![
            Sample::within("not found for a member", &Self::of(Fault::NotFound.said(), true), &member),
            Sample::of("not found", &Self::of(Fault::NotFound.said(), false)),
            Sample::of("signed out", &Self::of(Fault::SignedOut.said(), true)),
            Sample::of("panic inside", &Self::of(Fault::Panicked(String::new()).said(), true)),
        ]
    }
}

/// An RFC 9457 problem document.
#[derive(Debug, Serialize)]
struct Problem<'a> {
    #[serde(rename = "type")]
    kind: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Wrong>,
}

#[derive(Debug, Serialize)]
struct Wrong {
    field: &'static str,
    code: &'static str,
    message: String,
}

/// How errors of each address look.
static SURFACES: LazyLock<HashMap<(Method, &'static str), Surface>> =
    LazyLock::new(|| routes().into_iter().map(|r| ((r.method, r.path), r.surface)).collect());

pub(crate) async fn finish(State(app): State<App>, request: Request, next: Next) -> Response {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    // A member who meets an error keeps the navigation of the members' pages.
    let asker = is_inside(uri.path()).then(|| request.headers().clone());
    let pattern = request.extensions().get::<MatchedPath>().cloned();
    let began = std::time::Instant::now();
    // The demo's login is no secret: a name that leads here from elsewhere (DNS rebinding) must not reach it.
    let mut response = if app.config.demo_login.is_some() && !names_this_computer(&request) {
        Fault::WrongHost.into_answer()
    } else {
        next.run(request).await
    };
    let status = response.status();
    let note = response.extensions_mut().remove::<Note>();
    if note.is_some() || (status.is_client_error() || status.is_server_error()) && is_bare(response.headers()) {
        let surface = surface_of(&method, uri.path(), pattern.as_ref());
        let fault = note.map_or_else(|| std::sync::Arc::new(Fault::Status(status)), |n| n.0);
        if surface != Surface::Plain || status.is_server_error() {
            fault.log();
            response = shown(&app, &fault, surface, asker.as_ref(), std::mem::take(response.headers_mut())).await;
        }
    }
    protect(response.headers_mut());
    count(pattern.as_ref(), response.status(), began.elapsed());
    response
}

/// Sets what protects, where the handler said nothing else.
pub(crate) fn protect(headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}

/// Counts an answer by its route's pattern: never by its address, which may hold a one-time link.
fn count(pattern: Option<&MatchedPath>, status: StatusCode, took: std::time::Duration) {
    let route = pattern.map_or_else(|| "none".to_owned(), |pattern| pattern.as_str().to_owned());
    let class = match status.as_u16() {
        ..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        _ => "5xx",
    };
    metrics::counter!("eroom_http_answers_total", "route" => route.clone(), "status" => class).increment(1);
    metrics::histogram!("eroom_http_answer_seconds", "route" => route).record(took.as_secs_f64());
}

/// Whether a request came to a name of this very computer.
pub(crate) fn names_this_computer(request: &Request) -> bool {
    let host = request.headers().get(header::HOST).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]") || name.ends_with(".localhost")
}

/// Whether a layer or an extractor wrote this error, not one of our handlers.
fn is_bare(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"))
}

fn surface_of(method: &Method, path: &str, pattern: Option<&MatchedPath>) -> Surface {
    let method = if method == Method::HEAD { Method::GET } else { method.clone() };
    let known = pattern.and_then(|p| SURFACES.iter().find(|((m, path), _)| *m == method && *path == p.as_str()));
    match known {
        Some((_, surface)) => *surface,
        None if path.starts_with("/api/") => Surface::Problem,
        None => Surface::Page,
    }
}

fn is_inside(path: &str) -> bool {
    path == "/admin" || path.starts_with("/admin/")
}

/// The error as its surface says it; `asker` are the headers of a request for one of the members' pages.
async fn shown(app: &App, fault: &Fault, surface: Surface, asker: Option<&HeaderMap>, headers: HeaderMap) -> Response {
    let said = fault.said();
    let status = said.status;
    let mut response = match surface {
        Surface::Problem => problem(fault, &said),
        Surface::Plain => (status, format!("{}\n", said.title)).into_response(),
        Surface::Page => {
            let page = ErrorPage::of(said, asker.is_some());
            match page.render(app, asker).await {
                Ok(html) => (status, Html(html)).into_response(),
                // Without database or template there is still a sentence.
                Err(_) => (status, format!("{}\n\n{}\n", page.title, page.detail)).into_response(),
            }
        }
    };
    for (name, value) in headers {
        if let Some(name) = name.filter(|n| *n != header::CONTENT_TYPE && *n != header::CONTENT_LENGTH) {
            response.headers_mut().insert(name, value);
        }
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn problem(fault: &Fault, said: &Said) -> Response {
    let errors = fault
        .wrong_fields()
        .iter()
        .map(|wrong| Wrong {
            field: wrong.field,
            code: wrong.problem.key().trim_start_matches("problem-"),
            message: language::problem(&wrong.problem),
        })
        .collect();
    let problem = Problem {
        kind: format!("urn:eroom:problem:{}", said.kind),
        title: &said.title,
        status: said.status.as_u16(),
        detail: &said.detail,
        errors,
    };
    match serde_json::to_vec(&problem) {
        Ok(json) => (said.status, [(header::CONTENT_TYPE, "application/problem+json")], json).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    #[test]
    fn the_demo_knows_its_own_computer_by_name() {
        let asked = |host: &str| Request::get("/").header(header::HOST, host).body(Body::empty()).unwrap();
        for own in ["localhost:8080", "127.0.0.1:8080", "[::1]:8080", "localhost", "demo.localhost:1"] {
            assert!(names_this_computer(&asked(own)), "{own}");
        }
        for other in ["evil.example:8080", "127.0.0.1.evil.example", "", "localhost.evil.example:80"] {
            assert!(!names_this_computer(&asked(other)), "{other}");
        }
    }
}
