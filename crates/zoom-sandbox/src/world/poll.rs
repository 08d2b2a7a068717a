//! A poll or quiz of a meeting or webinar.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A poll that waits for its meeting: nobody has started it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Poll {
    /// 22 characters, begins `sbx`.
    pub id: String,
    /// `title`, `anonymous`, `poll_type` and `questions`, as they were sent.
    pub content: Map<String, Value>,
}

impl Poll {
    /// What it is called.
    pub fn title(&self) -> &str {
        self.content.get("title").and_then(Value::as_str).unwrap_or_default()
    }

    /// Whether `answer` (several separated by `;`) will do for the question with this name; nothing where it asks no
    /// such thing.
    pub fn takes(&self, question: &str, answer: &str) -> Option<bool> {
        let text = |of: &Value, name: &str| of.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut asked = self.content.get("questions").and_then(Value::as_array)?.iter();
        let asked = asked.find(|one| text(one, "name") == question)?;
        let kind = text(asked, "type");
        let offered = asked.get("answers").and_then(Value::as_array).cloned().unwrap_or_default();
        let chosen: Vec<&str> = answer.split(';').map(str::trim).collect();
        Some(match kind.as_str() {
            "single" | "multiple" => {
                let is_offered = |one: &&str| offered.iter().any(|known| known.as_str() == Some(*one));
                chosen.iter().all(is_offered) && (kind == "multiple" || chosen.len() == 1)
            }
            _ => !answer.trim().is_empty(),
        })
    }

    /// Whether nobody sees who answered what.
    pub fn is_anonymous(&self) -> bool {
        self.content.get("anonymous").and_then(Value::as_bool).unwrap_or(false)
    }
}
