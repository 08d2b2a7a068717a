//! Why there is no new certificate, what to do about it, and how long to wait before the next attempt.

use std::{error::Error, fmt, time::Duration};

use instant_acme::Problem;

use super::{Validity, in_words};

/// What an authority's own words are cut to.
const LONGEST: usize = 300;

/// Why there is none.
#[derive(Debug)]
pub(super) enum Failure {
    /// The authority was not reached.
    Unreachable(String),
    /// What answered there does not speak ACME, or not now.
    Garbled,
    /// It did not come to an end in time.
    Slow,
    /// It refuses, or saw something else than it wanted: the kind (RFC 8555, 6.7) and its own words.
    Refused { kind: String, words: String },
    /// It does not look at port 443.
    NoChallenge,
    /// What it gave, or was to be given, cannot be used.
    Unusable(String),
    /// Its certificate is there, and by this machine's clock already old.
    Clock(Validity),
}

impl Failure {
    fn kind(&self) -> &str {
        if let Self::Refused { kind, .. } = self { kind } else { "" }
    }

    /// Whether another account may help.
    pub(super) fn is_about_the_account(&self) -> bool {
        self.kind() == "accountDoesNotExist"
    }

    /// What an operator can do.
    pub(super) fn cure(&self, name: &str) -> String {
        match self {
            Self::Unreachable(_) => "Look whether this machine may connect there, and whether tls.directory is right; \
                                     a private authority's own certificate is trusted by tls.authority"
                .into(),
            Self::Garbled => "Look whether tls.directory is the address of an ACME directory; \
                              an authority that is out of order only takes time"
                .into(),
            Self::Slow => "That may pass by itself".into(),
            Self::NoChallenge => "Choose an authority that offers TLS-ALPN-01, or set tls.mode = \"files\"".into(),
            Self::Unusable(_) => "Choose another authority in tls.directory, or set tls.mode = \"files\"".into(),
            Self::Clock(_) => "Set this machine's clock".into(),
            Self::Refused { kind, .. } => match kind.as_str() {
                "connection" | "tls" | "unauthorized" | "incorrectResponse" => format!(
                    "The authority connects to {name} at port 443, where eRoom itself has to answer: look at the name's \
                     address, the firewall, and that no proxy in between speaks TLS"
                ),
                "dns" => format!("Let the name {name} lead to this machine, by an A or AAAA record"),
                "caa" => format!("A CAA record of {name} leaves this authority out: add it there, or choose another"),
                "rateLimited" => "It asks to wait, which happens by itself".into(),
                "rejectedIdentifier" | "unsupportedIdentifier" => {
                    "It gives no certificate for this name: choose another authority, or another name in public_url"
                        .into()
                }
                "externalAccountRequired" => "It wants an account that was made beforehand, which eRoom cannot show: \
                                              choose another authority, or set tls.mode = \"files\""
                    .into(),
                "invalidContact" | "unsupportedContact" => "Correct tls.contact".into(),
                _ => "What it says may tell more; the authority's own pages do".into(),
            },
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable(cause) => write!(f, "the authority cannot be reached ({cause})"),
            Self::Garbled => f.write_str("what answers there does not speak ACME"),
            Self::Slow => f.write_str("the authority did not come to an end in time"),
            Self::Refused { kind, words } => write!(f, "the authority says {kind}: {words:?}"),
            Self::NoChallenge => f.write_str("the authority does not offer to look at port 443 (TLS-ALPN-01)"),
            Self::Unusable(what) => write!(f, "what came of it cannot be used: {what}"),
            Self::Clock(Validity { from, until }) => write!(
                f,
                "a certificate came that is valid from {} until {}, which by this machine's clock is nearly over",
                in_words(*from),
                in_words(*until)
            ),
        }
    }
}

impl From<instant_acme::Error> for Failure {
    fn from(error: instant_acme::Error) -> Self {
        match error {
            instant_acme::Error::Api(problem) => problem.into(),
            instant_acme::Error::Other(error) => Self::Unreachable(deepest(&*error)),
            instant_acme::Error::Json(_) | instant_acme::Error::Http(_) | instant_acme::Error::Str(_) => Self::Garbled,
            instant_acme::Error::Timeout(_) => Self::Slow,
            other => Self::Unusable(other.to_string()),
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        let kind = problem.r#type.unwrap_or_default();
        let kind = kind.rsplit(':').next().unwrap_or_default().chars().filter(char::is_ascii_alphanumeric).collect();
        let words = problem.detail.unwrap_or_default().chars().take(LONGEST).collect();
        Self::Refused { kind, words }
    }
}

/// The cause beneath the others, which says most.
fn deepest(error: &(dyn Error + 'static)) -> String {
    let mut deepest = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    deepest.to_string()
}

/// Growing pauses between attempts. An authority that was not reached has counted nothing, so that it is asked again
/// soon; one that looked and refused counts (Let's Encrypt allows five times an hour).
#[derive(Debug, Default)]
pub(super) struct Pauses(u32);

impl Pauses {
    const LONGEST: Duration = Duration::from_hours(1);

    /// How long to wait after this failure.
    pub(super) fn after(&mut self, failure: &Failure) -> Duration {
        let counts = !matches!(failure, Failure::Unreachable(_) | Failure::Garbled);
        let first = if counts { Duration::from_mins(5) } else { Duration::from_secs(5) };
        let pause = first.saturating_mul(2_u32.saturating_pow(self.0)).min(Self::LONGEST);
        self.0 = self.0.saturating_add(1);
        pause
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_an_hour_and_leave_an_authority_alone_that_looked_and_refused() {
        let pauses = |failure: &Failure| {
            let mut pauses = Pauses::default();
            std::iter::repeat_with(|| pauses.after(failure).as_secs()).take(12).collect::<Vec<_>>()
        };
        let gone = pauses(&Failure::Unreachable("refused".into()));
        assert_eq!(gone, [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]);
        let refused = pauses(&Failure::Refused { kind: "dns".into(), words: String::new() });
        assert_eq!(refused.get(..5), Some(&[300, 600, 1200, 2400, 3600][..]));
    }

    #[test]
    fn words_of_an_authority_are_cut_and_cannot_break_a_line_of_the_log() {
        let problem = serde_json::json!({
            "type": "urn:ietf:params:acme:error:dns\nx",
            "detail": format!("no such name\nERROR forged {}", "x".repeat(1000)),
        });
        let failure = Failure::from(serde_json::from_value::<Problem>(problem).unwrap());
        let said = failure.to_string();
        assert!(said.starts_with("the authority says dnsx: \"no such name\\nERROR forged"), "{said}");
        assert!(said.len() < 400 && !said.contains('\n'), "{said}");
    }
}
