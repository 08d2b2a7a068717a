//! Starting and stopping: what ends the program, and how long it waits for what is under way.

use std::{net::SocketAddr, time::Duration};

use anyhow::Context as _;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::Service as _;

use crate::tls::Tls;

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
        port => format!("cannot listen on {address}: is port {port} in use? Port 0 is any free one"),
    })?;
    let bound = listener.local_addr().context("the listening address cannot be read")?;
    Ok((listener, bound))
}

/// How long a connection may take over the head of a request, and may stay silent between two.
const HEAD: Duration = Duration::from_secs(30);

/// Serves until `stop`, then lets open requests finish within [`GRACE`]. Whoever opens a connection and says nothing
/// loses it: else a few thousand of them would keep everybody out.
pub(crate) async fn serve(listener: TcpListener, router: axum::Router, stop: CancellationToken) {
    serve_within(HEAD, listener, router, None, stop).await;
}

/// The same under TLS, where it is configured.
pub(crate) async fn serve_tls(listener: TcpListener, router: axum::Router, tls: Option<Tls>, stop: CancellationToken) {
    serve_within(HEAD, listener, router, tls, stop).await;
}

async fn serve_within(
    head: Duration,
    listener: TcpListener,
    router: axum::Router,
    tls: Option<Tls>,
    stop: CancellationToken,
) {
    let mut make = router.into_make_service_with_connect_info::<SocketAddr>();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(head);
    let (open, tasks) = (GracefulShutdown::new(), TaskTracker::new());
    loop {
        let (stream, address) = tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file descriptors, for instance: some will be free again in a moment.
                    tracing::error!(%error, "a connection could not be accepted");
                    pause(Duration::from_millis(200)).await;
                    continue;
                }
            },
        };
        drop(stream.set_nodelay(true));
        let service = make.call(address).await.unwrap_or_else(|never| match never {});
        let service = TowerToHyperService::new(service);
        let watcher = open.watcher();
        // What a client breaks off is its own business.
        match &tls {
            None => {
                let connection = watcher.watch(http.serve_connection(TokioIo::new(stream), service));
                tasks.spawn(async move { drop(connection.await) });
            }
            Some(tls) => {
                let (http, tls, stop) = (http.clone(), tls.clone(), stop.clone());
                tasks.spawn(async move {
                    let shaken = tokio::select! {
                        () = stop.cancelled() => return,
                        shaken = tokio::time::timeout(head, tls.accept(stream)) => shaken.ok().flatten(),
                    };
                    if let Some(stream) = shaken {
                        drop(watcher.watch(http.serve_connection(TokioIo::new(stream), service)).await);
                    }
                });
            }
        }
    }
    drop(listener);
    tokio::select! {
        () = open.shutdown() => {}
        () = pause(GRACE) => {}
    }
}

#[expect(clippy::disallowed_methods, reason = "the machine's own time bounds what sockets and the program's end take")]
pub(crate) async fn pause(time: Duration) {
    tokio::time::sleep(time).await;
}

/// Waits for background work, but no longer than [`GRACE`]: a job that is cut off is taken up again at the next start.
pub(crate) async fn wait_for(tasks: &TaskTracker) {
    tasks.close();
    if tokio::time::timeout(GRACE, tasks.wait()).await.is_err() {
        tracing::warn!("stopped with work still under way; it goes on at the next start");
    }
}

#[cfg(test)]
mod tests {
    use axum::{Router, extract::ConnectInfo, handler::HandlerWithoutStateExt as _};
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpStream,
    };

    use super::*;

    async fn who(ConnectInfo(address): ConnectInfo<SocketAddr>) -> String {
        address.ip().to_string()
    }

    /// What a client reads until the connection ends, after having sent `sent`.
    async fn read(address: SocketAddr, sent: &str) -> String {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(sent.as_bytes()).await.unwrap();
        let mut read = Vec::new();
        let all = tokio::time::timeout(Duration::from_secs(30), stream.read_to_end(&mut read)).await;
        drop(all.expect("the connection was held open"));
        String::from_utf8(read).unwrap()
    }

    #[tokio::test]
    async fn who_begins_a_request_and_falls_silent_is_let_go_and_others_are_served() {
        let (listener, address) = listen(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
        let router = Router::new().fallback_service(who.into_service());
        tasks.spawn(serve_within(Duration::from_millis(300), listener, router, None, stop.clone()));
        let silent = read(address, "GET / HTTP/1.1\r\nHost: x\r\n");
        let served = read(address, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        let (silent, served) = tokio::join!(silent, served);
        assert!(silent.is_empty() || silent.starts_with("HTTP/1.1 408"), "{silent}");
        assert!(served.starts_with("HTTP/1.1 200") && served.ends_with("127.0.0.1"), "{served}");
        stop.cancel();
        tasks.close();
        tasks.wait().await;
    }
}
