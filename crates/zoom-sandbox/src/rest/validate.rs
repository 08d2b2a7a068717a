//! Checks a query and a body against the fields that Zoom documents: types, bounds, choices, what is required.
//!
//! Zoom reads leniently what PHP and form-based clients send (`"60"` for 60, `"true"` for true), so does this; what
//! Zoom does not know it ignores. Both are noted for the log.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use zoom_spec::{Field, Kind, Operation, Place};

use crate::{
    answer::{FieldError, Refusal},
    settings::Shape,
};

/// Checks the query; a page size beyond the maximum becomes the maximum, as at Zoom.
pub(crate) fn query(
    operation: &Operation,
    query: &mut [(String, String)],
    notes: &mut Vec<String>,
) -> Result<(), Refusal> {
    let mut errors = required(operation, query)?;
    for (name, value) in query.iter_mut().filter(|(_, value)| !value.is_empty()) {
        let Some(field) = operation.field(Place::Query, name) else {
            notes.push(format!("Ignored the query parameter {name}: Zoom's documents do not name it."));
            continue;
        };
        if let ("page_size", Some(max), Ok(size)) = (name.as_str(), field.max, value.parse::<i64>())
            && size > max
        {
            notes.push(format!("page_size {size} is more than Zoom gives; read as {max}."));
            *value = max.to_string();
        }
        if let Some(day) = day_of(field, value) {
            notes.push(format!("Read {name} as the day {day}: Zoom's documents want no time of day."));
            *value = day;
        }
        // The table has no least size and no first page, and users count pages by a text.
        let is_of_page = matches!(name.as_str(), "page_size" | "page_number");
        let is_no_page = is_of_page && !value.parse::<i64>().is_ok_and(|count| count >= 1);
        if is_no_page || check(field, &Value::from(value.as_str())).is_err() {
            errors.push(FieldError::invalid(name.as_str()));
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors)) }
}

/// The parameters that must be in the query and are not. A few operations refuse that in words of their own.
fn required(operation: &Operation, query: &[(String, String)]) -> Result<Vec<FieldError>, Refusal> {
    let is_sent = |field: &&Field| {
        query.iter().rev().find(|(name, _)| *name == *field.path).is_some_and(|(_, value)| !value.is_empty())
    };
    let needed = operation.sent().filter(|field| field.place == Place::Query && field.required);
    let missing: Vec<&Field> = needed.filter(|field| !is_sent(field)).collect();
    for field in &missing {
        let words = format!("{} is required", field.path.replace('_', " "));
        let says_so = |message: &str| message.trim_end_matches('.').eq_ignore_ascii_case(&words);
        if let Some(own) = operation.errors().iter().find(|error| says_so(&error.message)) {
            return Err(Refusal::new(own.status, own.code, &*own.message));
        }
    }
    Ok(missing.into_iter().map(|field| FieldError::invalid(&*field.path)).collect())
}

/// The day of an instant that was sent where a day is asked for, as zoomus does with reports.
fn day_of(field: &Field, value: &str) -> Option<String> {
    let is_day = field.format.as_deref() == Some("date");
    let (day, _) = value.split_once('T').filter(|_| is_day && value.parse::<clock::Timestamp>().is_ok())?;
    Some(day.to_owned())
}

/// Checks the body, drops what Zoom does not know or what is null, and turns leniently read values into what they mean.
/// Of the alternatives that the table offers for a body, those in `shapes` are meant.
pub(crate) fn body(
    operation: &Operation,
    shapes: &[Shape],
    body: &mut Map<String, Value>,
    notes: &mut Vec<String>,
) -> Result<(), Refusal> {
    let of_body = operation.fields().iter().filter(|field| field.place == Place::Body);
    let fields: Vec<(&str, &Field)> = of_body.filter_map(|field| Some((within(shapes, field)?, field))).collect();
    let known: BTreeSet<&str> = fields.iter().map(|(path, _)| *path).collect();
    let open: BTreeSet<&str> =
        fields.iter().filter(|(path, field)| is_open(path, field, &known)).map(|(path, _)| *path).collect();
    say_it_as_today(operation, body, notes);
    keep_known(body, "", &known, &open, notes);
    let mut errors = Vec::new();
    for (path, field) in fields {
        let path: Vec<&str> = path.split('.').collect();
        visit(body, &path, field, "", &mut errors, notes);
    }
    errors.dedup();
    if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors)) }
}

