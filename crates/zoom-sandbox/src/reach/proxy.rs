//! An HTTP CONNECT proxy for clients whose addresses cannot be changed: to Zoom's names, port 443, and nowhere else.

use axum::{
    Router,
    extract::{Request, State},
    http::{Method, StatusCode, header, uri::Authority},
    response::{IntoResponse, Response},
};
use hyper_util::rt::TokioIo;

use super::{names::Name, tls::Tls};

/// The one port behind which Zoom is.
const HTTPS: u16 = 443;

const ONLY_CONNECT: &str = "This is the sandbox's proxy for https addresses of Zoom: it takes CONNECT only. Open the \
                            sandbox's own pages without a proxy.\n";
const FULL: &str = "The sandbox has as many TLS connections as it takes; close some and try again.\n";

/// The router of the proxy's port.
pub(super) fn router(tls: Tls) -> Router {
    Router::new().fallback(answer).with_state(tls)
}

/// Opens a tunnel whose other end is the sandbox itself: no second connection is made, so that none can lead elsewhere.
async fn answer(State(tls): State<Tls>, request: Request) -> Response {
    if request.method() != Method::CONNECT {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "CONNECT")], ONLY_CONNECT).into_response();
    }
    let wanted = request.uri().authority();
    if !wanted.is_some_and(leads_to_zoom) {
        let wanted = wanted.map(Authority::as_str).filter(|text| text.len() < 300).unwrap_or("that address");
        let why =
            format!("The sandbox's proxy leads to zoom.us and names directly below it on port 443, not to {wanted}.\n");
        return (StatusCode::FORBIDDEN, why).into_response();
    }
    let Some(seat) = tls.doorman.seat() else {
        return (StatusCode::SERVICE_UNAVAILABLE, FULL).into_response();
    };
    let doorman = tls.doorman.clone();
    doorman.spawn(async move {
        // It opens when the answer below is out; a client that went away before leaves an error here.
        let opened = tokio::time::timeout(tls.doorman.patience(), hyper::upgrade::on(request)).await;
        if let Ok(Ok(tunnel)) = opened {
            tls.speak(TokioIo::new(tunnel)).await;
        }
        drop(seat);
    });
    StatusCode::OK.into_response()
}

fn leads_to_zoom(wanted: &Authority) -> bool {
    wanted.port_u16() == Some(HTTPS) && !wanted.as_str().contains('@') && Name::of(wanted.host()).is_some()
}
