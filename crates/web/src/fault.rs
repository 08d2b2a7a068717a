//! Everything that can go wrong on the way in or out, and the one place where that becomes a status and a sentence.

use std::{any::Any, sync::Arc};

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use fluent_templates::fluent_bundle::FluentValue;
use http::{HeaderValue, StatusCode, header};
use model::{DoorClosed, Invalid};
use service::Error;

use crate::language::{say, say_with};

/// Why a request gets an error for an answer. `finish` shows it in the form its surface speaks.
#[derive(Debug)]
pub(crate) enum Fault {
    /// A use case said no.
    Service(Error),
    /// No such address.
    NotFound,
    /// The address is there, but not for this method.
    WrongMethod,
    /// The demo was asked by a name that is not this computer's.
    WrongHost,
    /// Another site sent this form.
    CrossSite,
    /// The body is larger than the address takes.
    TooLarge,
    /// The body is not what the address takes.
    NotAForm,
    /// A JSON body that cannot be read, with where and why.
    Unreadable(String),
    /// A form of answer was asked for that there is not.
    UnknownFormat,
    /// The session is over, and a form was on its way.
    SignedOut,
    /// A program came without a good token.
    NoToken,
    /// A template could not be rendered.
    Template(String),
    /// A handler panicked.
    Panicked(String),
    /// A layer answered with a bare status.
    Status(StatusCode),
}

/// A fault on its way out, for `finish`.
#[derive(Clone)]
pub(crate) struct Note(pub(crate) Arc<Fault>);

/// How a fault is said to people.
pub(crate) struct Said {
    pub(crate) status: StatusCode,
    /// A word that programs can match, also the tail of the problem document's type.
    pub(crate) kind: &'static str,
    pub(crate) title: String,
    pub(crate) detail: String,
}

impl Fault {
    /// A template that failed.
    #[expect(clippy::needless_pass_by_value, reason = "it is what map_err hands over")]
    pub(crate) fn template(error: minijinja::Error) -> Self {
        // Not the alternate form: it prints what the page was filled with.
        Self::Template(error.to_string())
    }

    /// What a handler panicked with.
    pub(crate) fn from_panic(panic: &(dyn Any + Send)) -> Self {
        let text = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
        Self::Panicked(text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default())
    }

    /// The bare response that `finish` dresses.
    pub(crate) fn into_answer(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.status();
        if let Self::Service(Error::TooMany { retry_after }) = &self {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*retry_after));
        }
        if matches!(self, Self::NoToken) {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(Note(Arc::new(self)));
        response
    }

    /// The wrong fields, where fields are what is wrong.
    pub(crate) fn wrong_fields(&self) -> &[Invalid] {
        match self {
            Self::Service(Error::Invalid(wrong)) => wrong,
            _ => &[],
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Service(error) => status_of(error),
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::WrongHost => StatusCode::MISDIRECTED_REQUEST,
            Self::CrossSite => StatusCode::FORBIDDEN,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NotAForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::UnknownFormat => StatusCode::NOT_IMPLEMENTED,
            Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::SignedOut | Self::NoToken => StatusCode::UNAUTHORIZED,
            Self::Template(_) | Self::Panicked(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Status(status) => *status,
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Service(error) => kind_of(error),
            Self::NotFound => "not-found",
            Self::WrongMethod => "wrong-method",
            Self::WrongHost => "wrong-host",
            Self::CrossSite => "cross-site",
            Self::TooLarge | Self::Status(StatusCode::PAYLOAD_TOO_LARGE) => "too-large",
            Self::NotAForm | Self::Status(StatusCode::UNSUPPORTED_MEDIA_TYPE) => "not-a-form",
            Self::UnknownFormat => "unknown-format",
            Self::SignedOut => "signed-out",
            Self::NoToken => "no-token",
            Self::Template(_) | Self::Panicked(_) => "internal",
            Self::Status(StatusCode::SERVICE_UNAVAILABLE) => "timed-out",
            Self::Status(status) if status.is_server_error() => "internal",
            Self::Unreadable(_) | Self::Status(_) => "unreadable",
        }
    }

    /// Status and sentences for people and programs. Nothing of an internal failure is in them.
    pub(crate) fn said(&self) -> Said {
        let kind = self.kind();
        let detail = match self {
            Self::Service(Error::Refused { reason } | Error::Unavailable { reason }) => reason.clone(),
            Self::Service(Error::NoBrowserJoin(why)) => say(why.key()),
            Self::Service(Error::Invalid(wrong)) => {
                wrong.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
            }
            Self::Unreadable(what) => what.clone(),
            _ => say_with(&format!("error-{kind}-text"), &self.words()),
        };
        Said { status: self.status(), kind, title: say(&format!("error-{kind}-title")), detail }
    }

    fn words(&self) -> Vec<(&'static str, FluentValue<'_>)> {
        match self {
            Self::Service(Error::TooMany { retry_after }) => vec![("seconds", (*retry_after).into())],
            Self::Service(Error::NotConfirmed { host }) => vec![("host", host.as_str().into())],
            _ => Vec::new(),
        }
    }

    /// Writes to the log what an operator should know; visitors' mistakes are not among it.
    pub(crate) fn log(&self) {
        match self {
            Self::Service(Error::Internal(what)) => tracing::error!(what, "a use case failed"),
            Self::Template(what) => tracing::error!(what, "a template could not be rendered"),
            Self::Panicked(what) => tracing::error!(what, "a handler panicked"),
            Self::Service(Error::Unavailable { reason }) => tracing::warn!(reason, "something needed does not answer"),
            Self::Status(StatusCode::SERVICE_UNAVAILABLE) => tracing::warn!("a request took too long"),
            other => tracing::debug!(kind = other.kind(), "answered with an error"),
        }
    }
}

