//! What those who register for an event are asked.

use reqwest::Method;

use super::OneEvent;
use crate::{Call, Error};

pub(super) static READ: Call =
    Call::new("getRegistrationQuestionsForEvent", Method::GET, "/zoom_events/events/{eventId}/questions");
pub(super) static WRITE: Call =
    Call::new("updateRegistrationQuestionsForEvent", Method::PUT, "/zoom_events/events/{eventId}/questions");
pub(super) static TICKET_READ: Call = Call::new(
    "getRegistrationQuestionsForTicketType",
    Method::GET,
    "/zoom_events/events/{eventId}/ticket_types/{ticketTypeId}/questions",
);
pub(super) static TICKET_WRITE: Call = Call::new(
    "updateRegistrationQuestionsForTicketType",
    Method::PUT,
    "/zoom_events/events/{eventId}/ticket_types/{ticketTypeId}/questions",
);

settings! {
    /// A field of Zoom's own that people fill in.
    EventQuestion {
        /// Zoom's name of the field, such as `organization`.
        field_name: String,
        /// It must be filled in.
        required: bool,
        /// The words above it.
        title: String,
        /// Its id.
        question_id: String,
    }
}

settings! {
    /// A question of the host's own.
    EventCustomQuestion {
        /// The question.
        title: String,
        /// How it is answered, such as `short_answer` or `single_radio`.
        #[serde(rename = "type")]
        kind: String,
        /// It must be answered.
        required: bool,
        /// The answers to choose from.
        options: Vec<String>,
        /// Its id.
        question_id: String,
    }
}

settings! {
    /// What those who register are asked.
    EventQuestions {
        /// Fields of Zoom's own.
        questions: Vec<EventQuestion>,
        /// The host's own questions.
        custom_questions: Vec<EventCustomQuestion>,
    }
}

impl OneEvent {
    /// What those who register are asked. Scope `zoom_events:read:list_registration_questions`; light.
    pub async fn questions(&self) -> Result<EventQuestions, Error> {
        self.ask(&READ).read().await
    }

    /// Asks these questions in the place of those before. Scope `zoom_events:update:registraion_question` (Zoom spells
    /// it so); light.
    pub async fn set_questions(&self, questions: &EventQuestions) -> Result<(), Error> {
        self.ask(&WRITE).body(questions).done().await
    }

    /// What those who get tickets of a type are asked. Scope `zoom_events:read:list_registration_questions`; light.
    pub async fn ticket_type_questions(&self, ticket_type: &str) -> Result<EventQuestions, Error> {
        self.ask_about(&TICKET_READ, ticket_type).read().await
    }

    /// Asks these questions in the place of those before. Scope `zoom_events:update:registraion_question`; light.
    pub async fn set_ticket_type_questions(&self, ticket_type: &str, questions: &EventQuestions) -> Result<(), Error> {
        self.ask_about(&TICKET_WRITE, ticket_type).body(questions).done().await
    }
}
