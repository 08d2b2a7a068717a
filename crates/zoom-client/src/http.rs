//! The HTTP clients this crate is used with: patient enough for Zoom, and never following a redirect with a token.

use std::time::Duration;

use reqwest::{Client, ClientBuilder, redirect::Policy};

/// How long to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// For a whole answer, from the first byte sent to the last byte read.
    pub answer: Duration,
    /// For an access token.
    pub token: Duration,
    /// Nothing is sent any more once so much time has passed since the call was made: neither for the first time, having
    /// waited for a token and in line, nor again. Calls that have time ([`Work::Sync`](crate::Work::Sync),
    /// [`Work::Bulk`](crate::Work::Bulk)) count from when they had their turn.
    pub begin: Duration,
}

impl Timeouts {
    /// When it is certain that a call is over: its last attempt was begun in time, its token was refused, another one
    /// fetched, and the answer to that given up.
    pub fn over(&self) -> Duration {
        self.begin.saturating_add(self.answer).saturating_add(self.token).saturating_add(self.answer)
    }
}

impl Default for Timeouts {
    /// 15 seconds for an answer, 10 for a token, 10 to begin.
    fn default() -> Self {
        Self { answer: Duration::from_secs(15), token: Duration::from_secs(10), begin: Duration::from_secs(10) }
    }
}

/// A client for Zoom: TLS by rustls with ring (installed as the process's provider if none is), five seconds to
/// connect, no redirects. It honours the system's proxy settings.
pub fn http_client() -> Result<Client, reqwest::Error> {
    builder().build()
}

/// A client for a Zoom on this computer, such as the sandbox: as [`http_client`], but never through a proxy.
pub fn local_http_client() -> Result<Client, reqwest::Error> {
    builder().no_proxy().build()
}

fn builder() -> ClientBuilder {
    // Fails only when a provider is installed already, which then is the one to use.
    drop(rustls::crypto::ring::default_provider().install_default());
    Client::builder()
        .connect_timeout(Duration::from_secs(5))
        .pool_idle_timeout(Duration::from_secs(30))
        .redirect(Policy::none())
        .user_agent(concat!("zoom-client/", env!("CARGO_PKG_VERSION")))
}
