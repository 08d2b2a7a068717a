//! The Meeting SDK's error codes in plain words: what happened, and what to do next (`locales/*/call.ftl`).

use serde::Serialize;

use crate::language::{Words, find, say};

/// Who reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    /// Somebody who wants to come in.
    Visitor,
    /// Whoever runs the site, in a test of joining.
    Owner,
}

/// What a code means for the person who sees it.
#[derive(Debug, Serialize)]
pub(crate) struct CodeView {
    code: &'static str,
    what: String,
    next: String,
}

/// Codes that mean the same, under the key of their sentences.
const CODES: [(&str, &[&str]); 22] = [
    ("failed", &["1"]),
    ("no-meeting", &["3001", "3610"]),
    ("wrong-passcode", &["3004"]),
    ("not-started", &["3008"]),
    ("registration", &["3099"]),
    ("login", &["3100"]),
    ("token", &["3265", "3623"]),
    ("key-invalid", &["3704"]),
    ("signature-expired", &["3705"]),
    ("role", &["3708"]),
    ("key-disabled", &["3710"]),
    ("signature-invalid", &["3712"]),
    ("parameter", &["4003", "5001"]),
    ("ended", &["4004"]),
    ("full", &["4005"]),
    ("locked", &["4006"]),
    ("other-account", &["4011"]),
    ("anonymous", &["4012"]),
    ("host-token", &["4013"]),
    ("blocked", &["6603"]),
    ("version", &["10000"]),
    ("network", &["-3000"]),
];

/// What a code means and what to do, in two sentences; nothing for a code that nobody has documented.
pub(crate) fn in_words(code: &str, reader: Reader) -> Option<String> {
    let (key, _) = CODES.iter().find(|(_, codes)| codes.contains(&code))?;
    Some(format!("{} {}", say(&format!("sdk-{key}-what")), next(key, reader)))
}

/// What to do. Who runs the site has sentences of their own where a visitor's would send them to themselves.
fn next(key: &str, reader: Reader) -> String {
    let own = (reader == Reader::Owner).then(|| find(&format!("sdk-{key}-owner"), &Words::new())).flatten();
    own.unwrap_or_else(|| say(&format!("sdk-{key}-next")))
}

/// All codes with their sentences.
pub(crate) fn all(reader: Reader) -> Vec<CodeView> {
    let one = |key: &str, code: &'static str| CodeView {
        code,
        what: say(&format!("sdk-{key}-what")),
        next: next(key, reader),
    };
    CODES.iter().flat_map(|(key, codes)| codes.iter().map(move |code| one(key, code))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_says_what_happened_and_what_to_do() {
        for view in all(Reader::Visitor) {
            assert!(!view.what.starts_with("sdk-") && view.what.ends_with('.'), "{}: {}", view.code, view.what);
            assert!(!view.next.starts_with("sdk-") && view.next.ends_with('.'), "{}: {}", view.code, view.next);
        }
    }

    #[test]
    fn whoever_runs_the_site_is_not_sent_to_whoever_runs_the_site_nor_to_the_zoom_app() {
        for view in all(Reader::Owner) {
            assert!(!view.next.starts_with("sdk-") && view.next.ends_with('.'), "{}: {}", view.code, view.next);
            for of_visitors in ["runs this site", "Zoom app", "the host", "green room"] {
                assert!(!view.next.contains(of_visitors), "{}: {}", view.code, view.next);
            }
        }
    }

    #[test]
    fn a_wrong_sdk_secret_is_named_in_plain_words() {
        let view = all(Reader::Visitor).into_iter().find(|view| view.code == "3712").unwrap();
        assert!(view.what.to_lowercase().contains("signature invalid"));
        assert!(view.next.contains("Meeting SDK Client Secret"));
    }
}
