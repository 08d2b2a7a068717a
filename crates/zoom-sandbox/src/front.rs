//! The way in: calls of Zoom's API go straight to it, everything else to the router of pages and controls.

use std::{
    convert::Infallible,
    task::{Context, Poll},
};

use axum::{
    Router,
    extract::{ConnectInfo, Request},
    response::Response,
};
use futures_util::future::BoxFuture;
use tower::Service;

use crate::{app::App, emulate, line::Line};

/// All that the sandbox answers.
#[derive(Clone, Debug)]
pub(crate) struct Front {
    app: App,
    pages: Router,
}

impl Front {
    pub(crate) fn new(app: App, pages: Router) -> Self {
        Self { app, pages }
    }
}

/// Whether a path is one of Zoom's API or OAuth server. Slashes too many keep no client from them.
fn is_api(path: &str) -> bool {
    matches!(path.split('/').find(|part| !part.is_empty()), Some("v2" | "oauth"))
}

impl Service<Request> for Front {
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        <Router as Service<Request>>::poll_ready(&mut self.pages, context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        if !is_api(request.uri().path()) {
            return Box::pin(self.pages.call(request));
        }
        let app = self.app.clone();
        Box::pin(async move {
            // Every connection has one; a request of none can only not be cut.
            let line = request.extensions().get::<ConnectInfo<Line>>().map(|info| info.0.clone()).unwrap_or_default();
            Ok(emulate::answer(app, line, request).await)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_segment_tells_zooms_api_from_the_sandboxs_own_pages() {
        for path in ["/v2", "/v2/users", "//v2//users", "/oauth/token", "//oauth/token/"] {
            assert!(is_api(path), "{path}");
        }
        for path in ["/", "", "/sandbox/v1", "/sandbox/v2", "/v22", "/j/1"] {
            assert!(!is_api(path), "{path}");
        }
    }
}