fn status_of(error: &Error) -> StatusCode {
    match error {
        Error::Invalid(_) | Error::Refused { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        Error::NotFound => StatusCode::NOT_FOUND,
        Error::Forbidden { .. } | Error::NotYourHost | Error::Closed(_) => StatusCode::FORBIDDEN,
        Error::NotConfirmed { .. } | Error::Conflict { .. } => StatusCode::CONFLICT,
        Error::WrongPassword => StatusCode::UNAUTHORIZED,
        Error::Spent => StatusCode::GONE,
        Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        Error::NoBrowserJoin(_) | Error::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
        Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn kind_of(error: &Error) -> &'static str {
    match error {
        Error::Invalid(_) => "invalid",
        Error::NotFound => "not-found",
        Error::Forbidden { .. } => "forbidden",
        Error::NotYourHost => "not-your-host",
        Error::NotConfirmed { .. } => "not-confirmed",
        Error::WrongPassword => "wrong-password",
        Error::Spent => "spent",
        Error::Closed(closed) => closed_kind(*closed),
        Error::NoBrowserJoin(_) => "no-browser-join",
        Error::Conflict { .. } => "conflict",
        Error::Refused { .. } => "refused",
        Error::TooMany { .. } => "too-many",
        Error::Unavailable { .. } => "unavailable",
        Error::Internal(_) => "internal",
    }
}

/// The word for a closed door.
pub(crate) fn closed_kind(closed: DoorClosed) -> &'static str {
    match closed {
        DoorClosed::Unpublished => "closed-unpublished",
        DoorClosed::TooEarly { .. } => "closed-early",
        DoorClosed::Ended => "closed-ended",
        DoorClosed::NotAtZoom => "closed-not-at-zoom",
        DoorClosed::Disconnected => "closed-disconnected",
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Service(error)
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        self.into_answer()
    }
}

#[cfg(test)]
mod tests {
    use model::Right;
    use service::NoBrowserJoin;

    use super::*;

    #[test]
    fn every_fault_has_words_and_an_internal_one_tells_nothing() {
        let faults = [
            Fault::NotFound,
            Fault::WrongMethod,
            Fault::WrongHost,
            Fault::CrossSite,
            Fault::TooLarge,
            Fault::NotAForm,
            Fault::Unreadable("line 1".into()),
            Fault::UnknownFormat,
            Fault::SignedOut,
            Fault::NoToken,
            Fault::Status(StatusCode::SERVICE_UNAVAILABLE),
            Fault::Template("SECRET".into()),
            Fault::Panicked("SECRET".into()),
            Fault::Status(StatusCode::BAD_REQUEST),
            Error::Invalid(vec![model::Problem::Missing.at("title")]).into(),
            Error::NotFound.into(),
            Error::Forbidden { right: Right::ManageTeam }.into(),
            Error::NotYourHost.into(),
            Error::NotConfirmed { host: "Ada".into() }.into(),
            Error::WrongPassword.into(),
            Error::Spent.into(),
            Error::Closed(DoorClosed::Ended).into(),
            Error::Closed(DoorClosed::NotAtZoom).into(),
            Error::Closed(DoorClosed::Disconnected).into(),
            Error::Closed(DoorClosed::Unpublished).into(),
            Error::Closed(DoorClosed::TooEarly { opens_at: jiff::Timestamp::UNIX_EPOCH }).into(),
            Error::NoBrowserJoin(NoBrowserJoin::InsecureAddress).into(),
            Error::NoBrowserJoin(NoBrowserJoin::NoSdkCredentials).into(),
            Error::Conflict { version: 3 }.into(),
            Error::Refused { reason: "no licence".into() }.into(),
            Error::TooMany { retry_after: 9 }.into(),
            Error::Unavailable { reason: "Zoom sleeps".into() }.into(),
            Error::Internal("SECRET".into()).into(),
        ];
        for fault in faults {
            let said = fault.said();
            assert!(!said.title.starts_with("error-"), "{} has no title", said.kind);
            assert!(!said.detail.starts_with("error-") && !said.detail.is_empty(), "{} has no text", said.kind);
            assert!(!said.detail.contains("SECRET"));
        }
    }
}
