//! The call itself: short, on to no other address, and what it comes to.

use std::{
    error::Error as StdError,
    io::{self, ErrorKind},
    net::IpAddr,
    time::Duration,
};

use reqwest::{Client, ClientBuilder, Response, redirect::Policy};
use rustls::CertificateError;
use url::{Host, Url};

use super::{BadCertificate, Calls, Found, Looked, NOT_MINE, Wrong};

/// For finding out where the name leads.
const NAME: Duration = Duration::from_secs(2);

/// For the call.
const CALL: Duration = Duration::from_secs(5);

/// Longer than the answer that is waited for.
const LONGEST: usize = 200;

/// A client that trusts whom this machine trusts. A proxy of this machine's is no visitor's way, and is not taken; the
/// answer is wanted as it was written.
pub(super) fn client() -> ClientBuilder {
    Client::builder()
        .no_proxy()
        .no_gzip()
        .redirect(Policy::none())
        .connect_timeout(Duration::from_secs(3))
        .timeout(CALL)
        .user_agent(concat!("eroom/", env!("CARGO_PKG_VERSION")))
}

/// Calls the site by its address, asking for the first value and hoping for the second.
pub(super) async fn look(http: &Client, url: &Url, calls: &Calls, values: [String; 2]) -> Looked {
    let Some(leads_to) = resolve(url).await else { return Looked { found: Found::NoName, public: None } };
    let public = leads_to.into_iter().find(is_public);
    Looked { found: call(http, url, calls, values).await, public }
}

async fn call(http: &Client, url: &Url, calls: &Calls, [asked, answer]: [String; 2]) -> Found {
    let Ok(target) = url.join(&format!("/address/{asked}")) else { return Found::NoName };
    let call = calls.begin(asked, answer.clone());
    let response = match http.get(target).send().await {
        Ok(response) => response,
        Err(error) => return unanswered(&error),
    };
    let status = response.status();
    if status.is_redirection() {
        let to = response.headers().get("location").and_then(|to| to.to_str().ok()).and_then(|to| url.join(to).ok());
        return Found::Wrong(Wrong::SentOn(
            to.map_or_else(|| "nowhere".into(), |to| to.origin().ascii_serialization()),
        ));
    }
    let heard = read(response).await;
    match call.arrival() {
        Some(arrival) if heard == answer.as_bytes() => Found::Here(arrival),
        _ if heard == NOT_MINE.as_bytes() => Found::AnotherProcess,
        _ => Found::Wrong(Wrong::SomebodyElse(status.as_u16())),
    }
}

/// The first bytes of an answer.
async fn read(mut response: Response) -> Vec<u8> {
    let mut heard = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        heard.extend_from_slice(&chunk);
        if heard.len() > LONGEST {
            break;
        }
    }
    heard
}

/// Where the host leads; nowhere where the name is nobody's.
async fn resolve(url: &Url) -> Option<Vec<IpAddr>> {
    let name = match url.host()? {
        Host::Ipv4(ip) => return Some(vec![ip.into()]),
        Host::Ipv6(ip) => return Some(vec![ip.into()]),
        Host::Domain(name) => name,
    };
    let found = tokio::time::timeout(NAME, tokio::net::lookup_host((name, 0))).await.ok()?.ok()?;
    let all: Vec<IpAddr> = found.map(|address| address.ip()).collect();
    (!all.is_empty()).then_some(all)
}

/// Whether an address is one on the internet, so that the way to it may lead around by a router.
fn is_public(ip: &IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => {
            let [first, second, ..] = ip.octets();
            let is_shared = first == 100 && (64..128).contains(&second);
            !(ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified() || is_shared)
        }
        IpAddr::V6(ip) => {
            !(ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local() || ip.is_unspecified())
        }
    }
}

/// What an answer that did not come says.
fn unanswered(error: &reqwest::Error) -> Found {
    if let Some(tls) = cause(error, |error| error.downcast_ref::<rustls::Error>().cloned()) {
        return Found::Wrong(match tls {
            rustls::Error::InvalidCertificate(why) => Wrong::Certificate(bad(&why)),
            _ => Wrong::NoTls,
        });
    }
    let kind = cause(error, |error| error.downcast_ref::<io::Error>().map(io::Error::kind));
    let is_refused = kind == Some(ErrorKind::ConnectionRefused);
    let is_away =
        matches!(kind, Some(ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::TimedOut));
    if is_refused || is_away || error.is_timeout() { Found::Nobody { is_refused } } else { Found::Wrong(Wrong::NoTls) }
}

fn bad(why: &CertificateError) -> BadCertificate {
    match why {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => BadCertificate::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => BadCertificate::NotValidYet,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            BadCertificate::AnotherName
        }
        _ => BadCertificate::Untrusted,
    }
}

/// The first of an error and its causes that `wanted` knows. An input error holds its cause inside.
fn cause<T>(error: &(dyn StdError + 'static), wanted: impl Fn(&(dyn StdError + 'static)) -> Option<T>) -> Option<T> {
    let mut next = Some(error);
    while let Some(one) = next {
        if let Some(found) = wanted(one) {
            return Some(found);
        }
        let inside = one.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = match inside {
            Some(inside) => Some(inside as &(dyn StdError + 'static)),
            None => one.source(),
        };
    }
    None
}

#[cfg(test)]
mod tests;
