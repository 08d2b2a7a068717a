//! What registrants are asked.

use reqwest::Method;

use super::Registrants;
use crate::{Call, Error, held::Twins};

pub(super) static READ: Twins = Twins {
    meeting: Call::new("meetingRegistrantsQuestionsGet", Method::GET, "/meetings/{meetingId}/registrants/questions"),
    webinar: Call::new("webinarRegistrantsQuestionsGet", Method::GET, "/webinars/{webinarId}/registrants/questions"),
};
pub(super) static WRITE: Twins = Twins {
    meeting: Call::new("meetingRegistrantQuestionUpdate", Method::PATCH, "/meetings/{meetingId}/registrants/questions"),
    webinar: Call::new("webinarRegistrantQuestionUpdate", Method::PATCH, "/webinars/{webinarId}/registrants/questions"),
};

words! {
    /// How a question of the host's own is answered.
    QuestionKind {
        /// In a line.
        Short = "short",
        /// By one of the answers (meetings, recordings).
        Single = "single",
        /// By one of the answers, as buttons (webinars).
        SingleRadio = "single_radio",
        /// By one of the answers, in a list that opens (webinars).
        SingleDropdown = "single_dropdown",
        /// By any of the answers (webinars, recordings).
        Multiple = "multiple",
    }
}

settings! {
    /// A field of Zoom's own that registrants fill in.
    Question {
        /// Zoom's name of the field, such as `org`.
        field_name: String,
        /// It must be filled in.
        required: bool,
    }
}

settings! {
    /// A question of the host's own.
    CustomQuestion {
        /// The question.
        title: String,
        /// How it is answered.
        #[serde(rename = "type")]
        kind: QuestionKind,
        /// It must be answered.
        required: bool,
        /// The answers to choose from.
        answers: Vec<String>,
    }
}

settings! {
    /// What registrants are asked.
    Questions {
        /// Fields of Zoom's own.
        questions: Vec<Question>,
        /// The host's own questions.
        custom_questions: Vec<CustomQuestion>,
    }
}

impl Registrants {
    /// What registrants are asked. Scope `meeting:read:list_registration_questions` or
    /// `webinar:read:list_registration_questions`; light.
    pub async fn questions(&self) -> Result<Questions, Error> {
        self.0.ask(&READ).read().await
    }

    /// Asks registrants these questions in the place of those before. Scope `meeting:update:registration_question` or
    /// `webinar:update:registration_question`; light.
    pub async fn set_questions(&self, questions: &Questions) -> Result<(), Error> {
        self.0.ask(&WRITE).body(questions).done().await
    }
}
