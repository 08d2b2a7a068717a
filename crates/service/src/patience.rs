//! How long somebody at a page waits for Zoom. Jobs wait longer; people get an answer that says what happened, well
//! before their request is given up.

use jiff::{SignedDuration, Timestamp};
use zoom_client::Error;

use crate::{Service, outbox::pace::later};

/// For all that one request asks of Zoom. `web` gives a request up after 30 seconds.
const PATIENCE: SignedDuration = SignedDuration::from_secs(20);

impl Service {
    /// When somebody who asks now has an answer at the latest.
    pub(crate) fn patience_ends(&self) -> Timestamp {
        later(self.now(), PATIENCE)
    }

    /// What Zoom answers to `call` before `until`; an answer that comes later is lost.
    pub(crate) async fn in_time<T>(
        &self,
        until: Timestamp,
        operation: &'static str,
        call: impl IntoFuture<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        tokio::select! {
            biased;
            answer = call.into_future() => answer,
            () = self.inner.clock.sleep_until(until) => Err(Error::AnswerLost { operation, why: "no answer in time" }),
        }
    }
}
