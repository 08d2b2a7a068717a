//! A poll or quiz of a meeting or webinar.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A poll that waits for its meeting: nobody has started it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Poll {
    /// 22 characters, begins `sbx`.
    pub id: String,
    /// `title`, `anonymous`, `poll_type` and `questions`, as they were sent.
    pub content: Map<String, Value>,
}

impl Poll {
    /// Whether nobody sees who answered what.
    pub fn is_anonymous(&self) -> bool {
        self.content.get("anonymous").and_then(Value::as_bool).unwrap_or(false)
    }
}
