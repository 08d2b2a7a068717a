//! Starting and stopping: what ends the program, and how long it waits for what is under way.

use std::{net::SocketAddr, time::Duration};

use anyhow::Context as _;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How long requests and jobs may go on after the first signal.
pub(crate) const GRACE: Duration = Duration::from_secs(10);

/// A token that is cancelled by Ctrl-C or SIGTERM; a second signal ends the program at once.
pub(crate) fn stop_on_signal() -> anyhow::Result<CancellationToken> {
    let stop = CancellationToken::new();
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot listen for Ctrl-C")?;
    let mut terminate = signal(SignalKind::terminate()).context("cannot listen for SIGTERM")?;
    let told = stop.clone();
    #[expect(clippy::disallowed_methods, reason = "it lives as long as the program; nobody waits for it")]
    tokio::spawn(async move {
        for round in 0.. {
            tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
            if round > 0 {
                std::process::exit(130);
            }
            told.cancel();
        }
    });
    Ok(stop)
}

/// Binds, and says in words what to do where that fails.
pub(crate) async fn listen(address: SocketAddr) -> anyhow::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(address).await.with_context(|| match address.port() {
        0 => format!("cannot listen on {address}"),
        port => format!("cannot listen on {address}: is port {port} in use? --port 0 takes any free one"),
    })?;
    let bound = listener.local_addr().context("the listening address cannot be read")?;
    Ok((listener, bound))
}

/// Serves until `stop`, then lets open requests finish within [`GRACE`].
pub(crate) async fn serve(listener: TcpListener, router: axum::Router, stop: CancellationToken) -> anyhow::Result<()> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(stop.clone().cancelled_owned());
    let late = async {
        stop.cancelled().await;
        #[expect(clippy::disallowed_methods, reason = "the machine's own time bounds the program's end")]
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        ended = server => ended.context("the server stopped"),
        () = late => Ok(()),
    }
}

/// Waits for background work, but no longer than [`GRACE`]: a job that is cut off is taken up again at the next start.
pub(crate) async fn wait_for(tasks: &TaskTracker) {
    tasks.close();
    if tokio::time::timeout(GRACE, tasks.wait()).await.is_err() {
        tracing::warn!("stopped with work still under way; it goes on at the next start");
    }
}
