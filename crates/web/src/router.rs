//! Builds the router from the route table: the only place that adds routes, and the one stack of layers around them.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath},
    middleware::from_fn_with_state,
};
use http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode, header};
use service::Service;
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    csrf::CsrfLayer,
    request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    sensitive_headers::SetSensitiveRequestHeadersLayer,
    timeout::TimeoutLayer,
    trace::TraceLayer,
};

use crate::{
    app::App,
    config::WebConfig,
    fault::Fault,
    finish,
    front::Front,
    guard,
    pages::BadTemplate,
    routes::{Audience, Route, routes},
};

/// The site as an axum router. Serve it with `into_make_service_with_connect_info::<SocketAddr>()`, so that limits know
/// whom they limit.
pub fn build(config: WebConfig, service: Service) -> Result<Router, BadTemplate> {
    let ids = RequestIds::new(&config);
    let app = App::new(config, service)?;
    let mut router = Router::new();
    for route in routes() {
        let Route { path, .. } = route;
        let handler = guarded(&app, route);
        #[expect(clippy::disallowed_methods, reason = "the one place where the route table becomes a router")]
        {
            router = router.route(path, handler);
        }
    }
    let id = HeaderName::from_static("x-request-id");
    let layers = ServiceBuilder::new()
        .layer(SetRequestIdLayer::new(id.clone(), ids))
        .layer(SetSensitiveRequestHeadersLayer::new([header::AUTHORIZATION, header::COOKIE]))
        .layer(TraceLayer::new_for_http().make_span_with(span).on_request(()).on_response(log_answer).on_failure(()))
        .layer(PropagateRequestIdLayer::new(id))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(app.clone(), finish::finish))
        .layer(CatchPanicLayer::custom(|panic: Box<dyn std::any::Any + Send>| {
            Fault::from_panic(&*panic).into_answer()
        }));
    let router = router
        .fallback(|| async { Fault::NotFound })
        .method_not_allowed_fallback(|| async { Fault::WrongMethod })
        .layer(layers)
        .with_state(app.clone());
    Ok(Router::new().fallback_service(Front { app, router }))
}

/// The handler behind what its audience needs: a session or a token, no forged form, a body of bearable size, an answer
/// in bearable time.
fn guarded(app: &App, route: Route) -> axum::routing::MethodRouter<App> {
    let Route { method, audience, surface, body_limit, patience, handler, .. } = route;
    let mut handler = handler.layer(DefaultBodyLimit::max(body_limit));
    if matches!(audience, Audience::Member | Audience::Host | Audience::Owner | Audience::Api) {
        handler = handler.layer(from_fn_with_state((app.clone(), audience, surface), guard::admit));
    }
    if method != Method::GET && !matches!(audience, Audience::Api | Audience::Zoom) {
        let csrf = CsrfLayer::new();
        // Behind a proxy that rewrites Host, the public address is still ours.
        let csrf = csrf.clone().add_trusted_origin(WebConfig::origin_of(&app.config.public_url)).unwrap_or(csrf);
        handler = handler
            .layer(csrf.with_rejection_response(|_: tower_http::csrf::ProtectionError| Fault::CrossSite.into_answer()));
    }
    handler.layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, patience))
}

/// The span of a request. It names the route's pattern, never the address: addresses may hold one-time links.
fn span<B>(request: &Request<B>) -> tracing::Span {
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str);
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok()).unwrap_or("-");
    tracing::info_span!("request", method = %request.method(), route, id)
}

fn log_answer<B>(response: &Response<B>, took: Duration, _: &tracing::Span) {
    tracing::debug!(status = response.status().as_u16(), took_ms = took.as_millis(), "answered");
}

/// Request ids: a prefix of this process and a counter.
#[derive(Clone, Debug)]
struct RequestIds {
    prefix: String,
    next: std::sync::Arc<AtomicU64>,
}

impl RequestIds {
    fn new(config: &WebConfig) -> Self {
        let mut prefix = [0_u8; 4];
        config.entropy.fill(&mut prefix);
        Self { prefix: hex::encode(prefix), next: std::sync::Arc::default() }
    }
}

impl MakeRequestId for RequestIds {
    fn make_request_id<B>(&mut self, _: &Request<B>) -> Option<RequestId> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        HeaderValue::from_str(&format!("{}-{number:x}", self.prefix)).ok().map(RequestId::new)
    }
}
