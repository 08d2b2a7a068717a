//! Register up to thirty at once.

use reqwest::Method;
use secrecy::SecretString;

use super::Registrants;
use crate::{Call, Error, held::Twins};

pub(super) static CALL: Twins = Twins {
    meeting: Call::new("addBatchRegistrants", Method::POST, "/meetings/{meetingId}/batch_registrants"),
    webinar: Call::new("addBatchWebinarRegistrants", Method::POST, "/webinars/{webinarId}/batch_registrants"),
};

body! {
    /// One of those to be registered at once.
    BatchRegistrant(email: String, first_name: String) {
        /// Last name.
        last_name: String,
    }
}

body! {
    /// Those to be registered at once, at most thirty.
    BatchRegistration(registrants: Vec<BatchRegistrant>) {
        /// Approved without the host.
        auto_approve: bool,
        /// Zoom mails those who were registered (meetings).
        registrants_confirmation_email: bool,
    }
}

answer! {
    /// One who was registered.
    BatchRegistered {
        /// The id that addresses the registrant in calls.
        registrant_id: String,
        /// The address.
        email: String,
        /// The registrant's own way in.
        join_url: Option<SecretString>,
    }
}

impl Registrants {
    /// Registers several. Zoom says who was. Scope `meeting:write:batch_registrants` or
    /// `webinar:write:batch_registrants`; heavy.
    pub async fn create_batch(&self, batch: &BatchRegistration) -> Result<Vec<BatchRegistered>, Error> {
        self.0.client().whole(self.0.ask(&CALL).body(batch), "registrants").await
    }
}
