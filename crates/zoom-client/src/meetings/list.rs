//! List a user's meetings.

use clock::Timestamp;
use reqwest::Method;
use secrecy::SecretString;
use serde::Deserialize;

use super::{MeetingKind, Meetings};
use crate::{Call, Extra, MeetingId, MeetingUuid, UserId, ask::Ask, instant, null, secret};

pub(super) static CALL: Call = Call::new("meetings", Method::GET, "/users/{userId}/meetings");

words! {
    /// Which meetings of a user to list.
    MeetingList {
        /// All that have not expired: past, going on, to come.
        Scheduled = "scheduled",
        /// Going on.
        Live = "live",
        /// To come, with those going on.
        Upcoming = "upcoming",
        /// To come, each sitting of its own.
        UpcomingMeetings = "upcoming_meetings",
        /// Past.
        Previous = "previous_meetings",
    }
}

impl Meetings {
    /// Every meeting that `host` holds and that has not expired, over all pages. Scope
    /// `meeting:read:list_meetings`; medium.
    pub fn list(&self, host: &UserId) -> ListMeetings {
        ListMeetings(Ask::new(&self.0, &CALL, &[host]))
    }
}

list! {
    /// A list of meetings; await it for all of them.
    ListMeetings of ListedMeeting, "meetings" {
        /// Only some of them.
        which: MeetingList = "type",
    }
}

/// A meeting in a list: less than [`Meeting`](super::Meeting), and its agenda is cut after 250 characters.
#[derive(Clone, Debug, Deserialize)]
pub struct ListedMeeting {
    /// The number.
    pub id: MeetingId,
    /// The identifier of the sitting to come.
    #[serde(default, deserialize_with = "null::lenient")]
    pub uuid: Option<MeetingUuid>,
    /// The id of the user who holds it.
    #[serde(default)]
    pub host_id: Option<String>,
    /// What it is about.
    #[serde(default, deserialize_with = "null::default")]
    pub topic: String,
    /// Once, or how it recurs.
    #[serde(rename = "type")]
    pub kind: MeetingKind,
    /// When it starts; absent where it has no fixed time.
    #[serde(default, deserialize_with = "instant::lenient")]
    pub start_time: Option<Timestamp>,
    /// How long it is planned to last, in minutes.
    #[serde(default)]
    pub duration: Option<u32>,
    /// The zone it is shown in.
    #[serde(default)]
    pub timezone: Option<String>,
    /// The first 250 characters of the description.
    #[serde(default)]
    pub agenda: Option<String>,
    /// When it was created.
    #[serde(default, deserialize_with = "instant::lenient")]
    pub created_at: Option<Timestamp>,
    /// The address visitors join by; it may carry the passcode.
    #[serde(default, deserialize_with = "secret::read")]
    pub join_url: Option<SecretString>,
    /// What Zoom sent besides.
    #[serde(flatten)]
    pub extra: Extra,
}
