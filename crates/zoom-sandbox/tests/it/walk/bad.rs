//! Values that Zoom does not take: of the wrong type, not among the choices, beyond the bounds.

use serde_json::{Value, json};
use zoom_spec::{Field, Kind};

/// Bad values of a field of the body; `good` is what was sent when it was taken.
pub(super) fn in_body(field: &Field, good: Option<&Value>) -> Vec<Value> {
    let mut values = match field.kind {
        Kind::Any => Vec::new(),
        Kind::String => vec![json!([["odd"]]), json!({ "odd": 1 })],
        Kind::Integer | Kind::Number => vec![json!("many"), json!([1])],
        Kind::Boolean => vec![json!("perhaps"), json!({})],
        Kind::Object | Kind::Array => vec![json!("odd"), json!(7)],
    };
    if field.kind == Kind::Integer {
        values.push(json!(1.5));
    }
    if field.kind == Kind::Array {
        values.extend(items(field, good));
    }
    values.extend(beyond(field).into_iter().map(|text| match field.kind {
        Kind::Integer | Kind::Number => json!(text.parse::<i64>().unwrap()),
        _ => json!(text),
    }));
    if field.required {
        values.push(Value::Null);
    }
    values
}

/// Bad values of a parameter of the query. A `page_size` beyond the maximum is the maximum.
pub(super) fn in_query(field: &Field) -> Vec<String> {
    let mut values = match field.kind {
        Kind::Integer | Kind::Number => vec!["many".to_owned()],
        Kind::Boolean => vec!["perhaps".to_owned()],
        _ => Vec::new(),
    };
    let is_lenient =
        |text: &String| &*field.path == "page_size" && text.parse() == field.max.map_or(Ok(0), |max| Ok(max + 1));
    values.extend(beyond(field).into_iter().filter(|text| !is_lenient(text)));
    values
}

fn items(field: &Field, good: Option<&Value>) -> Vec<Value> {
    let mut lists = Vec::new();
    match field.items {
        Some(Kind::Object) => lists.push(json!(["odd"])),
        Some(Kind::String) => lists.push(json!([{ "odd": 1 }])),
        Some(Kind::Integer | Kind::Number) => lists.push(json!(["many"])),
        _ => {}
    }
    if !field.choices.is_empty() {
        lists.push(json!(["none-of-these"]));
    }
    let one = good.and_then(|list| list.get(0)).cloned().unwrap_or_else(|| json!("one"));
    let of = |count: i64| Value::from(vec![one.clone(); usize::try_from(count).unwrap()]);
    lists.extend(field.max.filter(|max| *max < 1000).map(|max| of(max + 1)));
    lists.extend(field.min.filter(|min| *min > 0).map(|min| of(min - 1)));
    lists
}

/// Values of the right type that are none of the choices, or beyond the bounds, or not of the format.
fn beyond(field: &Field) -> Vec<String> {
    let mut values = Vec::new();
    match field.kind {
        Kind::Integer | Kind::Number => {
            values.extend(field.max.map(|max| (max + 1).to_string()));
            values.extend(field.min.map(|min| (min - 1).to_string()));
            if !field.choices.is_empty() {
                values.push("987654".to_owned());
            }
        }
        Kind::String => {
            values.extend(field.max.map(|max| "x".repeat(usize::try_from(max + 1).unwrap())));
            values.extend(field.min.filter(|min| *min > 0).map(|min| "x".repeat(usize::try_from(min - 1).unwrap())));
            if !field.choices.is_empty() {
                values.push("none-of-these".to_owned());
            }
            if matches!(field.format.as_deref(), Some("email" | "date" | "date-time")) {
                values.push("yesterday".to_owned());
            }
        }
        _ => {}
    }
    // The empty text counts as not sent.
    values.retain(|text| !text.is_empty());
    values
}
