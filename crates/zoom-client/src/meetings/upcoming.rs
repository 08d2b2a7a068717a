//! List what a user is about to hold or attend.

use clock::Timestamp;
use reqwest::Method;
use secrecy::SecretString;

use super::{MeetingKind, Meetings};
use crate::{Call, Error, MeetingId, UserId, ask::Ask};

pub(super) static CALL: Call = Call::new("listUpcomingMeeting", Method::GET, "/users/{userId}/upcoming_meetings");

members!(MeetingKind);

answer! {
    /// A meeting of the next 24 hours.
    UpcomingMeeting {
        /// The number.
        id: Option<MeetingId>,
        /// What it is about.
        topic: String,
        /// Once, or how it recurs.
        #[serde(rename = "type")]
        kind: Option<MeetingKind>,
        /// When it starts.
        start_time: Option<Timestamp>,
        /// How long it is planned to last, in minutes.
        duration: Option<u32>,
        /// The zone it is shown in.
        timezone: Option<String>,
        /// The address visitors join by.
        join_url: Option<SecretString>,
        /// The passcode.
        passcode: Option<SecretString>,
        /// Whether the user holds it.
        is_host: bool,
    }
}

impl Meetings {
    /// The meetings of the next 24 hours. Scope `meeting:read:list_upcoming_meetings`; medium.
    pub async fn upcoming(&self, user: &UserId) -> Result<Vec<UpcomingMeeting>, Error> {
        self.0.whole(Ask::new(&self.0, &CALL, &[user]), "meetings").await
    }
}
