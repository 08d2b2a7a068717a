//! The shape of an answer: which members it has, of which types. No value is ever in it.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use zoom_spec::{Field, Kind, Operation, Place};

/// Members by path (`settings.waiting_room`, `occurrences[].duration`) with the JSON types they were seen with.
pub type Shape = BTreeMap<String, Vec<&'static str>>;

/// Something in which an answer is not what Zoom's documents say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Difference {
    /// A member that is documented nowhere.
    Unknown {
        /// Where.
        path: String,
    },
    /// A member that must be there and is not.
    Missing {
        /// Where.
        path: String,
    },
    /// A member of another type.
    OtherType {
        /// Where.
        path: String,
        /// What the documents say.
        documented: &'static str,
        /// What came.
        found: &'static str,
    },
    /// A text or number that is none of the documented ones. Which one it is, is not told.
    NoChoice {
        /// Where.
        path: String,
    },
}

/// The shape of an answer of `operation`.
pub fn shape_of(operation: &Operation, answer: &Value) -> Shape {
    let (mut shape, documented) = (Shape::new(), documented(operation));
    walk(answer, "", &documented, &mut |path, value| {
        let kinds: &mut Vec<&'static str> = shape.entry(path.to_owned()).or_default();
        let kind = kind_of(value);
        if !kinds.contains(&kind) {
            kinds.push(kind);
            kinds.sort_unstable();
        }
    });
    shape
}

/// In what an answer of `operation` differs from the documents, sorted.
pub fn differences(operation: &Operation, answer: &Value) -> Vec<Difference> {
    let documented = documented(operation);
    let mut found = Vec::new();
    walk(answer, "", &documented, &mut |path, value| match documented.get(path) {
        // Below a member that is any object, nothing is documented.
        None if is_open(&documented, path) => {}
        None => found.push(Difference::Unknown { path: path.to_owned() }),
        Some(fields) => found.extend(other_value(path, fields, value)),
    });
    for (path, fields) in &documented {
        // What only one of several shapes wants may be missing.
        if fields.iter().all(|field| field.required) && !alternatives(operation) && is_lacking(answer, path) {
            found.push(Difference::Missing { path: path.clone() });
        }
    }
    found.sort();
    found.dedup();
    found
}

type Documented<'a> = BTreeMap<String, Vec<&'a Field>>;

/// The documented members by path; where the documents offer alternative shapes, a member may be there several times.
fn documented(operation: &Operation) -> Documented<'_> {
    let mut all = Documented::new();
    for field in operation.fields().iter().filter(|field| field.place == Place::Answer) {
        all.entry(plain(&field.path)).or_default().push(field);
    }
    all
}

/// A documented path without the names of alternatives, which stand in angle brackets and may hold full stops.
fn plain(path: &str) -> String {
    let (mut rest, mut out) = (path, String::new());
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let after = after.split_once('>').map_or("", |(_, after)| after);
        rest = after.strip_prefix('.').unwrap_or(after);
    }
    out.push_str(rest);
    out
}

fn alternatives(operation: &Operation) -> bool {
    operation.fields().iter().any(|field| field.place == Place::Answer && field.path.contains('<'))
}

/// Whether the nearest documented member above `path` is an object or a list of which no member is documented.
fn is_open(documented: &Documented<'_>, path: &str) -> bool {
    let mut above = path;
    while let Some(at) = above.rfind(['.', '[']) {
        above = above.get(..at).unwrap_or("");
        if documented.contains_key(above) {
            let (member, item) = (format!("{above}."), format!("{above}[]"));
            return !documented.keys().any(|known| known.starts_with(&member) || known.starts_with(&item));
        }
    }
    false
}

fn other_value(path: &str, fields: &[&Field], value: &Value) -> Option<Difference> {
    // An absent value is often written as null or as nothing.
    if value.is_null() || value.as_str() == Some("") {
        return None;
    }
    if !fields.iter().any(|field| fits(field.kind, value)) {
        let documented = fields.first()?.kind.as_str();
        return Some(Difference::OtherType { path: path.to_owned(), documented, found: kind_of(value) });
    }
    let spelt = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let free = |field: &&&Field| field.choices.is_empty() || field.choices.iter().any(|choice| **choice == *spelt);
    fields.iter().find(free).is_none().then(|| Difference::NoChoice { path: path.to_owned() })
}

