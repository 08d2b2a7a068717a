//! Zoom's names: which of them a host is, and which of the sandbox's own addresses stands behind it.

use std::borrow::Cow;

/// The domain everything of Zoom's is under.
pub(super) const ZOOM: &str = "zoom.us";

/// What the certificate is for: regions and vanity names are one label before the domain.
pub(super) const COVERED: [&str; 5] = [ZOOM, "api.zoom.us", "source.zoom.us", "marketplace.zoom.us", "*.zoom.us"];

/// What a host of Zoom's is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// `api.zoom.us`, and `api-eu.zoom.us` and its like.
    Api,
    /// `source.zoom.us`: the Meeting SDK's files.
    Source,
    /// `marketplace.zoom.us`.
    Marketplace,
    /// `zoom.us` and every other name below it: tokens, join and start links.
    Site,
}

impl Name {
    /// Nothing where the host is not Zoom's, or lies too deep for the certificate.
    pub(super) fn of(host: &str) -> Option<Self> {
        let host = bare(host);
        if host == ZOOM {
            return Some(Self::Site);
        }
        let label = host.strip_suffix(ZOOM)?.strip_suffix('.')?;
        if label.is_empty() || !label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return None;
        }
        Some(match label {
            "api" => Self::Api,
            _ if label.starts_with("api-") => Self::Api,
            "source" => Self::Source,
            "marketplace" => Self::Marketplace,
            _ => Self::Site,
        })
    }

    /// The sandbox's own path for one asked for by this name; nothing where the sandbox imitates nothing there.
    /// Workbench and controls are behind no name at all.
    pub(super) fn own_path(self, path: &str) -> Option<Cow<'_, str>> {
        let first = path.split('/').find(|part| !part.is_empty()).unwrap_or_default();
        match self {
            Self::Api => matches!(first, "v2" | "oauth").then_some(Cow::Borrowed(path)),
            // The pages behind the links load their script and style from `/call` and `/sdk`.
            // Some clients know further names for the REST API, such as `eu01api-www4local.zoom.us`.
            Self::Site => matches!(first, "v2" | "oauth" | "j" | "s" | "call" | "sdk").then_some(Cow::Borrowed(path)),
            Self::Source => Some(Cow::Owned(format!("/sdk{path}"))),
            Self::Marketplace if first == "marketplace" => Some(Cow::Borrowed(path)),
            Self::Marketplace => Some(Cow::Owned(format!("/marketplace{}", path.trim_end_matches('/')))),
        }
    }

    /// Where the REST API is for who asked by `host`: a region answers for itself, the rest name the common one.
    pub(super) fn api_host(self, host: &str) -> String {
        match self {
            Self::Api => bare(host),
            Self::Source | Self::Marketplace | Self::Site => format!("api.{ZOOM}"),
        }
    }
}

/// Names are the same in any case, and with the dot of the root at their end.
fn bare(host: &str) -> String {
    host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("zoom.us", Some(Name::Site))]
    #[case("ZOOM.us.", Some(Name::Site))]
    #[case("us02web.zoom.us", Some(Name::Site))]
    #[case("api.zoom.us", Some(Name::Api))]
    #[case("Api-EU.zoom.us", Some(Name::Api))]
    #[case("apis.zoom.us", Some(Name::Site))]
    #[case("source.zoom.us", Some(Name::Source))]
    #[case("marketplace.zoom.us", Some(Name::Marketplace))]
    #[case("us.telemetry.zoom.us", None)]
    #[case("notzoom.us", None)]
    #[case(".zoom.us", None)]
    #[case("zoom.us.example.org", None)]
    #[case("127.0.0.1", None)]
    #[case("", None)]
    fn a_host_is_zooms_or_it_is_not(#[case] host: &str, #[case] name: Option<Name>) {
        assert_eq!(Name::of(host), name);
    }

    #[rstest]
    #[case(Name::Api, "/v2/users", Some("/v2/users"))]
    #[case(Name::Api, "//v2/users", Some("//v2/users"))]
    #[case(Name::Api, "/j/1", None)]
    #[case(Name::Site, "/oauth/token", Some("/oauth/token"))]
    #[case(Name::Site, "/s/1", Some("/s/1"))]
    #[case(Name::Site, "/v2/users", Some("/v2/users"))]
    #[case(Name::Site, "/api/v1/wc/info", None)]
    #[case(Name::Site, "/sandbox", None)]
    #[case(Name::Site, "/", None)]
    #[case(Name::Source, "/6.2.0/a.js", Some("/sdk/6.2.0/a.js"))]
    #[case(Name::Marketplace, "/", Some("/marketplace"))]
    #[case(Name::Marketplace, "/develop/create", Some("/marketplace/develop/create"))]
    #[case(Name::Marketplace, "/marketplace/x", Some("/marketplace/x"))]
    fn each_name_leads_to_its_own_part_of_the_sandbox(
        #[case] name: Name,
        #[case] path: &str,
        #[case] own: Option<&str>,
    ) {
        assert_eq!(name.own_path(path).as_deref(), own);
    }

    #[test]
    fn no_path_at_any_name_leads_to_the_controls() {
        for name in [Name::Api, Name::Site, Name::Source, Name::Marketplace] {
            for path in ["/", "/sandbox", "/sandbox/v1", "//sandbox/v1", "/v2/../sandbox/v1", "/%73andbox", ""] {
                let own = name.own_path(path).unwrap_or_default();
                assert!(own != "/" && !own.trim_start_matches('/').starts_with("sandbox"), "{name:?} {path}: {own}");
            }
        }
    }
}
