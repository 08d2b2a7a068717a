//! Who sits on the panel of a webinar.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A panelist of a webinar.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Panelist {
    /// 22 characters, begins `sbx`.
    pub id: String,
    /// Their address, lower case: what tells them from others.
    pub email: String,
    /// What they were sent with, by Zoom's names: `name`, `name_tag_pronouns` …
    pub facts: Map<String, Value>,
    /// The `tk` of their join link.
    pub token: String,
}

impl Panelist {
    /// The name they were sent with.
    pub fn name(&self) -> &str {
        self.facts.get("name").and_then(Value::as_str).unwrap_or_default()
    }
}

impl fmt::Debug for Panelist {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Panelist").field("id", &self.id).finish_non_exhaustive()
    }
}
