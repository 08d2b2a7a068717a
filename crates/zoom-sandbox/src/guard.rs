//! Keeps web pages of other sites away from the controls: the Host must be one of ours, the Origin the same.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{app::App, reach::AskedAs};

/// For the workbench and the controls: Host and Origin.
pub(crate) async fn own_page(State(app): State<App>, request: Request, next: Next) -> Response {
    // The door for Zoom's names has looked at the host already, and leads to the Marketplace but to no control.
    let by_zooms_name = request.extensions().get::<AskedAs>().is_some();
    match check(&app.hosts, request.headers(), request.uri(), !by_zooms_name) {
        Ok(()) => next.run(request).await,
        Err(why) => (StatusCode::FORBIDDEN, why).into_response(),
    }
}

/// For pages that links from elsewhere lead to: only who asks from another page is refused.
pub(crate) async fn same_origin(State(app): State<App>, request: Request, next: Next) -> Response {
    match check(&app.hosts, request.headers(), request.uri(), false) {
        Ok(()) => next.run(request).await,
        Err(why) => (StatusCode::FORBIDDEN, why).into_response(),
    }
}

const WRONG_HOST: &str = "This address does not belong to the sandbox. Open it by localhost, by its IP address, or by a \
                          name given to it with allow_host.\n";
const OWN_WEBHOOK: &str = "The sandbox's own webhooks do not steer it. Give the address of your receiver.\n";
const WRONG_ORIGIN: &str = "Another page may not use this. Open the sandbox's own page.\n";

fn check(allowed: &[String], headers: &HeaderMap, uri: &Uri, check_host: bool) -> Result<(), &'static str> {
    let text = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    let host =
        text(header::HOST).or_else(|| uri.authority().map(axum::http::uri::Authority::as_str)).unwrap_or_default();
    if check_host && !is_ours(host, allowed) {
        return Err(WRONG_HOST);
    }
    // Who may only call the API could otherwise subscribe a control, and the sandbox would press it.
    if headers.contains_key("x-zm-signature") {
        return Err(OWN_WEBHOOK);
    }
    if let Some(origin) = text(header::ORIGIN)
        && origin.split_once("://").map(|(_, rest)| rest) != Some(host)
    {
        return Err(WRONG_ORIGIN);
    }
    Ok(())
}

/// `localhost`, an IP address (a rebound name is never one), or a name that was allowed.
fn is_ours(host: &str, allowed: &[String]) -> bool {
    let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((inside, _)) => inside,
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<std::net::IpAddr>().is_ok()
        || allowed.iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(host: &str, origin: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        check(&["zoom.test".to_owned()], &headers, &Uri::from_static("/sandbox"), true).is_ok()
    }

    #[test]
    fn only_our_own_names_and_pages_may_use_the_controls() {
        assert!(asked("127.0.0.1:9000", None));
        assert!(asked("[::1]:9000", Some("http://[::1]:9000")));
        assert!(asked("localhost:9000", Some("http://localhost:9000")));
        assert!(asked("zoom.test", None));
        assert!(!asked("evil.example:9000", None));
        assert!(!asked("localhost:9000", Some("http://evil.example")));
        assert!(!asked("localhost:9000", Some("http://localhost:8000")));
        assert!(!asked("localhost:9000", Some("null")));
    }
}
