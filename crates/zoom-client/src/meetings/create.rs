//! Create a meeting.

use reqwest::Method;

use super::{Meeting, Meetings, NewMeeting};
use crate::{Call, Error, UserId, send::Request};

pub(super) static CALL: Call = Call::new("meetingCreate", Method::POST, "/users/{userId}/meetings");

impl Meetings {
    /// Creates a meeting that `host` holds. Never sent twice: after an error whose [`Error::executed`] is not no, look
    /// whether the meeting exists before trying again. Scope `meeting:write:meeting`; light, and at most a hundred
    /// a day for one host ([`Error::RateLimited`]).
    pub async fn create(&self, host: &UserId, new: &NewMeeting) -> Result<Meeting, Error> {
        self.0.read(Request::new(&CALL, &[host.path_segment()]).body(new)?).await
    }
}
