//! The HTTP side of calls: the SDK's files, joining, the socket, and the pages; one list of routes.

use axum::{
    Json,
    extract::{Path, State, rejection::JsonRejection, ws::WebSocketUpgrade},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use serde::Serialize;
use serde_json::json;

use super::{
    Calls, Refusal,
    admission::{JoinRequest, NumberText},
    assets::{self, ServedFile},
    pages, socket,
};

/// A route of this module, for the sandbox's route table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallRoute {
    /// The methods it answers, separated by commas.
    pub methods: &'static str,
    /// In axum's notation.
    pub path: &'static str,
    /// An address under which it answers, for walks over all routes.
    pub sample: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Whether pages of any other origin may use it. Such a route must not be behind an Origin check.
    pub any_origin: bool,
}

const fn route(
    methods: &'static str,
    path: &'static str,
    sample: &'static str,
    about: &'static str,
    any_origin: bool,
) -> CallRoute {
    CallRoute { methods, path, sample, about, any_origin }
}

/// Every route of calls, bound to `calls`, for the router that the sandbox builds.
pub fn routes<S: Clone + Send + Sync + 'static>(calls: &Calls) -> Vec<(CallRoute, MethodRouter<S>)> {
    let bind = |router: MethodRouter<Calls>| router.with_state(calls.clone());
    vec![
        (
            route("GET", "/sdk/{*file}", "/sdk/6.2.0/zoom-meeting-6.2.0.min.js", "The SDK stand-in's files", true),
            bind(get(sdk)),
        ),
        (
            route("POST, OPTIONS", "/sdk/call/join", "/sdk/call/join", "ZoomMtg.join: verifies, gives a ticket", true),
            bind(post(join).options(preflight)),
        ),
        (route("GET", "/sdk/call/socket", "/sdk/call/socket", "A call's WebSocket", true), bind(get(open_socket))),
        (route("GET", "/j/{id}", "/j/81234567890", "Where a join link leads", false), bind(get(pages::join))),
        (route("GET", "/s/{id}", "/s/81234567890", "Where a start link leads", false), bind(get(pages::start))),
        (
            route("POST", "/j/{id}/enter", "/j/81234567890/enter", "Enters from the sandbox's own page", false),
            bind(post(enter)),
        ),
        (
            route("GET", "/call/{file}", "/call/page.js", "Script and style of the sandbox's own call page", false),
            bind(get(page_file)),
        ),
    ]
}

/// What joining answers: Zoom's shape, with the ticket where Zoom has its own affairs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Joined {
    error_code: u16,
    error_message: &'static str,
    ticket: String,
}

async fn sdk(Path(file): Path<String>) -> Response {
    match assets::sdk_file(&file) {
        Some(file) => for_any_origin(serve(file)),
        None => for_any_origin(
            (StatusCode::NOT_FOUND, "The SDK stand-in has no such file; it stands in for the Client View only.\n")
                .into_response(),
        ),
    }
}

async fn page_file(Path(file): Path<String>) -> Response {
    assets::page_file(&file).map_or_else(|| StatusCode::NOT_FOUND.into_response(), serve)
}

async fn join(State(calls): State<Calls>, body: Result<Json<JoinRequest>, JsonRejection>) -> Response {
    let answer = read(body).and_then(|request| calls.join(&request));
    for_any_origin(ticket_or_refusal(answer))
}

async fn enter(
    State(calls): State<Calls>,
    Path(id): Path<String>,
    body: Result<Json<JoinRequest>, JsonRejection>,
) -> Response {
    let answer = read(body).and_then(|mut request| {
        request.meeting_number = NumberText::Text(id);
        calls.join_at_page(&request)
    });
    ticket_or_refusal(answer)
}

async fn preflight() -> Response {
    let mut response = for_any_origin(StatusCode::NO_CONTENT.into_response());
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("POST"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type"));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    response
}

async fn open_socket(State(calls): State<Calls>, upgrade: WebSocketUpgrade) -> Response {
    let upgrade = upgrade.max_message_size(socket::LARGEST).max_frame_size(socket::LARGEST);
    upgrade.on_upgrade(move |socket| {
        let tasks = calls.tasks().clone();
        tasks.track_future(socket::serve(calls, socket))
    })
}

fn read(body: Result<Json<JoinRequest>, JsonRejection>) -> Result<JoinRequest, Refusal> {
    body.map(|Json(request)| request).map_err(|_| Refusal::InvalidParameter("the request is not what join sends"))
}

/// A refusal is an answer like any other (Zoom's is a 200 too): a page's console stays clean.
fn ticket_or_refusal(answer: Result<String, Refusal>) -> Response {
    let no_store = [(header::CACHE_CONTROL, "no-store")];
    match answer {
        Ok(ticket) => (no_store, Json(Joined { error_code: 0, error_message: "", ticket })).into_response(),
        Err(refusal) => (no_store, Json(json!(refusal.view()))).into_response(),
    }
}

fn serve(file: ServedFile) -> Response {
    let headers = [
        (header::CONTENT_TYPE, file.content_type),
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, file.body.into_owned()).into_response()
}

/// An isolated page (COEP `require-corp`) of another origin may load and read this.
fn for_any_origin(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
    response
}
