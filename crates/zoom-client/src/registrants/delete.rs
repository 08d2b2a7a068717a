//! Delete a registrant.

use reqwest::Method;

use super::Registrants;
use crate::{Call, held::Twins};

pub(super) static CALL: Twins = Twins {
    meeting: Call::new("meetingregistrantdelete", Method::DELETE, "/meetings/{meetingId}/registrants/{registrantId}"),
    webinar: Call::new("deleteWebinarRegistrant", Method::DELETE, "/webinars/{webinarId}/registrants/{registrantId}"),
};

impl Registrants {
    /// Deletes a registrant, whose way in closes. Scope `meeting:delete:registrant` or `webinar:delete:registrant`;
    /// light.
    pub fn delete(&self, registrant: &str) -> DeleteRegistrant {
        DeleteRegistrant(self.0.ask_about(&CALL, &registrant))
    }
}

ask! {
    /// A deletion; await it.
    DeleteRegistrant => () {
        /// Only from this sitting.
        occurrence: String = "occurrence_id",
    }
}
