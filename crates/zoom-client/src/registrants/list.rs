//! List registrants, and those who did not come.

use reqwest::Method;

use super::{Registrant, RegistrantStatus, Registrants};
use crate::{Call, MeetingKey, ask::Ask, held::Twins, webinars::Webinars};

pub(super) static CALL: Twins = Twins {
    meeting: Call::new("meetingRegistrants", Method::GET, "/meetings/{meetingId}/registrants"),
    webinar: Call::new("webinarRegistrants", Method::GET, "/webinars/{webinarId}/registrants"),
};
pub(super) static ABSENTEES: Call = Call::new("webinarAbsentees", Method::GET, "/past_webinars/{webinarId}/absentees");

impl Registrants {
    /// Every approved registrant, over all pages. Scope `meeting:read:list_registrants` or
    /// `webinar:read:list_registrants`; medium.
    pub fn list(&self) -> ListRegistrants {
        ListRegistrants(self.0.ask(&CALL))
    }
}

impl Webinars {
    /// Those who were registered for a webinar that is over and did not come. Scope `webinar:read:list_absentees`; heavy.
    pub fn absentees(&self, webinar: impl Into<MeetingKey>) -> ListAbsentees {
        ListAbsentees(Ask::new(&self.0, &ABSENTEES, &[&webinar.into()]))
    }
}

list! {
    /// A list of registrants; await it for all of them.
    ListRegistrants of Registrant, "registrants" {
        /// Others than the approved ones.
        status: RegistrantStatus = "status",
        /// Of this sitting only.
        occurrence: String = "occurrence_id",
        /// Only those who came from this tracking source (webinars).
        source: String = "tracking_source_id",
    }
}

list! {
    /// A list of those who did not come; await it for all of them.
    ListAbsentees of Registrant {
        /// Of this sitting only.
        occurrence: String = "occurrence_id",
    }
}