/// The path of a field in the body, unless it belongs to an alternative that is not meant.
fn within<'a>(shapes: &[Shape], field: &'a Field) -> Option<&'a str> {
    if field.path.starts_with('<') {
        return shapes.iter().find_map(|shape| shape.within(&field.path));
    }
    Some(&field.path)
}

/// Words of older documents that clients still send: the operation, the word then, the word today.
const OLDER_WORDS: [(&str, &str, &str); 1] = [("webinarStatus", "status", "action")];

fn say_it_as_today(operation: &Operation, body: &mut Map<String, Value>, notes: &mut Vec<String>) {
    for (_, then, today) in OLDER_WORDS.iter().filter(|(id, ..)| *id == operation.id) {
        if !body.contains_key(*today)
            && let Some(value) = body.remove(*then)
        {
            notes.push(format!("Read {then} as {today}: older documents call it so."));
            body.insert((*today).to_owned(), value);
        }
    }
}

/// An object or array whose members the table does not list: anything may be in it.
fn is_open(path: &str, field: &Field, known: &BTreeSet<&str>) -> bool {
    let inside = [format!("{path}."), format!("{path}[].")];
    matches!(field.kind, Kind::Object | Kind::Array | Kind::Any)
        && !known.iter().any(|path| inside.iter().any(|start| path.starts_with(start.as_str())))
}

fn keep_known(
    members: &mut Map<String, Value>,
    at: &str,
    known: &BTreeSet<&str>,
    open: &BTreeSet<&str>,
    notes: &mut Vec<String>,
) {
    members.retain(|name, value| {
        let path = format!("{at}{name}");
        if !known.contains(path.as_str()) {
            notes.push(format!("Ignored the field {path}: Zoom's documents do not name it."));
            return false;
        }
        match value {
            _ if open.contains(path.as_str()) => {}
            Value::Object(inner) => keep_known(inner, &format!("{path}."), known, open, notes),
            Value::Array(items) => {
                for inner in items.iter_mut().filter_map(Value::as_object_mut) {
                    keep_known(inner, &format!("{path}[]."), known, open, notes);
                }
            }
            _ => {}
        }
        !value.is_null()
    });
}

/// Goes down `path` and checks what is there.
fn visit(
    members: &mut Map<String, Value>,
    path: &[&str],
    field: &Field,
    at: &str,
    errors: &mut Vec<FieldError>,
    notes: &mut Vec<String>,
) {
    let Some((step, rest)) = path.split_first() else { return };
    let name = step.strip_suffix("[]").unwrap_or(step);
    let here = if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
    if rest.is_empty() {
        match members.get(name).map(|value| check(field, value)) {
            Some(Ok(Some(meant))) => {
                notes.push(format!("Read {here} leniently: it should be of type {}.", field.kind));
                members.insert(name.to_owned(), meant);
            }
            Some(Ok(None)) => {}
            None if !field.required => {}
            Some(Err(())) | None => errors.push(FieldError::invalid(here)),
        }
        return;
    }
    match members.get_mut(name) {
        Some(Value::Object(inner)) => visit(inner, rest, field, &here, errors, notes),
        Some(Value::Array(items)) => {
            for (index, inner) in items.iter_mut().enumerate() {
                if let Some(inner) = inner.as_object_mut() {
                    visit(inner, rest, field, &format!("{here}[{index}]"), errors, notes);
                }
            }
        }
        _ => {}
    }
}

