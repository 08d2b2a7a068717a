//! What the webhook door answers, and what members see of what came through it.

use jiff::Timestamp;
use model::InboxId;

/// What to answer to Zoom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WebhookAnswer {
    /// It is kept: answer 200 with an empty body.
    Taken,
    /// Zoom checks the address: answer 200 with this JSON.
    Validation {
        /// The JSON body to answer.
        json: String,
    },
}

/// Why a webhook was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WebhookRefused {
    /// No such connection, or it has no webhook secret: answer 404.
    #[error("no connection takes webhooks here; check the address, and set the secret token in the Zoom settings")]
    NobodyListens,
    /// The signature does not belong to the body, or is missing: answer 401.
    #[error("the signature does not fit; check the secret token in the Zoom settings")]
    BadSignature,
    /// The timestamp is more than five minutes away: answer 401.
    #[error("the timestamp is more than five minutes away from this machine's clock")]
    OutOfTime,
    /// Signed, but not a webhook's JSON: answer 400.
    #[error("the body is not a webhook's JSON")]
    Unreadable,
    /// It could not be stored: answer 503, Zoom sends it again.
    #[error("the webhook could not be stored; it will be sent again")]
    NotStored,
}

/// A webhook that arrived, as members see it.
#[derive(Clone, Debug)]
pub struct InboxLine {
    /// The line.
    pub id: InboxId,
    /// Zoom's event name, such as `meeting.started`.
    pub event: String,
    /// When it happened, as Zoom says.
    pub event_at: Timestamp,
    /// When it arrived.
    pub received_at: Timestamp,
    /// What came of it: `applied`, `seen`, …; `None` while it waits.
    pub outcome: Option<String>,
}
