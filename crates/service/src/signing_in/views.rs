//! What signing in hands out and takes.

use jiff::Timestamp;
use model::{Email, MemberId};
use secrecy::SecretString;

/// A new session: the cookie's value, and how long it lasts unless it is used.
#[derive(Clone, Debug)]
pub struct SessionToken {
    /// The cookie's value.
    pub token: SecretString,
    /// When the session ends if it is not used before.
    pub expires_at: Timestamp,
}

/// What a one-time link is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkPurpose {
    /// Making the first owner of an empty site (`/setup/{token}`).
    Setup,
    /// Choosing a new password (`/password/{token}`).
    Password {
        /// Whose.
        email: Email,
    },
}

/// An API token in a list; the token itself is shown once, when it is made.
#[derive(Clone, Debug)]
pub struct ApiTokenView {
    /// Its id.
    pub id: String,
    /// What it was made for.
    pub name: String,
    /// Whose it is.
    pub member: MemberId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used, to about a minute.
    pub last_used_at: Option<Timestamp>,
}
