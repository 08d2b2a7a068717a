//! From the fields of a form to the body that the API would be sent.

use serde_json::{Map, Value, json};

use super::view::{Asked, Shape};
use crate::marketplace::Fields;

/// What somebody wrote; what they left empty is left out.
pub(super) fn body(asked: &Asked<'_>, fields: &Fields) -> Map<String, Value> {
    let mut body = Map::new();
    let mut custom = Vec::new();
    for question in &asked.questions {
        let value = match question.shape {
            Shape::Several => fields.all(&question.name).collect::<Vec<_>>().join(", "),
            Shape::Line | Shape::One => fields.text(&question.name).to_owned(),
        };
        if value.is_empty() {
            continue;
        }
        if question.is_custom {
            custom.push(json!({ "title": question.label, "value": value }));
        } else {
            body.insert(question.name.clone(), value.into());
        }
    }
    if !custom.is_empty() {
        body.insert("custom_questions".to_owned(), custom.into());
    }
    body
}
