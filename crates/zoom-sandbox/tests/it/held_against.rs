//! An answer of one story held against Zoom's table: every field there, with the right type.

use serde_json::Value;
use zoom_spec::{Kind, Operation, Place};

/// Whether an answer has something at a path; an empty list has everything.
pub(crate) fn has(value: &Value, path: &[&str]) -> bool {
    let [step, rest @ ..] = path else { return true };
    match value.get(step.trim_end_matches("[]")) {
        Some(Value::Array(items)) if !rest.is_empty() => items.iter().all(|item| has(item, rest)),
        Some(inner) => has(inner, rest),
        None => false,
    }
}

/// The documented fields that an answer lacks.
fn missing(operation: &Operation, answer: &Value) -> Vec<String> {
    let fields = operation.fields().iter().filter(|field| field.place == Place::Answer && !field.deprecated);
    let lacks = fields.filter(|field| !has(answer, &field.path.split('.').collect::<Vec<_>>()));
    lacks.map(|field| field.path.to_string()).collect()
}

/// Everything an answer has at a path.
fn values<'a>(value: &'a Value, path: &[&str]) -> Vec<&'a Value> {
    let [step, rest @ ..] = path else { return vec![value] };
    let name = step.trim_end_matches("[]");
    let inner = if name.is_empty() { Some(value) } else { value.get(name) };
    match inner {
        Some(Value::Array(items)) if !rest.is_empty() => items.iter().flat_map(|item| values(item, rest)).collect(),
        Some(inner) => values(inner, rest),
        None => Vec::new(),
    }
}

/// Holds an answer against the table: what is there has the documented type, and at most these fields are missing.
pub(crate) fn hold(id: &str, answer: &Value, may_lack: &[&str]) {
    let operation = zoom_spec::operation(id).unwrap();
    let lacks = missing(operation, answer);
    let known: Vec<_> = lacks.iter().filter(|path| !may_lack.contains(&path.as_str())).collect();
    assert!(known.is_empty(), "{id} lacks {known:?}: {answer}");
    for field in
        operation.fields().iter().filter(|field| field.place == Place::Answer && field.path != "meetings[]".into())
    {
        for value in values(answer, &field.path.split('.').collect::<Vec<_>>()) {
            let fits = match field.kind {
                Kind::String => value.is_string(),
                Kind::Integer => value.is_i64() || value.is_u64(),
                Kind::Number => value.is_number(),
                Kind::Boolean => value.is_boolean(),
                Kind::Array => value.is_array(),
                Kind::Object => value.is_object(),
                Kind::Any => true,
            };
            assert!(fits, "{id}: {} should be of type {}, is {value}", field.path, field.kind);
            let chosen = value.as_str().filter(|text| !text.is_empty() && !field.choices.is_empty());
            let is_choice = chosen.is_none_or(|text| field.choices.iter().any(|choice| &**choice == text));
            assert!(is_choice, "{id}: {} may not be {value}", field.path);
        }
    }
}
