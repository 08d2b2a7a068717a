//! The way in by Zoom's names: what is asked of one of them is led to the sandbox's own address for it.

use axum::{
    Router,
    extract::{Request, State},
    http::{
        HeaderValue, Method, StatusCode, Uri, header,
        uri::{Authority, PathAndQuery},
    },
    response::{IntoResponse, Response},
};
use tower::ServiceExt as _;

use super::names::Name;
use crate::{
    app::App,
    front::Front,
    log::{Decision, Entry, Way, shown_query},
};

/// By which of Zoom's names a request came; absent where it came to the sandbox's own address.
///
/// Only `api_url` follows it. Links into meetings keep the sandbox's own address: people open them in browsers that
/// know nothing of this door, and there a link to zoom.us would carry an invented number, passcode and ZAK to the real
/// Zoom. A browser that does come through it may write zoom.us in front of `/j/` and `/s/` itself.
#[derive(Clone, Debug)]
pub(crate) struct AskedAs {
    /// What `api_url` says.
    pub(crate) api_url: String,
}

const NOT_IMITATED: &str = "The sandbox does not imitate this part of Zoom: it answers for the documented REST API \
                            (api.zoom.us/v2), OAuth (zoom.us/oauth), join and start links and the Meeting SDK's \
                            files, and what lies behind the SDK is documented nowhere.\n";
const NOT_ZOOM: &str = "Here the sandbox answers for Zoom's names only: ask it as zoom.us or api.zoom.us, or at its own \
                        address without TLS.\n";

/// The router behind TLS.
pub(super) fn router(app: &App, own: Front) -> Router {
    Router::new().fallback(answer).with_state(Door { app: app.clone(), own })
}

#[derive(Clone, Debug)]
struct Door {
    app: App,
    own: Front,
}

async fn answer(State(door): State<Door>, mut request: Request) -> Response {
    let Some((asked, name)) = asked(&request) else {
        return (StatusCode::MISDIRECTED_REQUEST, NOT_ZOOM).into_response();
    };
    let Some(own) = own_address(name, request.uri()) else {
        return not_imitated(&door.app, &asked, &request);
    };
    // Whoever looks at Host later sees what was looked at here.
    if let Ok(host) = HeaderValue::from_str(asked.as_str()) {
        request.headers_mut().insert(header::HOST, host);
    }
    *request.uri_mut() = own;
    let port = asked.port_u16().filter(|port| *port != 443).map(|port| format!(":{port}")).unwrap_or_default();
    let api_url = format!("https://{}{port}", name.api_host(asked.host()));
    request.extensions_mut().insert(AskedAs { api_url });
    door.own.oneshot(request).await.unwrap_or_else(|never| match never {})
}

/// The name a request is for: that of its address where it has one, as HTTP has it, else that of Host.
fn asked(request: &Request) -> Option<(Authority, Name)> {
    let host = || request.headers().get(header::HOST)?.to_str().ok()?.parse().ok();
    let asked: Authority = request.uri().authority().cloned().or_else(host)?;
    let name = Name::of(asked.host())?;
    (!asked.as_str().contains('@')).then_some((asked, name))
}

fn own_address(name: Name, uri: &Uri) -> Option<Uri> {
    let path = name.own_path(uri.path())?;
    let text = uri.query().map_or_else(|| path.to_string(), |query| format!("{path}?{query}"));
    Some(PathAndQuery::try_from(text).ok()?.into())
}

/// Says so, where a page of any origin can read it, and in the log.
fn not_imitated(app: &App, asked: &Authority, request: &Request) -> Response {
    let query = request.uri().query().map(|query| format!("?{}", shown_query(query))).unwrap_or_default();
    let target = format!("https://{asked}{}{query}", request.uri().path());
    app.log.open(Entry {
        decision: Decision::Refused,
        why: "The sandbox does not imitate this part of Zoom.".to_owned(),
        status: Some(StatusCode::NOT_IMPLEMENTED.as_u16()),
        ..Entry::begun(app.now(), Way::In, request.method().as_str(), target)
    });
    let headers = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "*"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    // A browser asks first whether it may; told no, its page would never see the sentence.
    let status = if request.method() == Method::OPTIONS { StatusCode::OK } else { StatusCode::NOT_IMPLEMENTED };
    (status, headers, NOT_IMITATED).into_response()
}
