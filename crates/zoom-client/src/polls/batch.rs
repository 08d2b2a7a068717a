//! Create several polls at once.

use reqwest::Method;
use serde::Serialize;

use super::{Poll, Polls};
use crate::{Call, Error};

pub(super) static CALL: Call = Call::new("createBatchPolls", Method::POST, "/meetings/{meetingId}/batch_polls");

#[derive(Serialize)]
struct Body<'a> {
    polls: &'a [Poll],
}

impl Polls {
    /// Creates up to 25 polls of a meeting; webinars have no such call, and are not found by it. Scope
    /// `meeting:write:batch_polls`; light.
    pub async fn create_batch(&self, polls: &[Poll]) -> Result<Vec<Poll>, Error> {
        self.0.client().whole(self.0.ask_alone(&CALL).body(&Body { polls }), "polls").await
    }
}
