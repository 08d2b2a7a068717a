//! The ways to HTTPS that the set-up guide offers, each with what to write where.

use url::{Host, Url};

/// One way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// What it is, in a line.
    pub title: &'static str,
    /// When it is the right one, and what it needs.
    pub text: &'static str,
    /// Where `lines` belong.
    pub file: &'static str,
    /// What to write there.
    pub lines: String,
}

/// The ways for the site at this address; where that has no name of its own yet, for `rooms.example.org`.
pub fn ways_to_https(address: &Url) -> Vec<Way> {
    let host = match address.host() {
        Some(Host::Domain(name)) if name.contains('.') => name,
        _ => "rooms.example.org",
    };
    let served = format!("public_url = \"https://{host}\"\nlisten = \"0.0.0.0:443\"\n\n[tls]\n");
    vec![
        Way {
            title: "eRoom fetches a certificate itself",
            text: "From Let's Encrypt, and renews it. The name must lead to this machine, and the internet reach its port 443.",
            file: "eroom.toml",
            lines: format!("{served}mode = \"acme\"\n"),
        },
        Way {
            title: "A proxy in front has the certificate",
            text: "Caddy fetches it by itself; what nginx and Traefik need is in docs/guide/https.md. In eroom.toml set \
                   public_url to the address that people type.",
            file: "Caddyfile",
            lines: format!("{host} {{\n    reverse_proxy 127.0.0.1:8080\n}}\n"),
        },
        Way {
            title: "You have a certificate in files",
            text: "From your company's authority, for instance. eRoom takes a new one up without a restart.",
            file: "eroom.toml",
            lines: format!(
                "{served}mode = \"files\"\ncertificate = \"/etc/eroom/site.crt\"   # and those it is signed by, in PEM\n\
                 key = \"/etc/eroom/site.key\"\n"
            ),
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(address: &str) -> String {
        ways_to_https(&Url::parse(address).unwrap()).into_iter().map(|way| way.lines).collect()
    }

    #[test]
    fn what_to_write_has_the_sites_own_name_where_it_has_one() {
        assert_eq!(lines("http://talks.example.net:8080/").matches("talks.example.net").count(), 3);
        for nameless in ["http://127.0.0.1:8080/", "http://localhost:8080/", "http://[::1]/"] {
            assert_eq!(lines(nameless), lines("https://rooms.example.org/"));
        }
    }

    #[test]
    fn the_documentation_says_the_same() {
        let page = include_str!("../../../../docs/guide/https.md");
        for way in ways_to_https(&Url::parse("https://rooms.example.org").unwrap()) {
            assert!(page.contains(&way.lines), "{}", way.lines);
        }
    }
}
