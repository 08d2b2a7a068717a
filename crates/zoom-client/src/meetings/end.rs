//! End a meeting that is going on.

use reqwest::Method;
use serde::Serialize;

use super::Meetings;
use crate::{Call, Error, MeetingId, send::Request};

pub(super) static CALL: Call = Call::new("meetingStatus", Method::PUT, "/meetings/{meetingId}/status");

#[derive(Serialize)]
struct Status {
    action: &'static str,
}

impl Meetings {
    /// Ends it for everybody. Scope `meeting:update:status`; light. One that is not going on is [`Error::Invalid`] or
    /// [`Error::Refused`].
    pub async fn end(&self, id: MeetingId) -> Result<(), Error> {
        self.0.done(Request::new(&CALL, &[id.to_string()]).body(&Status { action: "end" })?).await
    }
}
