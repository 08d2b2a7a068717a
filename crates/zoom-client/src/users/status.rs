//! Activate or deactivate a user.

use reqwest::Method;

use super::Users;
use crate::{Call, Error, UserId, ask::Ask};

pub(super) static CALL: Call = Call::new("userStatus", Method::PUT, "/users/{userId}/status");

words! {
    /// What becomes of a user.
    StatusAction {
        /// The user can sign in.
        Activate = "activate",
        /// The user can not.
        Deactivate = "deactivate",
    }
}

body! {
    /// What becomes of a user.
    StatusChange(action: StatusAction) {
        /// Zoom Events of a deactivated user are handed over.
        transfer_events: bool,
        /// To whom, by address.
        transfer_email: String,
    }
}

impl Users {
    /// Activates or deactivates a user. Scope `user:update:status`; light.
    pub async fn set_status(&self, user: &UserId, change: &StatusChange) -> Result<(), Error> {
        Ask::new(&self.0, &CALL, &[user]).body(change).done().await
    }
}
