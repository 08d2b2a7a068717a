//! Bodies with every field that Zoom documents, made from the table.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Map, Value, json};
use zoom_spec::{Field, Kind, Operation, Place};

use super::entry::TABLE;

/// A number that nobody has had before, for names and addresses.
fn turn() -> usize {
    static TURN: AtomicUsize = AtomicUsize::new(1);
    TURN.fetch_add(1, Ordering::Relaxed)
}

pub(super) fn steps(path: &str) -> Vec<&str> {
    path.split('.').collect()
}

/// The fields of a body; those of alternative shapes are not checked by type.
pub(super) fn fields(operation: &Operation) -> impl Iterator<Item = &Field> {
    operation.fields().iter().filter(|field| field.place == Place::Body && !field.path.starts_with('<'))
}

/// Whether a field's value is made of members that are fields themselves.
pub(super) fn has_members(operation: &Operation, field: &Field) -> bool {
    let inside = [format!("{}.", field.path), format!("{}[].", field.path)];
    fields(operation).any(|other| inside.iter().any(|start| other.path.starts_with(start.as_str())))
}

/// A value that the table allows.
pub(crate) fn sample(field: &Field) -> Value {
    let name = field.path.rsplit(['.', ']']).next().unwrap();
    if let Some(value) = TABLE.names.get(name) {
        return value.clone();
    }
    let chosen = field.choices.iter().find(|choice| !choice.is_empty()).map(|choice| &**choice);
    match (field.kind, chosen) {
        (Kind::Integer | Kind::Number, Some(choice)) => json!(choice.parse::<i64>().unwrap()),
        (Kind::Integer | Kind::Number, None) if name.contains("max") => json!(field.max.unwrap_or(200)),
        // A number of so many digits is somebody's own.
        (Kind::Integer, None) if field.min > Some(100_000) => {
            json!(field.min.unwrap() + i64::try_from(turn()).unwrap())
        }
        (Kind::Integer | Kind::Number, None) => json!(field.min.unwrap_or(1).max(1)),
        (Kind::Boolean, _) => json!(true),
        (Kind::Object, _) => json!({}),
        (Kind::Array, _) => {
            let count = field.min.unwrap_or(1).max(1);
            (0..count).map(|at| item(field, at)).collect()
        }
        (Kind::String | Kind::Any, Some(choice)) => json!(choice),
        (Kind::String | Kind::Any, None) => json!(text(field, name)),
    }
}

fn item(field: &Field, at: i64) -> Value {
    let chosen = field.choices.iter().find(|choice| !choice.is_empty());
    match (field.items, chosen) {
        (Some(Kind::Integer | Kind::Number), Some(choice)) => json!(choice.parse::<i64>().unwrap()),
        (Some(Kind::Integer | Kind::Number), None) => json!(1),
        (Some(Kind::Boolean), _) => json!(true),
        (Some(Kind::Object), _) => json!({}),
        (_, Some(choice)) => json!(choice),
        (_, None) => json!(format!("Text {at}")),
    }
}

fn text(field: &Field, name: &str) -> String {
    if field.format.as_deref() == Some("email") || name == "email" || name.ends_with("_email") {
        return format!("walker{}@walk.example", turn());
    }
    match field.format.as_deref() {
        Some("date-time") => "2026-11-24T10:00:00Z".to_owned(),
        Some("date") => "2026-11-24".to_owned(),
        Some("uri") => "https://walk.example/".to_owned(),
        _ => {
            let mut text = format!("Text {}", turn());
            while text.chars().count() < usize::try_from(field.min.unwrap_or(0)).unwrap() {
                text.push('x');
            }
            text
        }
    }
}

/// The body with every field, and what the walk's table says put in its place.
pub(super) fn whole(operation: &Operation, instead: impl Iterator<Item = (String, Value)>) -> Value {
    let mut body = Map::new();
    for field in fields(operation) {
        if !has_members(operation, field) {
            set(&mut body, &steps(&field.path), &sample(field));
        }
    }
    for field in fields(operation).filter(|field| field.kind == Kind::Array) {
        grow(&mut body, &steps(&field.path), usize::try_from(field.min.unwrap_or(0)).unwrap());
    }
    for (path, value) in instead {
        set(&mut body, &steps(&path), &value);
    }
    body.into()
}

/// Puts a value at a path such as `questions[].name` (there in every item), making what is on the way; null takes it
/// away.
pub(crate) fn set(members: &mut Map<String, Value>, path: &[&str], value: &Value) {
    let [step, rest @ ..] = path else { return };
    let name = step.trim_end_matches("[]");
    if rest.is_empty() {
        if value.is_null() {
            members.remove(name);
        } else {
            members.insert(name.to_owned(), value.clone());
        }
        return;
    }
    if step.ends_with("[]") {
        let list = members.entry(name).or_insert_with(|| json!([{}]));
        for one in list.as_array_mut().unwrap().iter_mut().filter_map(Value::as_object_mut) {
            set(one, rest, value);
        }
    } else if let Some(inner) = members.entry(name).or_insert_with(|| json!({})).as_object_mut() {
        set(inner, rest, value);
    }
}

/// Repeats the one object of a list until there are `count`.
fn grow(members: &mut Map<String, Value>, path: &[&str], count: usize) {
    let [step, rest @ ..] = path else { return };
    match members.get_mut(step.trim_end_matches("[]")) {
        Some(Value::Array(items)) if rest.is_empty() => {
            while items.len() < count {
                items.push(items[0].clone());
            }
        }
        Some(Value::Array(items)) => {
            items.iter_mut().filter_map(Value::as_object_mut).for_each(|one| grow(one, rest, count));
        }
        Some(Value::Object(inner)) => grow(inner, rest, count),
        _ => {}
    }
}
