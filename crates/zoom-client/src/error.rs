//! What can go wrong, in words of what the caller can do about it.

use std::fmt;

use clock::Timestamp;

use crate::limit::Limit;

/// Which of Zoom's servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The one that hands out access tokens.
    OAuth,
    /// The REST API.
    Api,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OAuth => "Zoom's token server",
            Self::Api => "Zoom's API",
        })
    }
}

/// Whether a request that failed was executed at Zoom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Executed {
    /// Surely not: it may be sent again.
    No,
    /// Nobody knows: look before sending it again.
    Maybe,
    /// Surely: only its answer could not be read.
    Yes,
}

impl Executed {
    /// Whether the request was surely not executed.
    pub fn is_no(self) -> bool {
        self == Self::No
    }
}

/// Why Zoom gives no access token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CredentialProblem {
    /// The Client ID or the Client Secret is wrong.
    Client,
    /// The Account ID is wrong, or belongs to another account.
    Account,
    /// The app was deactivated in the Marketplace.
    Disabled,
    /// The credentials belong to an app of another type.
    NotServerToServer,
    /// The API refused a token that had just been issued.
    TokenRefused,
    /// Something else; Zoom's reason says what.
    Other,
}

impl fmt::Display for CredentialProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Client => "the Client ID or the Client Secret is wrong; copy both from the app's page again",
            Self::Account => "the Account ID is wrong, or belongs to another account",
            Self::Disabled => "the app is deactivated; activate it in the Zoom Marketplace",
            Self::NotServerToServer => "the credentials are not those of a Server-to-Server OAuth app",
            Self::TokenRefused => "the API refuses a token that was just issued; is the API address the right one?",
            Self::Other => "the token server refuses",
        })
    }
}

/// A field of the request that Zoom does not accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidField {
    /// The field's path, such as `user_info.email`.
    pub field: String,
    /// Zoom's message.
    pub message: String,
}

/// What an unreadable answer looked like. The answer itself is never kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Empty,
    /// A web page.
    Html,
    /// XML.
    Xml,
    /// JSON that ends too early or is malformed.
    BrokenJson,
    /// JSON, but not what Zoom documents.
    OtherJson,
    /// Something else.
    Other,
    /// A redirect, which is never followed.
    Redirect,
    /// More bytes than any answer has.
    TooLong,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "an empty body",
            Self::Html => "a web page",
            Self::Xml => "XML",
            Self::BrokenJson => "broken JSON",
            Self::OtherJson => "JSON of another shape",
            Self::Other => "something that is not JSON",
            Self::Redirect => "a redirect",
            Self::TooLong => "more than 16 MiB",
        })
    }
}

