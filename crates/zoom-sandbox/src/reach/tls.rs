//! TLS on top of any connection: one that was accepted, or one that a tunnel leads here.

use std::sync::Arc;

use axum::Router;
use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsAcceptor;

use crate::connection::Doorman;

/// The TLS side of the sandbox.
#[derive(Clone)]
pub(super) struct Tls {
    acceptor: TlsAcceptor,
    router: Router,
    pub(super) doorman: Doorman,
}

impl Tls {
    pub(super) fn new(config: Arc<ServerConfig>, router: Router, doorman: Doorman) -> Self {
        Self { acceptor: config.into(), router, doorman }
    }

    /// Shakes hands within the time that the head of a request may take, then speaks HTTP. What is no TLS is dropped.
    pub(super) async fn speak<S>(self, stream: S)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let shake = tokio::time::timeout(self.doorman.patience(), self.acceptor.accept(stream));
        let shaken = tokio::select! {
            () = self.doorman.stop().cancelled() => return,
            shaken = shake => shaken,
        };
        match shaken {
            Ok(Ok(stream)) => self.doorman.converse(stream, self.router).await,
            Ok(Err(problem)) => tracing::debug!(%problem, "a connection was no TLS, or did not trust the certificate"),
            Err(_) => tracing::debug!("a connection was silent in place of a TLS handshake"),
        }
    }
}
