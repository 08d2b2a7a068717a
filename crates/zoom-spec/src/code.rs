//! The general error codes of the REST API and the OAuth server, with Zoom's messages.
//!
//! `{…}` in a message is a placeholder; [`Code::message_for`] fills it. Refusals of single operations are in
//! [`Operation::errors`](crate::Operation::errors).

/// A general refusal of the REST API: `{"code":…,"message":"…"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// The `code` of the body.
    pub code: u32,
    /// The HTTP status it comes with.
    pub status: u16,
    /// The `message` of the body.
    pub message: &'static str,
}

impl Code {
    /// The message with its one placeholder replaced by `value`.
    pub fn message_for(&self, value: &str) -> String {
        let parts = self.message.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?.1)));
        parts.map_or_else(|| self.message.to_owned(), |(before, after)| [before, value, after].concat())
    }
}

const fn code(code: u32, status: u16, message: &'static str) -> Code {
    Code { code, status, message }
}

/// The access token is unknown, or not one at all.
pub const TOKEN_INVALID: Code = code(124, 401, "Invalid access token.");
/// The access token has run out.
pub const TOKEN_EXPIRED: Code = code(124, 401, "Access token is expired.");
/// No access token was sent in the `Authorization` header.
pub const TOKEN_MISSING: Code = code(124, 401, "Requires an access token.");
/// The token lacks every scope that would do; the placeholder is the list of all of them, see [`missing_scopes`].
pub const SCOPE_MISSING: Code = code(4711, 400, "Invalid access token, does not contain scopes:[{scopes}].");
/// The older form of [`SCOPE_MISSING`].
pub const SCOPE_MISSING_OLD: Code = code(4700, 400, "Invalid access token, does not contain scopes.");
/// The plan, the role or a setting forbids it.
pub const NO_PERMISSION: Code = code(200, 400, "No permission.");
/// The account has no paid plan.
pub const PAID_ONLY: Code = code(200, 400, "Only available for paid account: {accountId}.");
/// The host has no webinar licence.
pub const WEBINAR_PLAN_MISSING: Code = code(
    200,
    400,
    "Webinar plan is missing. You must subscribe to the webinar plan and enable webinars for this user in order to \
     perform this action.",
);
/// Fields of the request are wrong; the body's `errors` names them.
pub const VALIDATION_FAILED: Code = code(300, 400, "Validation Failed.");
/// The body is not a JSON object.
pub const NOT_JSON: Code = code(300, 400, "Request Body should be a valid JSON object.");
/// The meeting id is not one.
pub const MEETING_ID_INVALID: Code = code(300, 400, "Invalid meeting ID.");
/// The webinar id is not one.
pub const WEBINAR_ID_INVALID: Code = code(300, 400, "Invalid webinar ID.");
/// The `next_page_token` is older than 15 minutes, or belongs to another query.
pub const PAGE_TOKEN_EXPIRED: Code = code(300, 400, "The next page token is invalid or expired.");
/// No such user in the account.
pub const USER_NOT_FOUND: Code = code(1001, 404, "User does not exist: {userId}.");
/// The e-mail address belongs to a user already.
pub const EMAIL_USED: Code = code(1005, 409, "Email \"{email}\" has already been used.");
/// The e-mail address belongs to another active account.
pub const EMAIL_ACTIVE: Code = code(1009, 400, "The user {email} already holds an active account.");
/// The user is in another account.
pub const USER_ELSEWHERE: Code = code(1010, 400, "User does not belong to this account: {accountId}.");
/// No such account.
pub const ACCOUNT_NOT_FOUND: Code = code(2001, 404, "Account does not exist: {accountId}.");
/// The path or method is none of Zoom's.
pub const UNKNOWN_ENDPOINT: Code = code(2300, 400, "This API endpoint is not recognized.");
/// A webinar's id was used where a meeting's belongs.
pub const IS_WEBINAR: Code = code(3000, 400, "Cannot access webinar information.");
/// No such meeting: never was, deleted, or expired.
pub const MEETING_NOT_FOUND: Code = code(3001, 404, "Meeting does not exist: {meetingId}.");
/// No such webinar: never was, deleted, or expired.
pub const WEBINAR_NOT_FOUND: Code = code(3001, 404, "Webinar does not exist: {webinarId}.");
/// A personal meeting id cannot be deleted.
pub const PMI_DELETE: Code = code(3018, 400, "Not allowed to delete PMI.");
/// The user may not host.
pub const MAY_NOT_HOST: Code =
    code(3161, 400, "Meeting hosting and scheduling capabilities are not allowed for your user account.");
/// The per-second limit; older documents give 429 as its code, so go by the status.
pub const TOO_FAST: Code =
    code(4001, 429, "You have reached the maximum per-second rate limit for this API. Try again later.");
/// The daily limit of the account; `Retry-After` says until when.
pub const DAILY_LIMIT: Code = code(
    429,
    429,
    "You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you \
     can make another request.",
);
/// The host's 100 creations and updates of the UTC day are used up.
pub const HUNDRED_A_DAY: Code = code(
    429,
    429,
    "You have exceeded the daily rate limit (100) of Meeting Create/Update API requests permitted for this particular \
     user. You may resume these requests at GMT 00:00:00.",
);

/// The message of [`SCOPE_MISSING`] for an operation that any of `accepted` would allow.
pub fn missing_scopes(accepted: &[&str]) -> String {
    SCOPE_MISSING.message_for(&accepted.join(", "))
}

/// A refusal of the OAuth server: `{"reason":"…","error":"…"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OAuthError {
    /// The HTTP status.
    pub status: u16,
    /// The `reason` of the body.
    pub reason: &'static str,
    /// The `error` of the body.
    pub error: &'static str,
}

/// Unknown client id, or a wrong secret (400; 401 has been seen).
pub const BAD_CLIENT: OAuthError =
    OAuthError { status: 400, reason: "Invalid client_id or client_secret", error: "invalid_client" };
/// A wrong or foreign `account_id`.
pub const BAD_ACCOUNT: OAuthError = OAuthError { status: 400, reason: "Bad Request", error: "invalid_request" };
/// The app was deactivated.
pub const APP_DISABLED: OAuthError =
    OAuthError { status: 404, reason: "The application is disabled", error: "invalid_client" };
/// Not a Server-to-Server app, or no such grant.
pub const BAD_GRANT_TYPE: OAuthError =
    OAuthError { status: 400, reason: "unsupported grant type", error: "unsupported_grant_type" };
