//! Set a survey.

use reqwest::Method;

use super::{Survey, Surveys};
use crate::{Call, Error, held::Twins};

pub(super) static CALL: Twins = Twins {
    meeting: Call::new("meetingSurveyUpdate", Method::PATCH, "/meetings/{meetingId}/survey"),
    webinar: Call::new("webinarSurveyUpdate", Method::PATCH, "/webinars/{webinarId}/survey"),
};

impl Surveys {
    /// Sets the survey. Scope `meeting:update:survey` or `webinar:update:survey`; light.
    pub async fn update(&self, survey: &Survey) -> Result<(), Error> {
        self.0.ask(&CALL).body(survey).done().await
    }
}