fn fits(kind: Kind, value: &Value) -> bool {
    match kind {
        Kind::Any => true,
        Kind::String => value.is_string(),
        Kind::Integer => value.is_i64() || value.is_u64(),
        Kind::Number => value.is_number(),
        Kind::Boolean => value.is_boolean(),
        Kind::Object => value.is_object(),
        Kind::Array => value.is_array(),
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Whether every object that should hold the member at `path` is there and lacks it.
fn is_lacking(answer: &Value, path: &str) -> bool {
    fn lacks(value: &Value, path: &str) -> bool {
        let (head, rest) = path.split_once('.').map_or((path, None), |(head, rest)| (head, Some(rest)));
        let (name, list) = head.strip_suffix("[]").map_or((head, false), |name| (name, true));
        let Some(object) = value.as_object() else { return false };
        let Some(member) = object.get(name) else { return rest.is_none() };
        match (rest, list) {
            (None, _) => false,
            (Some(rest), false) => lacks(member, rest),
            (Some(rest), true) => member.as_array().is_some_and(|items| items.iter().any(|item| lacks(item, rest))),
        }
    }
    lacks(answer, path)
}

/// Visits every member. A name that is neither documented nor Zoom's kind of name may be somebody's (of a map by names or
/// ids): it becomes `*`.
fn walk(value: &Value, path: &str, documented: &Documented<'_>, visit: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(object) => {
            for (name, member) in object {
                let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
                let named = below(name);
                let path = if documented.contains_key(&named) || is_plain(name) { named } else { below("*") };
                visit(&path, member);
                walk(member, &path, documented, visit);
            }
        }
        Value::Array(items) => {
            let path = format!("{path}[]");
            for item in items {
                walk(item, &path, documented, visit);
            }
        }
        _ => {}
    }
}

/// Lower-case words, and no row of digits: no id, address or name of anybody looks so.
fn is_plain(name: &str) -> bool {
    let letters = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    let number = name.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() > 2);
    name.len() <= 60
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(letters)
        && !number
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(id: &str, answer: &Value) -> Vec<Difference> {
        differences(zoom_spec::operation(id).unwrap(), answer)
    }

    #[test]
    fn what_is_documented_is_no_difference() {
        let meeting =
            json!({ "id": 1, "topic": "t", "type": 2, "settings": { "waiting_room": true }, "occurrences": [] });
        assert_eq!(of("meeting", &meeting), []);
    }

    #[test]
    fn an_unknown_member_another_type_and_no_choice_are_told_without_their_values() {
        let answer = json!({ "id": 1, "type": 99, "topic": 7, "canary_member": "canary value", "settings": { "waiting_room": "canary" } });
        let told = of("meeting", &answer);
        let text = serde_json::to_string(&told).unwrap();
        assert!(told.contains(&Difference::Unknown { path: "canary_member".into() }), "{told:?}");
        assert!(told.contains(&Difference::OtherType { path: "topic".into(), documented: "string", found: "integer" }));
        assert!(told.contains(&Difference::NoChoice { path: "type".into() }), "{told:?}");
        assert!(!text.contains("canary value") && !text.contains("\"canary\""), "{text}");
    }

    #[test]
    fn names_that_may_be_somebodys_are_not_told() {
        let answer = json!({ "ada@example.org": { "a": 1 }, "KdYKjnimT4KPd8FFgQt9FQ": 1, "u12345": 1, "topic": "x", "dynamic_host_key": 1 });
        let shape = shape_of(zoom_spec::operation("meeting").unwrap(), &answer);
        assert_eq!(shape.keys().collect::<Vec<_>>(), ["*", "*.a", "dynamic_host_key", "topic"]);
    }
}
