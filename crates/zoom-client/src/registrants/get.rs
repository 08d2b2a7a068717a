//! Get one registrant.

use reqwest::Method;

use super::{Registrant, Registrants};
use crate::{Call, held::Twins};

pub(super) static CALL: Twins = Twins {
    meeting: Call::new("meetingRegistrantGet", Method::GET, "/meetings/{meetingId}/registrants/{registrantId}"),
    webinar: Call::new("webinarRegistrantGet", Method::GET, "/webinars/{webinarId}/registrants/{registrantId}"),
};

impl Registrants {
    /// A registrant by id. Scope `meeting:read:registrant` or `webinar:read:registrant`; light.
    pub fn get(&self, registrant: &str) -> GetRegistrant {
        GetRegistrant(self.0.ask_about(&CALL, &registrant))
    }
}

ask! {
    /// A question for one registrant; await it.
    GetRegistrant => Registrant {
        /// Of this sitting (webinars).
        occurrence: String = "occurrence_id",
    }
}
