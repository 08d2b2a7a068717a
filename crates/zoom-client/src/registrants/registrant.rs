//! A registrant as Zoom describes one.

use clock::Timestamp;
use secrecy::SecretString;

words! {
    /// Whether a registrant may come.
    RegistrantStatus {
        /// May come.
        Approved = "approved",
        /// Waits for the host's decision.
        Pending = "pending",
        /// May not come.
        Denied = "denied",
    }
}

settings! {
    /// An answer to a question of the host's own.
    CustomAnswer {
        /// The question.
        title: String,
        /// The answer; at most 128 characters.
        value: String,
    }
}

answer! {
    /// Somebody who registered.
    Registrant {
        /// The id that addresses the registrant in calls.
        id: String,
        /// The address.
        email: String,
        /// First name.
        first_name: String,
        /// Last name.
        last_name: Option<String>,
        /// Street and number.
        address: Option<String>,
        /// City.
        city: Option<String>,
        /// State or province.
        state: Option<String>,
        /// Postal code.
        zip: Option<String>,
        /// Country, as two letters.
        country: Option<String>,
        /// Telephone number.
        phone: Option<String>,
        /// Organisation.
        org: Option<String>,
        /// Industry.
        industry: Option<String>,
        /// Job title.
        job_title: Option<String>,
        /// Questions and comments.
        comments: Option<String>,
        /// Answers to the host's own questions.
        custom_questions: Vec<CustomAnswer>,
        /// Whether the registrant may come.
        status: Option<RegistrantStatus>,
        /// When the registration was made.
        create_time: Option<Timestamp>,
        /// The registrant's own way in; whoever has it comes as the registrant.
        join_url: Option<SecretString>,
    }
}
