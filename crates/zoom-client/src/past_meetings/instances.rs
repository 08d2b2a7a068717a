//! List the sittings of a meeting or webinar that are over.

use clock::Timestamp;
use jiff::civil::Date;
use reqwest::Method;

use super::{PastMeetings, PastWebinars};
use crate::{Call, Error, MeetingId, MeetingUuid, ask::Ask};

pub(super) static CALL: Call = Call::new("pastMeetings", Method::GET, "/past_meetings/{meetingId}/instances");
pub(super) static WEBINAR: Call = Call::new("pastWebinars", Method::GET, "/past_webinars/{webinarId}/instances");

answer! {
    /// A sitting that is over.
    PastInstance {
        /// Its identifier.
        uuid: Option<MeetingUuid>,
        /// When it began.
        start_time: Option<Timestamp>,
    }
}

impl PastMeetings {
    /// The sittings of a meeting that are over. Scope `meeting:read:list_past_instances`; medium.
    pub fn instances(&self, meeting: MeetingId) -> ListInstances {
        ListInstances(Ask::new(&self.0, &CALL, &[&meeting]))
    }
}

impl PastWebinars {
    /// The sittings of a webinar that are over. Scope `webinar:read:list_past_instances`; light.
    pub async fn instances(&self, webinar: MeetingId) -> Result<Vec<PastInstance>, Error> {
        self.0.whole(Ask::new(&self.0, &WEBINAR, &[&webinar]), "webinars").await
    }
}

/// A list of sittings; await it.
#[derive(Clone, Debug)]
#[must_use = "a call is sent when it is awaited"]
pub struct ListInstances(Ask);

impl ListInstances {
    /// Only those from this day on (UTC).
    pub fn from(self, day: Date) -> Self {
        Self(self.0.set("from", &day))
    }

    /// Only those up to this day (UTC).
    pub fn to(self, day: Date) -> Self {
        Self(self.0.set("to", &day))
    }

    async fn send(self) -> Result<Vec<PastInstance>, Error> {
        self.0.client.clone().whole(self.0, "meetings").await
    }
}

awaitable!(ListInstances => Vec<PastInstance>);
