//! What an error of Zoom's means to a job, and the words in which people read it.

use jiff::Timestamp;
use zoom_client::{Error, Executed};

/// What became of a request that brought no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Surely not carried out, and it may work later: not before `after`, where Zoom said so.
    Later { reason: String, after: Option<Timestamp> },
    /// Sent, and nobody knows whether it was carried out.
    Lost { reason: String },
    /// Zoom says no, and will say so again until somebody changes something.
    Refused { reason: String },
    /// Zoom says no because the app lacks a scope.
    MissingScope { reason: String },
    /// What the request was about is not there (any more).
    Gone { reason: String },
}

impl Fault {
    /// The words for people.
    pub(crate) fn reason(&self) -> &str {
        match self {
            Self::Later { reason, .. }
            | Self::Lost { reason }
            | Self::Refused { reason }
            | Self::MissingScope { reason }
            | Self::Gone { reason } => reason,
        }
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        let reason = reason_of(&error);
        match (&error, error.executed()) {
            (_, Executed::Maybe | Executed::Yes) => Self::Lost { reason },
            (Error::MissingScopes { .. }, _) => Self::MissingScope { reason },
            (Error::NotFound { .. }, _) => Self::Gone { reason },
            (Error::RateLimited { retry_after, .. }, _) => Self::Later { reason, after: Some(*retry_after) },
            (Error::Resting { until, .. }, _) => Self::Later { reason, after: Some(*until) },
            // Wrong credentials are put right in the settings, and then everything that waits goes on by itself.
            (Error::Credentials { .. }, _) => Self::Later { reason, after: None },
            _ if error.is_temporary() => Self::Later { reason, after: None },
            _ => Self::Refused { reason },
        }
    }
}

/// What happened and what to do, in words for members of the site. Zoom's own message is quoted where it says which
/// value or licence is at fault; no body and no address with a secret is ever in it.
pub(crate) fn reason_of(error: &Error) -> String {
    let said = said(error);
    // Zoom names the field in one answer and the people in another.
    if said.to_lowercase().replace('_', " ").contains("alternative host") {
        return format!("{said} {ALTERNATIVE_HOSTS}");
    }
    said
}

/// What to do where Zoom does not take an alternative host.
const ALTERNATIVE_HOSTS: &str = "Alternative hosts have to be licensed users of the same Zoom account, and not the \
                                 room's host: edit the room and choose others.";

fn said(error: &Error) -> String {
    match error {
        Error::MissingScopes { scopes, .. } => {
            let scope = scopes.iter().find(|s| s.ends_with(":admin")).or(scopes.first());
            let scope = scope.map_or("a scope", String::as_str);
            format!(
                "The Zoom app lacks the scope {scope}. Add it on the app's page in the Zoom Marketplace; what waits for it \
                 goes on by itself."
            )
        }
        Error::Credentials { problem, .. } => sentence(&format!("Zoom does not take the credentials: {problem}")),
        Error::NotFound { message, .. } => format!("Zoom does not have it: {}", sentence(message)),
        Error::Invalid { message, fields, .. } if fields.is_empty() => {
            format!("Zoom does not accept a value: {}", sentence(message))
        }
        Error::Invalid { fields, .. } => {
            let fields: Vec<_> = fields.iter().map(|f| format!("{}: {}", f.field, sentence(&f.message))).collect();
            format!("Zoom does not accept: {}", fields.join(" "))
        }
        Error::Forbidden { reason, .. } => format!("Zoom does not allow it: {}", sentence(reason)),
        Error::Conflict { message, .. } | Error::Refused { message, .. } => {
            format!("Zoom says no: {}", sentence(message))
        }
        Error::RateLimited { limit, retry_after, .. } => {
            format!("{limit} is used up until {}.", retry_after.strftime("%Y-%m-%d %H:%M:%S UTC"))
        }
        Error::Resting { because, until, .. } => {
            format!("{} Zoom is asked again at {}.", said(because), until.strftime("%H:%M:%S UTC"))
        }
        Error::Unavailable { status, .. } => format!("Zoom fails on its side (status {status})."),
        Error::Unreachable { why, .. } => format!("Zoom cannot be reached: {why}."),
        Error::AnswerLost { why, .. } => format!("Zoom's answer was lost: {why}."),
        Error::Unreadable { found, .. } => {
            format!("What answered is not Zoom: {found}. Check the configured addresses.")
        }
        other => sentence(&other.to_string()),
    }
}

/// Text with one full stop at its end.
fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CREATE: &str = "meetingCreate";

    #[test]
    fn a_lost_answer_is_never_taken_for_a_failure() {
        let lost = Error::AnswerLost { operation: CREATE, why: "the connection was cut" };
        assert!(matches!(Fault::from(lost), Fault::Lost { .. }));
        let five_hundred = Error::Unavailable { place: zoom_client::Place::Api, operation: CREATE, status: 500 };
        assert!(matches!(Fault::from(five_hundred), Fault::Lost { .. }));
    }

    #[test]
    fn a_limit_that_is_used_up_says_until_when_and_promises_nothing() {
        let retry_after = "2026-11-28T00:00:00Z".parse().unwrap();
        let limit = zoom_client::Limit::HostDaily;
        let fault = Fault::from(Error::RateLimited { operation: CREATE, limit, retry_after });
        assert!(fault.reason().ends_with("is used up until 2026-11-28 00:00:00 UTC."), "{fault:?}");
        assert!(matches!(fault, Fault::Later { after: Some(after), .. } if after == retry_after));
    }

    #[test]
    fn people_read_which_scope_to_add() {
        let scopes = vec!["meeting:write:meeting".into(), "meeting:write:meeting:admin".into()];
        let fault = Fault::from(Error::MissingScopes { operation: CREATE, scopes, code: 4711, message: String::new() });
        assert!(matches!(&fault, Fault::MissingScope { reason } if reason.contains("meeting:write:meeting:admin.")));
    }

    #[test]
    fn people_read_what_to_do_about_an_alternative_host_whichever_way_zoom_says_it() {
        let field =
            zoom_client::InvalidField { field: "settings.alternative_hosts".into(), message: "Invalid field.".into() };
        let message = "Validation Failed.".into();
        let named = Error::Invalid { operation: CREATE, code: 300, message, fields: vec![field] };
        let told = Error::Refused {
            operation: CREATE,
            status: 400,
            code: 3000,
            message: "Jun cannot be an Alternative Host".into(),
        };
        for error in [named, told] {
            let fault = Fault::from(error);
            assert!(fault.reason().ends_with("edit the room and choose others."), "{fault:?}");
            assert!(matches!(fault, Fault::Refused { .. }));
        }
    }

    #[test]
    fn a_missing_webinar_plan_is_quoted_and_not_retried() {
        let reason = "Webinar plan is missing. You must subscribe".into();
        let fault = Fault::from(Error::Forbidden { operation: "webinarCreate", code: 200, reason });
        assert_eq!(fault.reason(), "Zoom does not allow it: Webinar plan is missing. You must subscribe.");
        assert!(matches!(fault, Fault::Refused { .. }));
    }
}
