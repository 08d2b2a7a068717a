//! List a user's webinars.

use clock::Timestamp;
use reqwest::Method;
use secrecy::SecretString;
use serde::Deserialize;

use super::{WebinarKind, Webinars};
use crate::{Call, Extra, MeetingId, MeetingUuid, UserId, ask::Ask, instant, null, secret};

pub(super) static CALL: Call = Call::new("webinars", Method::GET, "/users/{userId}/webinars");

words! {
    /// Which webinars of a user to list.
    WebinarList {
        /// All that have not expired: past, going on, to come.
        Scheduled = "scheduled",
        /// To come, with those going on.
        Upcoming = "upcoming",
    }
}

impl Webinars {
    /// Every webinar that `host` holds and that has not expired, over all pages. Scope
    /// `webinar:read:list_webinars`; medium.
    pub fn list(&self, host: &UserId) -> ListWebinars {
        ListWebinars(Ask::new(&self.0, &CALL, &[host]))
    }
}

list! {
    /// A list of webinars; await it for all of them.
    ListWebinars of ListedWebinar, "webinars" {
        /// Only some of them.
        which: WebinarList = "type",
    }
}

/// A webinar in a list: less than [`Webinar`](super::Webinar), and its agenda is cut after 250 characters.
#[derive(Clone, Debug, Deserialize)]
pub struct ListedWebinar {
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
    pub kind: WebinarKind,
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
