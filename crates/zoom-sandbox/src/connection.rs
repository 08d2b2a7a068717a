//! Connections, plain, under TLS and through a tunnel alike: how many at once, and how long each may stay silent.

use std::{convert::Infallible, future::Future, pin::pin, sync::Arc, time::Duration};

use axum::{body::Body, extract::ConnectInfo, response::Response};
use clock::SystemClock;
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::{Service, ServiceExt as _};

use crate::line::{Line, LineStream};

/// How long a connection may take over the head of a request, and may stay silent between two.
pub(crate) const HEAD: Duration = Duration::from_secs(30);

/// The largest head of a request; what is longer gets 431.
const LARGEST_HEAD: usize = 64 * 1024;

/// Who is being served, how many more may be, and when it ends.
#[derive(Clone, Debug)]
pub(crate) struct Doorman {
    seats: Arc<Semaphore>,
    head: Duration,
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Doorman {
    /// At most `at_once` connections; `head` is usually [`HEAD`].
    pub(crate) fn new(at_once: usize, head: Duration, stop: &CancellationToken, tasks: &TaskTracker) -> Self {
        Self { seats: Arc::new(Semaphore::new(at_once)), head, stop: stop.clone(), tasks: tasks.clone() }
    }

    /// A seat for a connection that did not come through [`Doorman::receive`]; none where all are taken.
    pub(crate) fn seat(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.seats).try_acquire_owned().ok()
    }

    pub(crate) fn stop(&self) -> &CancellationToken {
        &self.stop
    }

    /// How long whoever connects may take over anything that comes before a request.
    pub(crate) fn patience(&self) -> Duration {
        self.head
    }

    pub(crate) fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(work);
    }

    /// Takes connections until the sandbox stops. Where every seat is taken, the next one waits at the door.
    pub(crate) async fn receive<F>(&self, listener: TcpListener, each: impl Fn(TcpStream) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        while let Some((stream, seat)) = self.next(&listener).await {
            // Small answers must not wait for more; where the option is missing they only come later.
            stream.set_nodelay(true).ok();
            let work = each(stream);
            self.spawn(async move {
                work.await;
                drop(seat);
            });
        }
    }

    async fn next(&self, listener: &TcpListener) -> Option<(TcpStream, OwnedSemaphorePermit)> {
        let take = async {
            let seat = Arc::clone(&self.seats).acquire_owned().await.ok()?;
            loop {
                match listener.accept().await {
                    Ok((stream, _)) => return Some((stream, seat)),
                    // Out of file descriptors, for instance: some will be free again in a moment.
                    Err(problem) => {
                        tracing::warn!(%problem, "the sandbox could not accept a connection");
                        clock::sleep(&SystemClock, 0.2).await;
                    }
                }
            }
        };
        tokio::select! {
            () = self.stop.cancelled() => None,
            taken = take => taken,
        }
    }

    /// Speaks HTTP on a connection until either side ends it.
    pub(crate) async fn converse<S, A>(&self, stream: S, answers: A)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
        A: Service<axum::extract::Request, Response = Response, Error = Infallible> + Clone,
    {
        let line = Line::default();
        let stream = TokioIo::new(LineStream::new(stream, line.clone()));
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(line.clone()));
            answers.clone().oneshot(request.map(Body::new))
        });
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(self.head).max_buf_size(LARGEST_HEAD);
        let mut connection = pin!(http.serve_connection(stream, service).with_upgrades());
        // What a client breaks off is its own business.
        tokio::select! {
            ended = connection.as_mut() => drop(ended),
            () = self.stop.cancelled() => {
                connection.as_mut().graceful_shutdown();
                drop(connection.await);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::{Router, handler::HandlerWithoutStateExt as _};
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    /// What a client reads until the connection ends, after having sent `sent`, where heads must come in 300 ms.
    async fn read(sent: &str) -> String {
        let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
        let doorman = Doorman::new(2, Duration::from_millis(300), &stop, &tasks);
        let (mut client, server) = tokio::io::duplex(1024);
        let router = Router::new().fallback_service((|| async { "served" }).into_service());
        doorman.clone().spawn(async move { doorman.converse(server, router).await });
        let mut read = Vec::new();
        let (mut from, mut to) = tokio::io::split(&mut client);
        let conversation = async {
            let (wrote, _) = tokio::join!(to.write_all(sent.as_bytes()), from.read_to_end(&mut read));
            drop(wrote);
        };
        let ended = tokio::time::timeout(Duration::from_secs(30), conversation).await;
        assert!(ended.is_ok(), "the connection was held open");
        String::from_utf8(read).unwrap()
    }

    #[tokio::test]
    async fn who_begins_a_request_and_falls_silent_is_let_go() {
        let silent = read("GET / HTTP/1.1\r\nHost: x\r\n").await;
        assert!(silent.is_empty() || silent.starts_with("HTTP/1.1 408"), "{silent}");
        assert_eq!(read("").await, "", "nor is one kept who says nothing at all");
    }

    #[tokio::test]
    async fn who_is_served_and_then_falls_silent_is_let_go_too() {
        let served = read("GET / HTTP/1.1\r\nHost: x\r\n\r\n").await;
        assert!(served.starts_with("HTTP/1.1 200") && served.ends_with("served"), "{served}");
    }

    #[tokio::test]
    async fn a_head_without_end_is_refused() {
        let endless = format!("GET / HTTP/1.1\r\nHost: x\r\nx-long: {}", "x".repeat(2 * LARGEST_HEAD));
        let refused = read(&endless).await;
        assert!(refused.starts_with("HTTP/1.1 431"), "{refused}");
    }
}
