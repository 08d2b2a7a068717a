//! Delete a user, or send one out of the account.

use reqwest::Method;

use super::Users;
use crate::{Call, UserId, ask::Ask};

pub(super) static CALL: Call = Call::new("userDelete", Method::DELETE, "/users/{userId}");

impl Users {
    /// Sends a user out of the account, who keeps a free account of their own; [`DeleteUser::for_good`] deletes the
    /// user. Scope `user:delete:user`; light. The owner cannot be deleted ([`Error::Forbidden`](crate::Error::Forbidden)
    /// or [`Error::Refused`](crate::Error::Refused)).
    pub fn delete(&self, user: &UserId) -> DeleteUser {
        DeleteUser(Ask::new(&self.0, &CALL, &[user]))
    }
}

ask! {
    /// A deletion; await it. What is not handed over is lost.
    DeleteUser => () {
        /// The address of the user who is given what is handed over.
        transfer_to: String = "transfer_email",
        /// Meetings are handed over.
        transfer_meetings: bool = "transfer_meeting",
        /// Webinars are handed over.
        transfer_webinars: bool = "transfer_webinar",
        /// Recordings are handed over.
        transfer_recordings: bool = "transfer_recording",
        /// Zoom Events are handed over; so it is if not said.
        transfer_events: bool = "transfer_events",
    }
}

impl DeleteUser {
    /// The user is deleted, not only sent out.
    pub fn for_good(self) -> Self {
        Self(self.0.set("action", "delete"))
    }
}
