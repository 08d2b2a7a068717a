//! Delete a survey.

use reqwest::Method;

use super::Surveys;
use crate::{Call, Error, held::Twins};

pub(super) static CALL: Twins = Twins {
    meeting: Call::new("meetingSurveyDelete", Method::DELETE, "/meetings/{meetingId}/survey"),
    webinar: Call::new("webinarSurveyDelete", Method::DELETE, "/webinars/{webinarId}/survey"),
};

impl Surveys {
    /// Deletes the survey. Scope `meeting:delete:survey` or `webinar:delete:survey`; light.
    pub async fn delete(&self) -> Result<(), Error> {
        self.0.ask(&CALL).done().await
    }
}
