//! What came of a call: Zoom's answer without secrets, or why there is none, what that means and what to do.

use jiff::Timestamp;
use serde_json::Value;
use zoom_client::{Error, Executed, RawAnswer};
use zoom_spec::Scope;

use super::{
    hide::{hide, hide_in},
    index::ConsoleOperation,
};

/// What came of running an operation.
#[derive(Clone, Debug)]
pub struct ConsoleAnswer {
    /// Zoom's answer or refusal.
    pub outcome: Outcome,
    /// How long Zoom took, in milliseconds.
    pub millis: i64,
    /// How many entries of a list are left out because the site may not act for them.
    pub left_out: usize,
}

/// Zoom's answer or refusal.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Zoom did it.
    Done {
        /// The HTTP status.
        status: u16,
        /// The answer, secrets hidden; `None` where it was empty.
        json: Option<Value>,
    },
    /// Zoom did not, or nobody knows.
    Refused(Box<Refusal>),
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What it means; [`Meaning::as_str`] names the sentences that say it and what to do.
    pub meaning: Meaning,
    /// The HTTP status, where it is known.
    pub status: Option<u16>,
    /// Zoom's error code, where it gave one.
    pub code: Option<u32>,
    /// Zoom's message; empty where there is none. Without secrets.
    pub message: String,
    /// The fields at fault with Zoom's message, where Zoom names them.
    pub fields: Vec<(String, String)>,
    /// The scope to add, where one is missing.
    pub scope: Option<String>,
    /// Where the Marketplace shows that scope.
    pub place: Option<&'static Scope>,
    /// When a limit is over.
    pub retry_after: Option<Timestamp>,
    /// Whether Zoom may have carried it out all the same.
    pub maybe_done: bool,
}

/// What a refusal means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// The app lacks a scope.
    Scope,
    /// Zoom gives no token, or takes none.
    Credentials,
    /// There is no such thing.
    NotFound,
    /// A value is not accepted.
    Invalid,
    /// Plan, licence, role or a setting forbids it.
    Forbidden,
    /// It contradicts something that exists.
    Conflict,
    /// Another no.
    Refused,
    /// A limit is used up.
    Limit,
    /// The server knows the operation and does not carry it out: a sandbox says so.
    NotCarriedOut,
    /// Zoom fails on its side.
    Broken,
    /// Zoom cannot be reached.
    Unreachable,
    /// The answer was lost.
    Lost,
    /// What answered is not Zoom.
    Unreadable,
}

impl Meaning {
    /// Every meaning.
    pub const ALL: [Self; 13] = [
        Self::Scope,
        Self::Credentials,
        Self::NotFound,
        Self::Invalid,
        Self::Forbidden,
        Self::Conflict,
        Self::Refused,
        Self::Limit,
        Self::NotCarriedOut,
        Self::Broken,
        Self::Unreachable,
        Self::Lost,
        Self::Unreadable,
    ];

    /// The word used in keys of sentences.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Scope => "scope",
            Self::Credentials => "credentials",
            Self::NotFound => "not-found",
            Self::Invalid => "invalid",
            Self::Forbidden => "forbidden",
            Self::Conflict => "conflict",
            Self::Refused => "refused",
            Self::Limit => "limit",
            Self::NotCarriedOut => "not-carried-out",
            Self::Broken => "broken",
            Self::Unreachable => "unreachable",
            Self::Lost => "lost",
            Self::Unreadable => "unreadable",
        }
    }
}

impl Outcome {
    /// What Zoom said, without its secrets.
    pub(super) fn of(operation: &ConsoleOperation, answer: Result<RawAnswer, Error>) -> Self {
        match answer {
            Ok(RawAnswer { status, json }) => {
                let json = json.map(|mut json| {
                    hide(&mut json);
                    json
                });
                Self::Done { status, json }
            }
            Err(error) => Self::Refused(Box::new(Refusal::of(operation, error))),
        }
    }

    /// A few words for the audit log.
    pub(super) fn in_short(&self) -> String {
        match self {
            Self::Done { status, .. } => format!("done, {status}"),
            Self::Refused(refusal) => {
                let code = refusal.code.map(|code| format!(", code {code}")).unwrap_or_default();
                let maybe = if refusal.maybe_done { ", may have been carried out" } else { "" };
                format!("{}{code}{maybe}", refusal.meaning.as_str())
            }
        }
    }
}

impl Refusal {
    fn of(operation: &ConsoleOperation, error: Error) -> Self {
        let maybe_done = error.executed() != Executed::No;
        let mut refusal = Self {
            meaning: Meaning::Refused,
            status: None,
            code: None,
            message: String::new(),
            fields: Vec::new(),
            scope: None,
            place: None,
            retry_after: None,
            maybe_done,
        };
        refusal.tell(operation, error);
        refusal.message = hide_in(&refusal.message);
        refusal.code = refusal.code.filter(|code| *code != 0);
        for (_, message) in &mut refusal.fields {
            *message = hide_in(message);
        }
        refusal
    }

