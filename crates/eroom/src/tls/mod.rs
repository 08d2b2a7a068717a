//! HTTPS without a proxy, with a certificate from files or from an authority.

mod acme;
mod files;

use std::sync::Arc;

use rustls::{ServerConfig, crypto::ring, server::ResolvesServerCert};
use tokio::net::TcpStream;
use tokio_rustls::{TlsAcceptor, server::TlsStream};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::config::{Config, TlsMode};

/// What a visitor speaks within TLS.
const HTTP: &[u8] = b"http/1.1";

/// What shakes hands with those who connect.
#[derive(Clone)]
pub(crate) struct Tls(TlsAcceptor);

/// Gets the certificate and keeps it fresh, where TLS is configured.
pub(crate) fn start(config: &Config, stop: &CancellationToken, tasks: &TaskTracker) -> anyhow::Result<Option<Tls>> {
    match config.tls.mode {
        TlsMode::Off => Ok(None),
        TlsMode::Files => Tls::new(files::start(&config.tls, stop, tasks)?, &[HTTP]).map(Some),
        TlsMode::Acme => Tls::new(acme::start(config, stop, tasks)?, &[HTTP, acme::CHALLENGE]).map(Some),
    }
}

impl Tls {
    fn new(certificates: Arc<dyn ResolvesServerCert>, protocols: &[&[u8]]) -> anyhow::Result<Self> {
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(certificates);
        config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
        Ok(Self(Arc::new(config).into()))
    }

    /// Shakes hands; `None` where that did not work, or was all that was wanted.
    pub(crate) async fn accept(&self, stream: TcpStream) -> Option<TlsStream<TcpStream>> {
        match self.0.accept(stream).await {
            // An authority has seen what it came for; nothing else may be said on such a connection (RFC 8737, 3).
            Ok(stream) if stream.get_ref().1.alpn_protocol() == Some(acme::CHALLENGE) => None,
            Ok(stream) => Some(stream),
            Err(problem) => {
                tracing::debug!(%problem, "a connection was no TLS, or did not trust the certificate");
                None
            }
        }
    }
}