/// Whether a value will do, and what it means where it was written as another type.
fn check(field: &Field, value: &Value) -> Result<Option<Value>, ()> {
    let meant = lenient(field.kind, value)?;
    let read = meant.as_ref().unwrap_or(value);
    let size = match read {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => i64::try_from(text.chars().count()).ok(),
        Value::Array(items) => i64::try_from(items.len()).ok(),
        _ => None,
    };
    let out_of_bounds =
        size.is_some_and(|size| field.min.is_some_and(|min| size < min) || field.max.is_some_and(|max| size > max));
    let has_wrong_items = match (field.items, read) {
        (Some(kind), Value::Array(items)) => items.iter().any(|item| lenient(kind, item).is_err()),
        _ => false,
    };
    if out_of_bounds || has_wrong_items || !is_choice(field, read) || !has_format(field, read) {
        Err(())
    } else {
        Ok(meant)
    }
}

fn lenient(kind: Kind, value: &Value) -> Result<Option<Value>, ()> {
    match (kind, value) {
        (Kind::Any, _)
        | (Kind::String, Value::String(_))
        | (Kind::Boolean, Value::Bool(_))
        | (Kind::Object, Value::Object(_))
        | (Kind::Array, Value::Array(_))
        | (Kind::Number, Value::Number(_)) => Ok(None),
        (Kind::Integer, Value::Number(number)) if number.is_i64() => Ok(None),
        (Kind::String, Value::Number(number)) => Ok(Some(Value::from(number.to_string()))),
        (Kind::Integer, Value::String(text)) => text.trim().parse::<i64>().map(|n| Some(Value::from(n))).map_err(drop),
        (Kind::Number, Value::String(text)) => text.trim().parse::<f64>().map(|n| Some(Value::from(n))).map_err(drop),
        (Kind::Boolean, Value::String(text)) => match text.to_ascii_lowercase().as_str() {
            "true" | "1" => Ok(Some(Value::from(true))),
            "false" | "0" | "" => Ok(Some(Value::from(false))),
            _ => Err(()),
        },
        (Kind::Boolean, Value::Number(number)) => match number.as_i64() {
            Some(0) => Ok(Some(Value::from(false))),
            Some(1) => Ok(Some(Value::from(true))),
            _ => Err(()),
        },
        _ => Err(()),
    }
}

fn is_choice(field: &Field, value: &Value) -> bool {
    // A webinar may be sent with a meeting's type: the create and update operations read it as the webinar type.
    if field.choices.is_empty()
        || field.path.as_ref() == "type" && field.place == Place::Body && matches!(value, Value::Number(_))
    {
        return true;
    }
    let is_listed = |text: &str| field.choices.iter().any(|choice| &**choice == text);
    let is_one = |item: &Value| match item {
        Value::String(text) => is_listed(text),
        Value::Number(number) => is_listed(&number.to_string()),
        _ => true,
    };
    match value {
        Value::String(text) if &*field.path == "recurrence.weekly_days" => {
            text.split(',').all(|day| is_listed(day.trim()))
        }
        Value::Bool(flag) => is_listed(if *flag { "true" } else { "false" }),
        Value::Array(items) => items.iter().all(is_one),
        one => is_one(one),
    }
}

fn has_format(field: &Field, value: &Value) -> bool {
    match (field.format.as_deref(), value) {
        (Some("email"), Value::String(text)) => {
            text.is_empty() || text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
        }
        (Some("date-time"), Value::String(text)) => {
            let is_local = || text.contains('T') && text.parse::<jiff::civil::DateTime>().is_ok();
            text.is_empty() || text.parse::<jiff::Timestamp>().is_ok() || is_local()
        }
        (Some("date"), Value::String(text)) => text.parse::<jiff::civil::Date>().is_ok(),
        _ => true,
    }
}
