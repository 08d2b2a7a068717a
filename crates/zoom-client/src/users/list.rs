//! List the account's users.

use reqwest::Method;

use super::{User, Users};
use crate::{Call, ask::Ask};

pub(super) static CALL: Call = Call::new("users", Method::GET, "/users");

words! {
    /// Whether a user can sign in.
    UserStatus {
        /// Those who can sign in.
        Active = "active",
        /// Those who were deactivated.
        Inactive = "inactive",
        /// Those who have not accepted their invitation.
        Pending = "pending",
    }
}

impl Users {
    /// Every active user, over all pages. Scope `user:read:list_users`; medium.
    pub fn list(&self) -> ListUsers {
        ListUsers(Ask::new(&self.0, &CALL, &[]))
    }
}

list! {
    /// A list of users; await it for all of them.
    ListUsers of User, "users" {
        /// Others than the active ones.
        status: UserStatus = "status",
        /// Only those with this role.
        role: String = "role_id",
    }
}
