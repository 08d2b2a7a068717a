//! Metrics for Prometheus, on a listener of their own.

use std::net::SocketAddr;

use anyhow::Context as _;
use axum::{
    Router,
    http::{StatusCode, Uri, header},
    response::IntoResponse as _,
};
use metrics_exporter_prometheus::PrometheusBuilder;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::lifecycle;

/// Installs the recorder and serves `/metrics`, where an address is configured; else metrics cost nothing.
pub(crate) async fn start(
    listen: Option<SocketAddr>,
    stop: &CancellationToken,
    tasks: &TaskTracker,
) -> anyhow::Result<()> {
    let Some(address) = listen else { return Ok(()) };
    let handle = PrometheusBuilder::new().install_recorder().context("metrics cannot be recorded")?;
    let (listener, bound) = lifecycle::listen(address).await.with_context(|| {
        format!(
            "metrics cannot be served at {address}; each program on this machine needs an address of its own: \
             set metrics.listen, or EROOM_METRICS__LISTEN for this one"
        )
    })?;
    let router = Router::new().fallback(move |uri: Uri| {
        let handle = handle.clone();
        async move {
            if uri.path() != "/metrics" {
                return (StatusCode::NOT_FOUND, "metrics are at /metrics\n").into_response();
            }
            handle.run_upkeep();
            ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], handle.render()).into_response()
        }
    });
    tasks.spawn(lifecycle::serve(listener, router, stop.clone()));
    tracing::info!(address = %bound, "metrics are served at /metrics");
    Ok(())
}
