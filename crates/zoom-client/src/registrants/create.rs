//! Register somebody.

use clock::Timestamp;
use reqwest::Method;
use secrecy::SecretString;

use super::{CustomAnswer, Registrants};
use crate::{Call, Occurrence, held::Twins};

pub(super) static CALL: Twins = Twins {
    meeting: Call::new("meetingRegistrantCreate", Method::POST, "/meetings/{meetingId}/registrants"),
    webinar: Call::new("webinarRegistrantCreate", Method::POST, "/webinars/{webinarId}/registrants"),
};

body! {
    /// Somebody to be registered.
    NewRegistrant(email: String, first_name: String) {
        /// Last name; at most 64 characters.
        last_name: String,
        /// Street and number.
        address: String,
        /// City.
        city: String,
        /// State or province.
        state: String,
        /// Postal code.
        zip: String,
        /// Country, as two letters.
        country: String,
        /// Telephone number.
        phone: String,
        /// Organisation.
        org: String,
        /// Industry.
        industry: String,
        /// Job title.
        job_title: String,
        /// How many the organisation employs, in one of Zoom's phrases, such as `1-20`.
        no_of_employees: String,
        /// When something is to be bought, in one of Zoom's phrases, such as `Within a month`.
        purchasing_time_frame: String,
        /// The part in buying, in one of Zoom's phrases, such as `Decision Maker`.
        role_in_purchase_process: String,
        /// Questions and comments.
        comments: String,
        /// Answers to the host's own questions.
        custom_questions: Vec<CustomAnswer>,
        /// The language of mails, such as `en-US`.
        language: String,
        /// Approved without the host (meetings).
        auto_approve: bool,
        /// The tracking source the registrant came from (webinars).
        source_id: String,
    }
}

answer! {
    /// What Zoom answers to a registration.
    Registered {
        /// The id that addresses the registrant in calls.
        registrant_id: String,
        /// The registrant's own way in; absent until the host has approved.
        join_url: Option<SecretString>,
        /// What the meeting or webinar is about.
        topic: String,
        /// When it starts.
        start_time: Option<Timestamp>,
        /// The sittings registered for.
        occurrences: Vec<Occurrence>,
    }
}

impl Registrants {
    /// Registers somebody. The same address has the same registration. Never sent twice. Scope
    /// `meeting:write:registrant` or `webinar:write:registrant`; light; at most three times a day for one address.
    pub fn create(&self, new: &NewRegistrant) -> CreateRegistrant {
        CreateRegistrant(self.0.ask(&CALL).body(new))
    }
}

ask! {
    /// A registration; await it.
    CreateRegistrant => Registered {
        /// For these sittings only, where people register for each.
        occurrences: Vec<String> = "occurrence_ids",
    }
}
