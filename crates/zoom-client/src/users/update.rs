//! Change a user.

use reqwest::Method;
use secrecy::SecretString;
use serde::Serialize;

use super::{UserKind, Users};
use crate::{Call, Error, UserId, ask::Ask};

pub(super) static CALL: Call = Call::new("userUpdate", Method::PATCH, "/users/{userId}");
pub(super) static EMAIL: Call = Call::new("userEmailUpdate", Method::PUT, "/users/{userId}/email");

body! {
    /// What to change about a user; what is not said stays.
    UserChange {
        /// First name; at most 64 characters.
        first_name: String,
        /// Last name; at most 64 characters.
        last_name: String,
        /// The name shown in meetings; at most 128 characters.
        display_name: String,
        /// The licence.
        #[serde(rename = "type")]
        kind: UserKind,
        /// The user's zone (an IANA name).
        timezone: String,
        /// The user's language, such as `en-US`.
        language: String,
        /// Department.
        dept: String,
        /// Job title; at most 128 characters.
        job_title: String,
        /// Company; at most 255 characters.
        company: String,
        /// Place; at most 256 characters.
        location: String,
        /// The address of the user's manager.
        manager: String,
        /// Pronouns.
        pronouns: String,
        /// A few words about the user; at most 150 characters.
        about_me: String,
        /// The personal meeting number, ten digits.
        pmi: u64,
        /// Instant meetings use that number.
        use_pmi: bool,
        /// The name of the personal link.
        vanity_name: String,
        /// The key with which the user becomes host, 6 to 10 digits.
        #[serde(serialize_with = "crate::secret::write")]
        host_key: SecretString,
    }
}

impl UserChange {
    /// No change yet.
    pub fn none() -> Self {
        Self::default()
    }
}

#[derive(Serialize)]
struct Email<'a> {
    email: &'a str,
}

impl Users {
    /// Changes what `change` says and leaves the rest. Scope `user:update:user`; light. A licence that is not to be
    /// had is [`Error::Forbidden`] or [`Error::Refused`].
    pub async fn update(&self, user: &UserId, change: &UserChange) -> Result<(), Error> {
        Ask::new(&self.0, &CALL, &[user]).body(change).done().await
    }

    /// Changes the address a user signs in with; with a managed domain at once, else when the user confirms it. Scope
    /// `user:update:email`; light. An address in use is [`Error::Conflict`].
    pub async fn set_email(&self, user: &UserId, email: &str) -> Result<(), Error> {
        Ask::new(&self.0, &EMAIL, &[user]).body(&Email { email }).done().await
    }
}
