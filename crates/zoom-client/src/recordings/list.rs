//! List a user's recordings.

use jiff::civil::Date;
use reqwest::Method;

use super::{Recording, Recordings};
use crate::{Call, UserId, ask::Ask};

pub(super) static CALL: Call = Call::new("recordingsList", Method::GET, "/users/{userId}/recordings");

impl Recordings {
    /// A user's recordings of the last month, over all pages. Scope `cloud_recording:read:list_user_recordings`; medium.
    pub fn list(&self, user: &UserId) -> ListRecordings {
        ListRecordings(Ask::new(&self.0, &CALL, &[user]))
    }
}

list! {
    /// A list of recordings; await it for all of them.
    ListRecordings of Recording, "meetings" {
        /// From this day on (UTC); a month at most.
        from: Date = "from",
        /// Up to this day (UTC).
        to: Date = "to",
        /// Those in the trash.
        trash: bool = "trash",
    }
}
