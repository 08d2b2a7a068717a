//! Where the site's check of its own address ends, if the address leads here.

use axum::extract::{Path, State};
use http::{HeaderName, StatusCode, header, request::Parts};
use service::{Arrival, NOT_MINE};

use crate::app::{App, forwarded_for, peer};

/// Says of every request that it came over eRoom's own TLS; whoever serves the router so adds it as an extension.
#[derive(Clone, Copy, Debug)]
pub struct OverTls;

/// `GET /address/{token}`: the answer to a call that is under way. Whoever else asks learns that it is none.
pub(crate) async fn reached(
    State(app): State<App>,
    Path(token): Path<String>,
    parts: Parts,
) -> (StatusCode, [(HeaderName, &'static str); 1], String) {
    let peer = peer(&parts);
    let arrival = Arrival {
        peer,
        is_forwarded: forwarded_for(&parts).is_some(),
        is_believed: app.config.trusted_proxies.contains(&peer),
        over_tls: parts.extensions.get::<OverTls>().is_some(),
    };
    let (status, answer) = match app.service.address_reached(&token, arrival) {
        Some(answer) => (StatusCode::OK, answer),
        None => (StatusCode::NOT_FOUND, NOT_MINE.to_owned()),
    };
    (status, [(header::CACHE_CONTROL, "no-store")], answer)
}
