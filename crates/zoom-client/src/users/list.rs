//! List the account's users.

use reqwest::Method;

use super::{User, Users};
use crate::{
    Call, Error, ZoomClient,
    page::{self, Listed, PAGE_SIZE},
    send::Request,
};

pub(super) static CALL: Call = Call::new("users", Method::GET, "/users");

/// Which users to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UserStatus {
    /// Those who can sign in.
    #[default]
    Active,
    /// Those who were deactivated.
    Inactive,
    /// Those who have not accepted their invitation.
    Pending,
}

impl Users {
    /// Every active user, over all pages.
    pub fn list(&self) -> ListUsers {
        ListUsers { client: self.0.clone(), status: None }
    }
}

/// A list of users; await it.
#[derive(Clone, Debug)]
#[must_use]
pub struct ListUsers {
    client: ZoomClient,
    status: Option<UserStatus>,
}

impl ListUsers {
    /// Others than the active ones.
    pub fn status(mut self, status: UserStatus) -> Self {
        self.status = Some(status);
        self
    }

    async fn send(self) -> Result<Vec<User>, Error> {
        let status = self.status.map(|status| match status {
            UserStatus::Active => "active",
            UserStatus::Inactive => "inactive",
            UserStatus::Pending => "pending",
        });
        let request = Request::new(&CALL, &[]).maybe("status", status).query("page_size", PAGE_SIZE);
        page::all(&self.client, request).await
    }
}

awaitable!(ListUsers => Vec<User>);

impl Listed for User {
    const NAME: &'static str = "users";
}
