//! Query and body as they were sent, before they are compared with the table.

use serde_json::{Map, Value};
use zoom_spec::{Operation, code::NO_PERMISSION};

use super::words::documented;
use crate::answer::Refusal;

/// What an operation looks at first.
pub(super) type Check = fn(&Raw<'_>) -> Result<(), Refusal>;

/// What was sent.
pub(super) struct Raw<'a> {
    pub(super) operation: &'static Operation,
    pub(super) query: &'a [(String, String)],
    pub(super) body: &'a Map<String, Value>,
}

impl Raw<'_> {
    /// The last value of a query parameter, unless it is empty.
    pub(super) fn query(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().rev().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// A text of the body.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.body.get(name).and_then(Value::as_str)
    }

    /// The refusal that Zoom documents for the operation with a message that begins so.
    pub(super) fn refused(&self, begins: &str, value: &str) -> Refusal {
        documented(self.operation, begins, value).unwrap_or_else(|| NO_PERMISSION.into())
    }
}
