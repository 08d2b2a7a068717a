//! Get a survey.

use reqwest::Method;

use super::{Survey, Surveys};
use crate::{Call, Error, held::Twins};

pub(super) static CALL: Twins = Twins {
    meeting: Call::new("meetingSurveyGet", Method::GET, "/meetings/{meetingId}/survey"),
    webinar: Call::new("webinarSurveyGet", Method::GET, "/webinars/{webinarId}/survey"),
};

impl Surveys {
    /// The survey. Scope `meeting:read:survey` or `webinar:read:survey`; light.
    pub async fn get(&self) -> Result<Survey, Error> {
        self.0.ask(&CALL).read().await
    }
}
