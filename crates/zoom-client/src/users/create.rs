//! Create a user.

use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::{UserKind, Users};
use crate::{Call, Error, send::Request};

pub(super) static CALL: Call = Call::new("userCreate", Method::POST, "/users");

/// How a new user comes to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SignUp {
    /// Zoom mails an invitation.
    Create,
    /// Without a mail; for accounts with a managed domain.
    AutoCreate,
    /// Without a login; for programs that hold meetings on somebody's behalf.
    CustCreate,
    /// By single sign-on.
    SsoCreate,
}

/// A user to be created.
#[derive(Clone, Debug, Serialize)]
pub struct NewUser {
    action: SignUp,
    user_info: Info,
}

#[derive(Clone, Debug, Serialize)]
struct Info {
    email: String,
    #[serde(rename = "type")]
    kind: UserKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    display_name: Option<String>,
}

impl NewUser {
    /// A user with this address and licence.
    pub fn new(action: SignUp, email: impl Into<String>, kind: UserKind) -> Self {
        let (first_name, last_name, display_name) = (None, None, None);
        Self { action, user_info: Info { email: email.into(), kind, first_name, last_name, display_name } }
    }

    /// First name; at most 64 characters.
    #[must_use]
    pub fn first_name(mut self, name: impl Into<String>) -> Self {
        self.user_info.first_name = Some(name.into());
        self
    }

    /// Last name; at most 64 characters.
    #[must_use]
    pub fn last_name(mut self, name: impl Into<String>) -> Self {
        self.user_info.last_name = Some(name.into());
        self
    }

    /// The name shown in meetings; at most 128 characters.
    #[must_use]
    pub fn display_name(mut self, name: impl Into<String>) -> Self {
        self.user_info.display_name = Some(name.into());
        self
    }
}

/// What Zoom answers: less than a whole user.
#[derive(Clone, Debug, Deserialize)]
pub struct CreatedUser {
    /// The new user's id; absent until an invitation is accepted, in some accounts.
    #[serde(default)]
    pub id: String,
    /// The address.
    #[serde(default)]
    pub email: String,
    /// The licence.
    #[serde(rename = "type")]
    pub kind: UserKind,
}

impl Users {
    /// Creates a user. Never sent twice. Scope `user:write:user`; light. An address in use is [`Error::Conflict`].
    pub async fn create(&self, user: &NewUser) -> Result<CreatedUser, Error> {
        self.0.read(Request::new(&CALL, &[]).body(user)?).await
    }
}
