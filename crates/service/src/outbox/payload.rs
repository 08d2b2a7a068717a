//! What an outbox job keeps between its steps. No secrets: it stands in clear.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// What a job keeps between its tries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Push {
    /// When the host's list was first seen without the room, after the request's deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) missed_at: Option<Timestamp>,
    /// When the create that was sent is over whatever happens: a look that finds nothing counts only after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) over_at: Option<Timestamp>,
    /// Failures in a row.
    #[serde(default)]
    pub(crate) failures: i64,
    /// What the job was enqueued with, such as the webhook it applies; a wait takes nothing of it away.
    #[serde(flatten)]
    pub(crate) rest: serde_json::Map<String, Json>,
}

impl Push {
    pub(crate) fn read(json: &Json) -> Self {
        serde_json::from_value(json.clone()).unwrap_or_default()
    }

    pub(crate) fn json(&self) -> Json {
        serde_json::to_value(self).unwrap_or(Json::Null)
    }
}