    fn tell(&mut self, operation: &ConsoleOperation, error: Error) {
        match error {
            Error::MissingScopes { scopes, code, message, .. } => {
                self.says(Meaning::Scope, code, message);
                let wide = operation.scope_to_add().map(str::to_owned);
                let scope = wide.filter(|wide| scopes.contains(wide)).or_else(|| scopes.first().cloned());
                self.place = scope.as_deref().and_then(zoom_spec::scope);
                self.scope = scope;
            }
            Error::Credentials { reason, problem } => {
                let reason = reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
                self.says(Meaning::Credentials, 0, format!("{problem}{reason}"));
            }
            Error::NotFound { code, message, .. } => self.says(Meaning::NotFound, code, message),
            Error::Invalid { code, message, fields, .. } => {
                self.says(Meaning::Invalid, code, message);
                self.fields = fields.into_iter().map(|one| (one.field, one.message)).collect();
            }
            Error::Forbidden { code, reason, .. } => self.says(Meaning::Forbidden, code, reason),
            Error::Conflict { code, message, .. } => self.says(Meaning::Conflict, code, message),
            Error::Refused { status, code, message, .. } => {
                self.says(Meaning::Refused, code, message);
                self.status = Some(status);
            }
            Error::RateLimited { limit, retry_after, .. } => {
                self.says(Meaning::Limit, 0, limit.to_string());
                (self.status, self.retry_after) = (Some(429), Some(retry_after));
            }
            Error::Unavailable { status, .. } => {
                let meaning = if status == 501 { Meaning::NotCarriedOut } else { Meaning::Broken };
                // A server that has no behaviour for an operation has not carried it out.
                self.maybe_done &= status != 501;
                (self.meaning, self.status) = (meaning, Some(status));
            }
            Error::Unreachable { why, .. } => self.says(Meaning::Unreachable, 0, why.to_owned()),
            Error::AnswerLost { why, .. } => self.says(Meaning::Lost, 0, why.to_owned()),
            Error::Unreadable { status, found, .. } => {
                self.says(Meaning::Unreadable, 0, found.to_string());
                self.status = Some(status);
            }
            other => self.message = other.to_string(),
        }
    }

    fn says(&mut self, meaning: Meaning, code: u32, message: String) {
        (self.meaning, self.code, self.message) = (meaning, Some(code), message);
    }
}

#[cfg(test)]
mod tests {
    use super::{super::operations, *};

    fn of(key: &str, error: Error) -> Refusal {
        Refusal::of(operations().iter().find(|one| one.key == key).unwrap(), error)
    }

    #[test]
    fn a_missing_scope_is_named_with_its_place_in_the_marketplace() {
        let scopes = vec!["meeting:delete:meeting".into(), "meeting:delete:meeting:admin".into()];
        let message = zoom_spec::code::missing_scopes(&["meeting:delete:meeting", "meeting:delete:meeting:admin"]);
        let refusal = of("meetingDelete", Error::MissingScopes { operation: "x", scopes, code: 4711, message });
        assert_eq!((refusal.meaning, refusal.code), (Meaning::Scope, Some(4711)));
        assert_eq!(refusal.scope.as_deref(), Some("meeting:delete:meeting:admin"));
        assert_eq!(refusal.place.unwrap().title, "Delete a meeting");
        assert!(refusal.message.contains("does not contain scopes") && !refusal.maybe_done);
    }

    #[test]
    fn a_501_was_not_carried_out_and_a_lost_answer_may_have_been() {
        let fails = |status| Error::Unavailable { place: zoom_client::Place::Api, operation: "x", status };
        let checked = of("userUpdate", fails(501));
        assert_eq!((checked.meaning, checked.status, checked.maybe_done), (Meaning::NotCarriedOut, Some(501), false));
        assert!(of("userUpdate", fails(500)).maybe_done);
        let lost = Outcome::Refused(Box::new(of("userUpdate", Error::AnswerLost { operation: "x", why: "gone" })));
        assert_eq!(lost.in_short(), "lost, may have been carried out");
    }

    #[test]
    fn no_secret_of_a_message_is_shown() {
        let message = "No: https://zoom.us/j/1?pwd=canary".to_owned();
        let refusal = of("meeting", Error::NotFound { operation: "meeting", code: 3001, message });
        assert_eq!((&*refusal.message, refusal.code), ("No: https://zoom.us/j/1?pwd=(hidden)", Some(3001)));
    }
}
