//! What the operator's configuration says to the pages.

use std::{net::IpAddr, path::PathBuf};

use clock::{SharedClock, SharedEntropy};
use secrecy::SecretString;
use url::Url;

/// The configuration of the web surface.
#[derive(Clone, Debug)]
pub struct WebConfig {
    /// Where people reach the site: decides cookies and trusted origins.
    pub public_url: Url,
    /// The Meeting SDK's base, without the version: the one origin that the page of a call may load scripts from.
    pub sdk_base: Url,
    /// A folder with templates that replace built-in ones of the same name.
    pub templates: Option<PathBuf>,
    /// Proxies whose `X-Forwarded-For` is believed when a visitor is rate-limited.
    pub trusted_proxies: Vec<IpAddr>,
    /// The sandbox's request log, where this site is connected to a sandbox: the demo leads there.
    pub sandbox_log: Option<Url>,
    /// The demo's fixed login, for its one-click sign-in. Only ever on loopback.
    pub demo_login: Option<DemoLogin>,
    /// Where the time comes from.
    pub clock: SharedClock,
    /// Where random bytes come from.
    pub entropy: SharedEntropy,
}

/// The login that the demo prints.
#[derive(Clone, Debug)]
pub struct DemoLogin {
    /// The owner's address.
    pub email: String,
    /// The owner's password.
    pub password: SecretString,
}

impl WebConfig {
    /// Whether people reach the site over https.
    pub(crate) fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }

    /// An address on this site, as it is reached from elsewhere; `path` begins with `/`.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.as_str().trim_end_matches('/'))
    }

    /// The origin of an address as browsers write it, such as `https://source.zoom.us`.
    pub(crate) fn origin_of(url: &Url) -> String {
        url.origin().ascii_serialization()
    }
}

#[cfg(test)]
impl WebConfig {
    /// The configuration that examples of pages are made with.
    pub(crate) fn sample() -> Self {
        Self {
            public_url: Url::parse("https://northlight.example/").unwrap(),
            sdk_base: Url::parse("https://source.zoom.us").unwrap(),
            templates: None,
            trusted_proxies: Vec::new(),
            sandbox_log: None,
            demo_login: None,
            clock: std::sync::Arc::new(clock::SteeredClock::still_at(jiff::Timestamp::UNIX_EPOCH)),
            entropy: std::sync::Arc::new(clock::SeededEntropy::new(1)),
        }
    }
}
