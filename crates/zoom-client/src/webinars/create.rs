//! Create a webinar.

use reqwest::Method;

use super::{NewWebinar, Webinar, Webinars};
use crate::{Call, Error, UserId, send::Request};

pub(super) static CALL: Call = Call::new("webinarCreate", Method::POST, "/users/{userId}/webinars");

impl Webinars {
    /// Creates a webinar that `host` holds. Never sent twice: after an error whose [`Error::executed`] is not no, look
    /// whether the webinar exists before trying again. Scope `webinar:write:webinar`; light, and at most a hundred
    /// a day for one host ([`Error::RateLimited`]).
    pub async fn create(&self, host: &UserId, new: &NewWebinar) -> Result<Webinar, Error> {
        self.0.read(Request::new(&CALL, &[host.path_segment()]).body(new)?).await
    }
}
