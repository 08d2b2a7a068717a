//! A survey.

use crate::polls::PollQuestion;

settings! {
    /// A survey of Zoom's own kind.
    CustomSurvey {
        /// What it is about; at most 64 characters.
        title: String,
        /// Nobody sees who answered what.
        anonymous: bool,
        /// Questions have numbers.
        numbered_questions: bool,
        /// The kind of each question is shown.
        show_question_type: bool,
        /// What is said to whoever answered; at most 320 characters.
        feedback: String,
        /// Its questions, at most 100.
        questions: Vec<PollQuestion>,
    }
}

settings! {
    /// What participants are asked afterwards: by Zoom, or elsewhere.
    Survey {
        /// The questions that Zoom asks.
        custom_survey: CustomSurvey,
        /// Asked in the browser when somebody leaves.
        show_in_the_browser: bool,
        /// Asked in the mail that follows (webinars).
        show_in_the_follow_up_email: bool,
        /// The address of a survey elsewhere, instead.
        third_party_survey: String,
    }
}
