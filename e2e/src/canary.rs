//! The scanner of the leak walk: finds secrets in bytes, whichever way they were dressed.

use std::collections::HashMap;

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD, engine::general_purpose::URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// The shortest secret, and the shortest dress of one: less would be found by chance. A passcode has ten.
const SHORTEST: usize = 8;

/// The secrets of the test world, each unique, with the names we know them by.
#[derive(Clone, Default)]
pub struct Canaries {
    names: Vec<String>,
    /// Every dress of every secret, by how it begins, so that bytes are gone through once however many there are.
    dresses: HashMap<[u8; SHORTEST], Vec<Dress>>,
}

#[derive(Clone)]
struct Dress {
    canary: usize,
    name: &'static str,
    text: Vec<u8>,
}

impl std::fmt::Debug for Canaries {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Canaries({})", self.names.join(", "))
    }
}

impl Canaries {
    /// One more secret to look for.
    ///
    /// # Panics
    /// When it is too short to be looked for.
    pub fn add(&mut self, name: &str, secret: &str) {
        let canary = self.names.len();
        self.names.push(name.to_owned());
        for (dress, text) in dresses(secret) {
            let start = text.first_chunk::<SHORTEST>();
            assert!(start.is_some(), "{name} is too short to be a canary");
            if let Some(start) = start.copied() {
                self.dresses.entry(start).or_default().push(Dress { canary, name: dress, text });
            }
        }
    }

    /// Those that the bytes hold, each once, by name and with the dress it was found in.
    pub fn leaks(&self, bytes: &[u8]) -> Vec<String> {
        let mut found: Vec<Option<&str>> = vec![None; self.names.len()];
        let mut rest = bytes;
        while let Some(start) = rest.first_chunk::<SHORTEST>() {
            for dress in self.dresses.get(start).into_iter().flatten() {
                if rest.starts_with(&dress.text)
                    && let Some(place) = found.get_mut(dress.canary)
                {
                    place.get_or_insert(dress.name);
                }
            }
            rest = rest.get(1..).unwrap_or_default();
        }
        let named = self.names.iter().zip(found);
        named.filter_map(|(name, dress)| Some(format!("{name} ({})", dress?))).collect()
    }
}

fn dresses(secret: &str) -> Vec<(&'static str, Vec<u8>)> {
    let mut dresses = vec![("plain", secret.as_bytes().to_vec())];
    let mut wear = |name, text: String| {
        if dresses.iter().all(|(_, known)| known != text.as_bytes()) {
            dresses.push((name, text.into_bytes()));
        }
    };
    let percent = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    wear("percent-encoded in lower case", percent.to_lowercase());
    wear("percent-encoded", percent);
    wear("percent-encoded throughout", secret.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat());
    wear("as HTML", html(secret));
    wear(
        "as decimal HTML entities",
        secret.chars().map(|char| format!("&#{};", u32::from(char))).collect::<Vec<_>>().concat(),
    );
    wear(
        "as hexadecimal HTML entities",
        secret.chars().map(|char| format!("&#x{:x};", u32::from(char))).collect::<Vec<_>>().concat(),
    );
    wear("as JSON", json(secret));
    wear("in hexadecimal", secret.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat());
    // Base64 of a text around the secret depends on where in a group of three it starts.
    for lead in 0..3 {
        let (standard, url) = base64_inside(secret, lead);
        wear("in base64", standard);
        wear("in base64url", url);
    }
    dresses
}

/// The characters of base64 that only depend on the secret, when `lead` bytes of its first group precede it.
fn base64_inside(secret: &str, lead: usize) -> (String, String) {
    let padded: Vec<u8> = std::iter::repeat_n(0, lead).chain(secret.bytes()).collect();
    let whole = padded.len() / 3 * 3;
    let body = padded.get(..whole).unwrap_or_default();
    let skip = if lead == 0 { 0 } else { 4 };
    let cut = |text: String| text.chars().skip(skip).collect();
    (cut(STANDARD_NO_PAD.encode(body)), cut(URL_SAFE_NO_PAD.encode(body)))
}

fn html(secret: &str) -> String {
    secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

fn json(secret: &str) -> String {
    let quoted = serde_json::Value::from(secret).to_string();
    quoted.trim_matches('"').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "sbx+Kanari/én<7>&\"q";

    fn caught(text: impl AsRef<[u8]>) -> bool {
        let mut canaries = Canaries::default();
        canaries.add("a secret", SECRET);
        !canaries.leaks(text.as_ref()).is_empty()
    }

    #[test]
    fn a_planted_leak_is_caught_in_every_dress() {
        let percent = utf8_percent_encode(SECRET, NON_ALPHANUMERIC).to_string();
        assert!(caught(format!("before {SECRET} after")));
        assert!(caught(format!("?pwd={percent}&x=1")));
        assert!(caught(format!("?pwd={}&x=1", percent.to_lowercase())));
        assert!(caught(format!("<p title=\"{}\">", html(SECRET))));
        assert!(caught(serde_json::json!({ "secret": SECRET }).to_string()));
        assert!(caught(SECRET.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()));
    }

    #[test]
    fn base64_is_caught_wherever_in_the_text_the_secret_starts() {
        for before in ["", "a", "ab", "abc", "account:"] {
            for after in ["", "z", "zz", ":rest"] {
                let text = format!("{before}{SECRET}{after}");
                assert!(caught(STANDARD_NO_PAD.encode(&text)), "{text}");
                assert!(caught(URL_SAFE_NO_PAD.encode(&text)), "{text}");
            }
        }
    }

    #[test]
    fn an_innocent_page_holds_nothing() {
        assert!(!caught("<h1>Kitchen Spanish</h1> sbx+Kanari and so on"));
    }

    #[test]
    fn each_secret_is_named_once_and_not_shown() {
        let mut canaries = Canaries::default();
        canaries.add("client secret", SECRET);
        canaries.add("another", "sbx+Kanarienvogel");
        let found = canaries.leaks(format!("{SECRET}, {SECRET} and sbx+Kanarienvogel").as_bytes());
        assert_eq!(found, ["client secret (plain)", "another (plain)"]);
        assert_eq!(format!("{canaries:?}"), "Canaries(client secret, another)");
    }
}
