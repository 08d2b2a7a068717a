//! Get one user.

use reqwest::Method;

use super::{User, Users};
use crate::{Call, Error, UserId, ZoomClient, send::Request};

pub(super) static CALL: Call = Call::new("user", Method::GET, "/users/{userId}");

impl Users {
    /// A user by id or address, or the token's own. Scope `user:read:user`; light. Somebody unknown to the account is
    /// [`Error::NotFound`].
    pub fn get(&self, user: &UserId) -> GetUser {
        GetUser { client: self.0.clone(), user: user.clone() }
    }
}

/// A question for one user; await it.
#[derive(Clone, Debug)]
#[must_use]
pub struct GetUser {
    client: ZoomClient,
    user: UserId,
}

impl GetUser {
    async fn send(self) -> Result<User, Error> {
        self.client.read(Request::new(&CALL, &[self.user.path_segment()])).await
    }
}

awaitable!(GetUser => User);
