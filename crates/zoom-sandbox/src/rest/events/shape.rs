//! Rows as an operation's documented answer has them, and bodies laid over rows.

use serde_json::{Map, Value};
use zoom_spec::{Field, Kind, Place};

use super::super::{Ask, page};
use crate::{
    answer::{Answer, Refusal},
    world::events::Row,
};

/// The members of `row` that the operation's answer documents below `prefix`; what was never sent is empty.
pub(super) fn shaped(ask: &Ask<'_>, prefix: &str, row: &Row) -> Value {
    let mut shown = Map::new();
    for field in ask.operation.fields().iter().filter(|field| field.place == Place::Answer) {
        let Some(name) = field.path.strip_prefix(prefix).filter(|name| !name.contains(['.', '['])) else { continue };
        let value = match row.get(name) {
            Some(Value::Object(inner)) if name == "recurrence" => recurrence(ask, &field.path, inner),
            Some(value) => value.clone(),
            None => match unsent(field) {
                Some(value) => value,
                None => continue,
            },
        };
        shown.insert(name.to_owned(), value);
    }
    shown.into()
}

/// A list of rows in the envelope of Zoom Events.
pub(super) fn listed(ask: &Ask<'_>, list: &str, rows: &[Row]) -> Result<Answer, Refusal> {
    let prefix = format!("{list}[].");
    let rows = rows.iter().map(|row| shaped(ask, &prefix, row)).collect();
    Ok(Answer::json(ask.operation.success, page::records(ask, list, rows)?))
}

/// What a field shows that nobody has sent; nothing where there is no empty value of its kind.
fn unsent(field: &Field) -> Option<Value> {
    match field.kind {
        Kind::Boolean => Some((field.default.as_deref() == Some("true")).into()),
        Kind::Array => Some(Value::Array(Vec::new())),
        Kind::String if field.format.is_none() && field.choices.is_empty() => Some(Value::from("")),
        _ => None,
    }
}

/// Days are a list, a text or one number, by operation.
fn recurrence(ask: &Ask<'_>, path: &str, inner: &Row) -> Value {
    let told = |name: &String, value: &Value| {
        let kind = ask.operation.field(Place::Answer, &format!("{path}.{name}")).map(|field| field.kind);
        match (kind, value) {
            (Some(Kind::String), Value::Array(days)) => {
                days.iter().map(Value::to_string).collect::<Vec<_>>().join(",").into()
            }
            (Some(Kind::Integer), Value::Array(days)) => days.first().cloned().unwrap_or_default(),
            _ => value.clone(),
        }
    };
    inner.iter().map(|(name, value)| (name.clone(), told(name, value))).collect::<Map<_, _>>().into()
}

/// Lays a body over a row: objects member by member, everything else replaced.
pub(super) fn lay(row: &mut Row, body: &Row) {
    for (name, value) in body {
        match (row.get_mut(name), value) {
            (Some(Value::Object(under)), Value::Object(over)) => lay(under, over),
            _ => drop(row.insert(name.clone(), value.clone())),
        }
    }
}