/// Why a call gave no result.
///
/// `operation` is Zoom's `operationId`. Messages are Zoom's own, shortened and without control characters; an answer's
/// body is never part of an error.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The app lacks scopes; any one of them is enough.
    #[error("{operation}: the Zoom app needs one of these scopes: {}. Add it in the Marketplace.", .scopes.join(", "))]
    MissingScopes {
        /// What was called.
        operation: &'static str,
        /// The scopes that would do.
        scopes: Vec<String>,
        /// Zoom's error code, 4711 or the older 4700.
        code: u32,
        /// Zoom's message.
        message: String,
    },
    /// Zoom gives no access token.
    #[error("Zoom gives no access token: {problem}.{}", Said(.reason))]
    Credentials {
        /// What is wrong.
        problem: CredentialProblem,
        /// Zoom's own words.
        reason: Option<String>,
    },
    /// There is no such user, meeting or webinar (any more).
    #[error("{operation}: not found at Zoom.{}", Said(&Some(.message.clone())))]
    NotFound {
        /// What was called.
        operation: &'static str,
        /// Zoom's error code; 0 where it gave none.
        code: u32,
        /// Zoom's message.
        message: String,
    },
    /// Zoom does not accept what was sent.
    #[error("{operation}: Zoom does not accept the request.{}{}", Said(&Some(.message.clone())), Fields(.fields))]
    Invalid {
        /// What was called.
        operation: &'static str,
        /// Zoom's error code; 0 where it gave none.
        code: u32,
        /// Zoom's message.
        message: String,
        /// The fields at fault, where Zoom names them.
        fields: Vec<InvalidField>,
    },
    /// Plan, licence, role or a setting forbids it.
    #[error("{operation}: Zoom does not allow it.{}", Said(&Some(.reason.clone())))]
    Forbidden {
        /// What was called.
        operation: &'static str,
        /// Zoom's error code; 0 where it gave none.
        code: u32,
        /// Zoom's message.
        reason: String,
    },
    /// It contradicts something that exists, such as an address in use.
    #[error("{operation}: it contradicts something at Zoom.{}", Said(&Some(.message.clone())))]
    Conflict {
        /// What was called.
        operation: &'static str,
        /// Zoom's error code; 0 where it gave none.
        code: u32,
        /// Zoom's message.
        message: String,
    },
    /// Zoom refuses for another reason.
    #[error("{operation}: Zoom refuses ({status}, code {code}).{}", Said(&Some(.message.clone())))]
    Refused {
        /// What was called.
        operation: &'static str,
        /// The HTTP status.
        status: u16,
        /// Zoom's error code.
        code: u32,
        /// Zoom's message.
        message: String,
    },
    /// A limit is used up.
    #[error("{operation}: {limit} is used up; it may be tried again at {retry_after}.")]
    RateLimited {
        /// What was called.
        operation: &'static str,
        /// Which limit.
        limit: Limit,
        /// When to try again: what Zoom said, else what its rules say.
        retry_after: Timestamp,
    },
    /// Nothing was sent: Zoom is left alone for a while, because it failed or refused the credentials before.
    #[error("{operation}: not sent; Zoom is asked again at {until}. {because}")]
    Resting {
        /// What was called.
        operation: &'static str,
        /// When it is asked again.
        until: Timestamp,
        /// The failure that made it so.
        because: Box<Error>,
    },
    /// Zoom failed on its side.
    #[error("{operation}: {place} fails with status {status}.")]
    Unavailable {
        /// Which server.
        place: Place,
        /// What was called.
        operation: &'static str,
        /// The HTTP status.
        status: u16,
    },
    /// Nothing was sent, or no token could be fetched to send it with.
    #[error("{operation}: {place} cannot be reached at {host}: {why}. Nothing was executed.")]
    Unreachable {
        /// Which server.
        place: Place,
        /// What was called.
        operation: &'static str,
        /// The host that was tried.
        host: String,
        /// What happened.
        why: &'static str,
    },
    /// The request was sent, or part of it, and no whole answer came.
    #[error("{operation}: the answer was lost: {why}. It may have been executed.")]
    AnswerLost {
        /// What was called.
        operation: &'static str,
        /// What happened.
        why: &'static str,
    },
    /// An answer came that is not Zoom's.
    #[error("{operation}: {place} answered {status} with {found}{}. Is the address the right one?", At(.field))]
    Unreadable {
        /// Which server.
        place: Place,
        /// What was called.
        operation: &'static str,
        /// The HTTP status.
        status: u16,
        /// What the answer looked like.
        found: Found,
        /// The field that could not be read, where there is one.
        field: Option<String>,
    },
}

impl Error {
    /// Whether the request that was asked for may have been executed at Zoom.
    pub fn executed(&self) -> Executed {
        match self {
            Self::AnswerLost { .. } | Self::Unavailable { place: Place::Api, .. } => Executed::Maybe,
            Self::Unreadable { place: Place::Api, status: 200..=299, .. } => Executed::Yes,
            _ => Executed::No,
        }
    }

    /// Whether trying again later may help without anybody changing anything. Look at [`Error::executed`] first.
    pub fn is_temporary(&self) -> bool {
        matches!(
            self,
            Self::RateLimited { .. }
                | Self::Resting { .. }
                | Self::Unavailable { .. }
                | Self::Unreachable { .. }
                | Self::AnswerLost { .. }
                | Self::Unreadable { .. }
        )
    }
}

struct Said<'a>(&'a Option<String>);

impl fmt::Display for Said<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_deref().filter(|text| !text.is_empty()) {
            Some(text) => write!(f, " Zoom says: {text}"),
            None => Ok(()),
        }
    }
}

struct Fields<'a>(&'a [InvalidField]);

impl fmt::Display for Fields<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|one| write!(f, " {}: {}", one.field, one.message))
    }
}

struct At<'a>(&'a Option<String>);

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(field) => write!(f, " (at {field})"),
            None => Ok(()),
        }
    }
}
