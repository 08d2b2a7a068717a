//! The scanner of the leak walk: finds a secret in bytes, whichever way it was dressed.

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD, engine::general_purpose::URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// One secret of the test world, unique, with the name we know it by.
#[derive(Clone)]
pub struct Canary {
    name: String,
    /// Each dress the secret could leave in, with what the dress is called.
    dresses: Vec<(&'static str, Vec<u8>)>,
}

impl std::fmt::Debug for Canary {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Canary({})", self.name)
    }
}

impl Canary {
    /// A secret to look for. Shorter than 8 bytes it would be found by chance; a passcode has 10.
    ///
    /// # Panics
    /// When the secret is too short to be looked for.
    pub fn new(name: &str, secret: &str) -> Self {
        assert!(secret.len() >= 8, "{name} is too short to be a canary");
        Self { name: name.to_owned(), dresses: dresses(secret) }
    }

    /// The name, with the dress it was found in, when the bytes hold it.
    pub fn found_in(&self, bytes: &[u8]) -> Option<String> {
        let found = self.dresses.iter().find(|(_, needle)| contains(bytes, needle));
        found.map(|(dress, _)| format!("{} ({dress})", self.name))
    }
}

/// All canaries that the bytes hold.
pub fn leaks(canaries: &[Canary], bytes: &[u8]) -> Vec<String> {
    canaries.iter().filter_map(|canary| canary.found_in(bytes)).collect()
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

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    !needle.is_empty() && bytes.windows(needle.len()).any(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "sbx+Kanari/én<7>&\"q";

    fn caught(text: impl AsRef<[u8]>) -> bool {
        !leaks(&[Canary::new("a secret", SECRET)], text.as_ref()).is_empty()
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
    fn the_name_of_a_canary_is_shown_and_the_secret_is_not() {
        assert_eq!(format!("{:?}", Canary::new("client secret", SECRET)), "Canary(client secret)");
    }
}
