//! What the operator's configuration says to the use cases. Zoom's addresses come from here, never from a form.

use url::{Host, Url};

use crate::visits::NoBrowserJoin;

/// Zoom's own domains: the two of its public service, and the one for government.
const ZOOM: [&str; 3] = ["zoom.us", "zoom.com", "zoomgov.com"];

/// Where Zoom is.
#[derive(Clone, Debug)]
pub struct ZoomPlaces {
    /// The token endpoint (`https://zoom.us/oauth/token`).
    pub oauth: Url,
    /// The REST base (`https://api.zoom.us/v2`).
    pub api: Url,
    /// The Meeting SDK's base, without the version (`https://source.zoom.us`).
    pub sdk_base: Url,
    /// The Meeting SDK's version, such as `6.2.0`.
    pub sdk_version: String,
}

impl ZoomPlaces {
    /// Whether these are not Zoom's own hosts.
    pub fn is_elsewhere(&self) -> bool {
        !(is_at_zoom(&self.oauth) && is_at_zoom(&self.api))
    }

    /// Whether the Meeting SDK is Zoom's own software, from wherever it is served, and not what a sandbox has in its place.
    pub fn has_real_sdk(&self) -> bool {
        !self.is_elsewhere() || self.sdk_base.origin() != self.oauth.origin()
    }

    /// Whether visitors may be sent to this address: a page of Zoom's, or of the sandbox that is configured.
    pub(crate) fn may_lead_to(&self, url: &Url) -> bool {
        (url.scheme() == "https" && is_at_zoom(url))
            || (self.is_elsewhere() && matches!(url.scheme(), "http" | "https") && url.origin() == self.oauth.origin())
    }
}

/// Whether an address is at one of Zoom's own hosts.
fn is_at_zoom(url: &Url) -> bool {
    let is =
        |host: &str, zoom: &str| host.strip_suffix(zoom).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    url.host_str().is_some_and(|host| ZOOM.iter().any(|zoom| is(host, zoom)))
}

/// The configuration of the use cases.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where people reach the site; its path is empty or ends with `/`.
    pub public_url: Url,
    /// Where Zoom is.
    pub zoom: ZoomPlaces,
    /// Whether a connection to a sandbox is taken (`--allow-sandbox`, and the demo).
    pub allow_sandbox: bool,
    /// Whether this is the demo, with its fixed login.
    pub demo: bool,
}

impl Settings {
    /// An address on this site; `path` begins with `/`.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.as_str().trim_end_matches('/'))
    }

    /// Whether browsers give a page of this site camera and microphone: https, or this very computer.
    pub fn secure_address(&self) -> Result<(), NoBrowserJoin> {
        let local = match self.public_url.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            None => false,
        };
        if local || self.public_url.scheme() == "https" { Ok(()) } else { Err(NoBrowserJoin::InsecureAddress) }
    }
}
