//! Text that people type, each kind with its own rules: title, slug, agenda, name, e-mail, passcode.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use unicode_normalization::UnicodeNormalization as _;

use crate::invalid::Problem;

/// A printable line: trimmed, NFC, without control characters, at most `max` characters. What would turn around the words
/// behind it, on a page or in a terminal, is left out.
fn line(raw: &str, max: usize) -> Result<String, Problem> {
    let text: String = raw.chars().filter(|c| !turns_around(*c)).nfc().collect();
    let text = text.trim().to_owned();
    if text.is_empty() {
        return Err(Problem::Missing);
    }
    if text.chars().count() > max {
        return Err(Problem::TooLong { max });
    }
    if text.chars().any(char::is_control) || text.chars().all(invisible) {
        return Err(Problem::Unprintable);
    }
    Ok(text)
}

/// Marks that set the direction of all that follows, until another one ends it.
fn turns_around(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters that leave a line looking empty, when nothing else stands beside them.
fn invisible(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2065}' | '\u{feff}')
}

macro_rules! line_type {
    ($(#[$doc:meta])* $name:ident, $max:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The most characters.
            pub const MAX: usize = $max;

            /// Trims, normalises (NFC) and checks.
            pub fn parse(raw: &str) -> Result<Self, Problem> {
                line(raw, Self::MAX).map(Self)
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

line_type! {
    /// A room's title; at Zoom it is the topic, which has 200 characters at most (Zoom: `meetingCreate`).
    Title, 200
}
line_type! {
    /// What somebody wants to be called.
    PersonName, 64
}

/// The last part of a room's address: lower-case letters of any script, digits and single hyphens.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Slug(String);

impl Slug {
    /// The most characters.
    pub const MAX: usize = 80;

    /// Checks a slug that somebody typed.
    pub fn parse(raw: &str) -> Result<Self, Problem> {
        let text = line(raw, Self::MAX)?;
        let tidy = Self::tidy(&text);
        if tidy == text { Ok(Self(text)) } else { Err(Problem::Characters) }
    }

    /// A slug made from a title; `None` where the title has no letter or digit.
    pub fn from_title(title: &Title) -> Option<Self> {
        let tidy = Self::tidy(title.as_str());
        let short: String = tidy.chars().take(Self::MAX).collect();
        let short = short.trim_end_matches('-').to_owned();
        (!short.is_empty()).then_some(Self(short))
    }

    /// This slug with a number behind it, cut so that both fit: for a title that is already taken.
    #[must_use]
    pub fn numbered(&self, number: u32) -> Self {
        let tail = format!("-{number}");
        let head: String = self.0.chars().take(Self::MAX - tail.len()).collect();
        Self(format!("{}{tail}", head.trim_end_matches('-')))
    }

    fn tidy(text: &str) -> String {
        let mut slug = String::new();
        for c in text.nfkc().flat_map(char::to_lowercase) {
            if c.is_alphanumeric() {
                slug.push(c);
            } else if !slug.is_empty() && !slug.ends_with('-') && !matches!(c, '\'' | '’') && !is_mark(c) {
                slug.push('-');
            } else if is_mark(c) && !slug.is_empty() {
                slug.push(c);
            }
        }
        slug.trim_end_matches('-').nfc().collect()
    }

    /// The text, as it stands in the address before percent-encoding.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Marks that belong to the letter before them (vowel signs, voicing marks): part of the word, not a gap in it.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a room is about, in Markdown, as its author wrote it. Rendering cleans it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Agenda(String);

impl Agenda {
    /// The most characters kept. Zoom takes 2,000, marker included (Zoom: `meetingCreate`); the page shows all.
    pub const MAX: usize = 10_000;

    /// Normalises line ends and refuses control characters other than new lines and tabs. May be empty.
    pub fn parse(raw: &str) -> Result<Self, Problem> {
        let text: String = raw.replace("\r\n", "\n").replace('\r', "\n").trim().nfc().collect();
        if text.chars().count() > Self::MAX {
            return Err(Problem::TooLong { max: Self::MAX });
        }
        if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            return Err(Problem::Unprintable);
        }
        Ok(Self(text))
    }

    /// The Markdown text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An e-mail address, compared without regard to case.
#[derive(Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// Checks the shape `local@domain.tld` loosely: whether it works only a letter to it can tell.
    pub fn parse(raw: &str) -> Result<Self, Problem> {
        let text = line(raw, 254)?;
        let Some((local, domain)) = text.rsplit_once('@') else { return Err(Problem::NotEmail) };
        let domain_ok = domain.contains('.') || domain == "localhost";
        let labels_ok = domain.split('.').all(|l| {
            !l.is_empty()
                && !l.starts_with('-')
                && !l.ends_with('-')
                && l.chars().all(|c| c.is_alphanumeric() || c == '-')
        });
        let local_ok = !local.is_empty()
            && local.len() <= 64
            && !local.chars().any(|c| {
                c.is_whitespace() || matches!(c, '@' | '<' | '>' | '"' | ',' | ';' | '(' | ')' | '[' | ']' | '\\')
            });
        if domain_ok && labels_ok && local_ok { Ok(Self(text.to_lowercase())) } else { Err(Problem::NotEmail) }
    }

    /// The address, lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let domain = self.0.rsplit_once('@').map_or("", |(_, domain)| domain);
        write!(f, "Email(…@{domain})")
    }
}

/// A meeting's passcode: up to 10 characters of `a-z A-Z 0-9 @ - _ *` (Zoom: `meetingCreate`, `password`).
/// `Debug` prints nothing of it.
#[derive(Clone, Debug)]
pub struct Passcode(SecretString);

impl Passcode {
    /// The most characters Zoom takes.
    pub const MAX: usize = 10;

    /// Checks what somebody typed.
    pub fn parse(raw: &str) -> Result<Self, Problem> {
        let text = line(raw, Self::MAX)?;
        if text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '@' | '-' | '_' | '*')) {
            Ok(Self(text.into()))
        } else {
            Err(Problem::Characters)
        }
    }

    /// A passcode of eight letters and digits that are not mistaken for one another, from random bytes.
    pub fn from_random(random: [u8; 8]) -> Self {
        const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789A";
        let text: String =
            random.iter().map(|b| char::from(LETTERS.get(usize::from(b % 32)).copied().unwrap_or(b'a'))).collect();
        Self(text.into())
    }

    /// The passcode itself; say where it goes.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_slug_keeps_letters_of_every_script() {
        let slug = |title: &str| Slug::from_title(&Title::parse(title).unwrap()).map(|s| s.to_string());
        assert_eq!(slug("Kitchen Spanish, week 3 of 8").as_deref(), Some("kitchen-spanish-week-3-of-8"));
        assert_eq!(slug("朝のヨガ").as_deref(), Some("朝のヨガ"));
        assert_eq!(slug("ورشة الخط العربي").as_deref(), Some("ورشة-الخط-العربي"));
        assert_eq!(slug("हिन्दी कक्षा").as_deref(), Some("हिन्दी-कक्षा"));
        assert_eq!(slug("Ada’s café!").as_deref(), Some("adas-café"));
        assert_eq!(slug("🎉🎉"), None);
    }

    #[test]
    fn a_numbered_slug_still_fits() {
        let long = Slug::from_title(&Title::parse(&"a".repeat(200)).unwrap()).unwrap();
        assert!(long.numbered(12).as_str().chars().count() <= Slug::MAX);
        assert!(long.numbered(12).as_str().ends_with("-12"));
    }

    #[test]
    fn control_characters_and_invisible_lines_are_refused() {
        assert_eq!(Title::parse("a\u{0}b"), Err(Problem::Unprintable));
        assert_eq!(Title::parse("\u{200b}\u{200f}"), Err(Problem::Unprintable));
        assert_eq!(Title::parse("   "), Err(Problem::Missing));
        assert_eq!(Title::parse(&"x".repeat(201)), Err(Problem::TooLong { max: 200 }));
    }

    #[test]
    fn nothing_typed_turns_around_what_stands_behind_it() {
        for turn in ('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}') {
            let name = PersonName::parse(&format!("{turn}Ada {turn}Okafor")).unwrap();
            assert_eq!(name.as_str(), "Ada Okafor");
            assert_eq!(PersonName::parse(&turn.to_string()), Err(Problem::Missing));
        }
        // These join and part letters in Persian, in scripts of India, and in emoji.
        for joined in ["می\u{200c}خواهم", "क्\u{200d}ष", "👩\u{200d}🏫"] {
            assert_eq!(Title::parse(joined).unwrap().as_str(), joined);
        }
    }

    #[test]
    fn nothing_of_a_passcode_or_an_address_is_printed() {
        assert!(!format!("{:?}", Passcode::parse("s3cret").unwrap()).contains("s3cret"));
        assert!(!format!("{:?}", Email::parse("ada@example.org").unwrap()).contains("ada"));
    }

    proptest! {
        #[test]
        fn whatever_is_typed_the_parsers_answer(raw in any::<String>()) {
            let _ = (Title::parse(&raw), Agenda::parse(&raw), PersonName::parse(&raw), Passcode::parse(&raw).is_ok());
            if let Ok(email) = Email::parse(&raw) { prop_assert_eq!(Email::parse(email.as_str()), Ok(email.clone())); }
            if let Ok(slug) = Slug::parse(&raw) { prop_assert_eq!(Slug::parse(slug.as_str()), Ok(slug.clone())); }
            if let Some(slug) = Title::parse(&raw).ok().and_then(|t| Slug::from_title(&t)) {
                prop_assert_eq!(Slug::parse(slug.as_str()), Ok(slug.clone()));
            }
        }
    }
}
