//! What was answered in polls, and asked and answered in a call.

use clock::Timestamp;
use reqwest::Method;

use super::Reports;
use crate::{Call, Error, MeetingId, MeetingKey, MeetingUuid, ask::Ask, past_meetings::PastAnswers};

pub(super) static POLLS: Call = Call::new("reportMeetingPolls", Method::GET, "/report/meetings/{meetingId}/polls");
pub(super) static WEBINAR_POLLS: Call =
    Call::new("reportWebinarPolls", Method::GET, "/report/webinars/{webinarId}/polls");
pub(super) static QA: Call = Call::new("reportMeetingQA", Method::GET, "/report/meetings/{meetingId}/qa");
pub(super) static WEBINAR_QA: Call = Call::new("reportWebinarQA", Method::GET, "/report/webinars/{webinarId}/qa");

words! {
    /// What became of a question.
    QuestionState {
        /// Nobody answered.
        Open = "open",
        /// It was put aside.
        Dismissed = "dismissed",
        /// It was answered.
        Answered = "answered",
        /// It was deleted.
        Deleted = "deleted",
    }
}

answer! {
    /// An answer to a question.
    QuestionAnswer {
        /// Who answered.
        name: String,
        /// The address of who answered.
        email: Option<String>,
        /// The answer.
        content: String,
        /// How it was given, such as `host_answered_publicly`.
        #[serde(rename = "type")]
        kind: Option<String>,
    }
}

answer! {
    /// A question.
    AskedQuestion {
        /// Its id.
        question_id: String,
        /// What was asked.
        question: String,
        /// What became of it.
        question_status: Option<QuestionState>,
        /// Its answers.
        answer_details: Vec<QuestionAnswer>,
    }
}

answer! {
    /// What one participant asked.
    AskedBy {
        /// The participant's name.
        name: String,
        /// The participant's address.
        email: Option<String>,
        /// The questions.
        question_details: Vec<AskedQuestion>,
    }
}

answer! {
    /// What was asked in one sitting.
    AskedIn {
        /// The meeting's or webinar's number.
        id: Option<MeetingId>,
        /// The sitting's identifier.
        uuid: Option<MeetingUuid>,
        /// When it began.
        start_time: Option<Timestamp>,
        /// By participant.
        questions: Vec<AskedBy>,
    }
}

impl Reports {
    /// What was answered in the polls of a meeting. Scope `report:read:list_meeting_polls`; heavy.
    pub async fn meeting_polls(&self, meeting: impl Into<MeetingKey>) -> Result<PastAnswers, Error> {
        Ask::new(&self.0, &POLLS, &[&meeting.into()]).read().await
    }

    /// What was answered in the polls of a webinar. Scope `report:read:list_webinar_polls`; heavy.
    pub async fn webinar_polls(&self, webinar: impl Into<MeetingKey>) -> Result<PastAnswers, Error> {
        Ask::new(&self.0, &WEBINAR_POLLS, &[&webinar.into()]).read().await
    }

    /// What was asked in a meeting. Scope `report:read:meeting_qna`; heavy.
    pub async fn meeting_questions(&self, meeting: impl Into<MeetingKey>) -> Result<AskedIn, Error> {
        Ask::new(&self.0, &QA, &[&meeting.into()]).read().await
    }

    /// What was asked in a webinar. Scope `report:read:webinar_qna`; heavy.
    pub async fn webinar_questions(&self, webinar: impl Into<MeetingKey>) -> Result<AskedIn, Error> {
        Ask::new(&self.0, &WEBINAR_QA, &[&webinar.into()]).read().await
    }
}
