//! Where webhooks may go: to this computer, and to hosts that were named at the start. A name is looked up for every
//! delivery, and what it leads to is checked then.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// Why something is not sent there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Elsewhere {
    /// No address that anything could be sent to.
    NoAddress,
    /// The host is neither this computer nor allowed.
    NotAllowed(String),
    /// The name should lead to this computer and does not.
    LeadsAway(String),
}

impl fmt::Display for Elsewhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAddress => f.write_str("it is no http or https address without a user in it"),
            Self::NotAllowed(host) => write!(
                f,
                "{host} is not this computer, and the sandbox sends webhooks nowhere else unless it was started with \
                 --webhook-allow {host}"
            ),
            Self::LeadsAway(host) => write!(f, "{host} does not lead to this computer, so nothing was sent there"),
        }
    }
}

impl std::error::Error for Elsewhere {}

/// The hosts that may be sent to.
#[derive(Clone, Debug)]
pub(super) struct Reachable(Arc<Vec<String>>);

impl Reachable {
    /// This computer, and the hosts that are `allowed`: names, or IP addresses.
    pub(super) fn new(allowed: Vec<String>) -> Self {
        let bare = |host: String| host.trim().trim_start_matches('[').trim_end_matches(']').to_lowercase();
        Self(Arc::new(allowed.into_iter().map(bare).collect()))
    }

    fn allows(&self, host: &str) -> bool {
        self.0.iter().any(|known| known.eq_ignore_ascii_case(host))
    }

    /// Whether anything may be sent to this address. Where its name leads is seen when it is looked up.
    pub(super) fn check(&self, url: &str) -> Result<(), Elsewhere> {
        let url = Url::parse(url).map_err(|_| Elsewhere::NoAddress)?;
        if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some() {
            return Err(Elsewhere::NoAddress);
        }
        let (name, is_here) = match url.host().ok_or(Elsewhere::NoAddress)? {
            Host::Domain(name) => (name.to_owned(), is_local_name(name)),
            Host::Ipv4(ip) => (ip.to_string(), ip.is_loopback()),
            Host::Ipv6(ip) => (ip.to_string(), ip.is_loopback()),
        };
        if is_here || self.allows(&name) { Ok(()) } else { Err(Elsewhere::NotAllowed(name)) }
    }

    /// What of the addresses a name led to may be used.
    fn sift(&self, name: &str, found: impl Iterator<Item = SocketAddr>) -> Result<Vec<SocketAddr>, Elsewhere> {
        let allowed = self.allows(name);
        let usable: Vec<_> = found.filter(|address| allowed || IpAddr::is_loopback(&address.ip())).collect();
        if usable.is_empty() { Err(Elsewhere::LeadsAway(name.to_owned())) } else { Ok(usable) }
    }
}

impl Resolve for Reachable {
    fn resolve(&self, name: Name) -> Resolving {
        let own = self.clone();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let usable = own.sift(name.as_str(), found)?;
            Ok(Box::new(usable.into_iter()) as Addrs)
        })
    }
}

fn is_local_name(name: &str) -> bool {
    name.eq_ignore_ascii_case("localhost") || name.to_ascii_lowercase().ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reachable() -> Reachable {
        Reachable::new(vec!["hooks.example".to_owned(), "10.0.0.7".to_owned(), "[fd00::7]".to_owned()])
    }

    #[test]
    fn webhooks_go_to_this_computer_and_to_the_hosts_that_were_named() {
        for here in [
            "http://127.0.0.1:3000/hook",
            "http://localhost/x",
            "https://[::1]:8443/",
            "https://a.localhost/",
            "https://Hooks.example/x",
            "http://10.0.0.7/",
            "http://[fd00::7]/",
        ] {
            assert_eq!(reachable().check(here), Ok(()), "{here}");
        }
        for elsewhere in ["http://example.com/", "http://10.0.0.8/", "http://x.hooks.example/", "http://[fd00::8]/"] {
            assert!(matches!(reachable().check(elsewhere), Err(Elsewhere::NotAllowed(_))), "{elsewhere}");
        }
        for wrong in ["ftp://localhost/", "localhost:3000", "http://u:p@localhost/", ""] {
            assert_eq!(reachable().check(wrong), Err(Elsewhere::NoAddress), "{wrong}");
        }
    }

    #[test]
    fn a_local_name_that_leads_away_is_not_followed() {
        let address = |text: &str| text.parse::<SocketAddr>().unwrap();
        let (here, away) = (address("127.0.0.1:0"), address("192.0.2.1:0"));
        assert_eq!(reachable().sift("a.localhost", [away, here].into_iter()), Ok(vec![here]));
        let refused = reachable().sift("a.localhost", [away].into_iter());
        assert_eq!(refused, Err(Elsewhere::LeadsAway("a.localhost".to_owned())));
        assert_eq!(reachable().sift("hooks.example", [away].into_iter()), Ok(vec![away]));
    }
}
