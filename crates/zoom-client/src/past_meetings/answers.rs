//! What was answered in polls, and asked in a call that is over.

use clock::Timestamp;
use reqwest::Method;

use super::{PastMeetings, PastWebinars};
use crate::{Call, Error, MeetingId, MeetingKey, MeetingUuid, ask::Ask};

pub(super) static POLLS: Call = Call::new("listPastMeetingPolls", Method::GET, "/past_meetings/{meetingId}/polls");
pub(super) static QA: Call = Call::new("listPastMeetingQA", Method::GET, "/past_meetings/{meetingId}/qa");
pub(super) static WEBINAR_POLLS: Call =
    Call::new("listPastWebinarPollResults", Method::GET, "/past_webinars/{webinarId}/polls");
pub(super) static WEBINAR_QA: Call = Call::new("listPastWebinarQA", Method::GET, "/past_webinars/{webinarId}/qa");

answer! {
    /// A question with its answer.
    Reply {
        /// The question.
        question: String,
        /// The answer.
        answer: String,
        /// When it was answered; polls only.
        date_time: Option<Timestamp>,
        /// The poll's id; polls only.
        polling_id: Option<String>,
    }
}

answer! {
    /// What one participant answered or asked.
    Answered {
        /// The participant's name.
        name: String,
        /// The participant's address.
        email: Option<String>,
        /// Questions and answers.
        question_details: Vec<Reply>,
    }
}

answer! {
    /// What was answered or asked in one sitting.
    PastAnswers {
        /// The meeting's or webinar's number.
        id: Option<MeetingId>,
        /// The sitting's identifier.
        uuid: Option<MeetingUuid>,
        /// When it began.
        start_time: Option<Timestamp>,
        /// By participant.
        questions: Vec<Answered>,
    }
}

impl PastMeetings {
    /// What was answered in polls. Scope `meeting:read:list_poll_results`; medium.
    pub async fn polls(&self, meeting: impl Into<MeetingKey>) -> Result<PastAnswers, Error> {
        Ask::new(&self.0, &POLLS, &[&meeting.into()]).read().await
    }

    /// What was asked and answered. Scope `meeting:read:past_qa`; medium.
    pub async fn questions(&self, meeting: impl Into<MeetingKey>) -> Result<PastAnswers, Error> {
        Ask::new(&self.0, &QA, &[&meeting.into()]).read().await
    }
}

impl PastWebinars {
    /// What was answered in polls. Scope `webinar:read:list_past_polls`; medium.
    pub async fn polls(&self, webinar: impl Into<MeetingKey>) -> Result<PastAnswers, Error> {
        Ask::new(&self.0, &WEBINAR_POLLS, &[&webinar.into()]).read().await
    }

    /// What was asked and answered. Scope `webinar:read:past_qa`; medium.
    pub async fn questions(&self, webinar: impl Into<MeetingKey>) -> Result<PastAnswers, Error> {
        Ask::new(&self.0, &WEBINAR_QA, &[&webinar.into()]).read().await
    }
}
