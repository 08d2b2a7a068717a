//! An answer held against Zoom's table: types, choices, what is required, and how much of Zoom's example is there.

use std::collections::{BTreeMap, BTreeSet};

use clock::Timestamp;
use serde_json::Value;
use zoom_spec::{Field, Kind, Operation, Place};

/// What the answers of one operation have shown so far.
pub(super) struct Shown {
    known: BTreeMap<String, Vec<&'static Field>>,
    seen: BTreeSet<String>,
    pub(super) wrong: BTreeSet<String>,
}

/// A path without the names of the alternatives it belongs to.
fn bare(field: &Field) -> &str {
    let mut path = &*field.path;
    while let Some((_, rest)) = path.split_once(">.").filter(|_| path.starts_with('<')) {
        path = rest;
    }
    path
}

impl Shown {
    pub(super) fn new(operation: &'static Operation) -> Self {
        let mut known: BTreeMap<String, Vec<&Field>> = BTreeMap::new();
        for field in operation.fields().iter().filter(|field| field.place == Place::Answer) {
            known.entry(bare(field).to_owned()).or_default().push(field);
        }
        Self { known, seen: BTreeSet::new(), wrong: BTreeSet::new() }
    }

    /// Looks through an answer, or a part of it that stands at `path`.
    pub(super) fn look(&mut self, value: &Value, path: &str) {
        match value {
            Value::Object(members) => {
                let inside = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
                for (name, fields) in &self.known {
                    let is_member = match name.rsplit_once('.') {
                        Some((parent, _)) => parent == path,
                        None => path.is_empty(),
                    };
                    let needed = fields.iter().any(|field| field.required && !field.path.starts_with('<'));
                    let last = name.rsplit('.').next().unwrap();
                    if is_member && needed && !members.contains_key(last) {
                        self.wrong.insert(format!("lacks {name}, which is required"));
                    }
                }
                for (name, member) in members {
                    self.member(&inside(name), member);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.look(item, &format!("{path}[]"))),
            _ => {}
        }
    }

    fn member(&mut self, path: &str, value: &Value) {
        let Some(fields) = self.known.get(path) else {
            // Of some operations Zoom documents no answer at all.
            if !self.known.is_empty() && !self.is_open(path) {
                self.wrong.insert(format!("has {path}, which Zoom does not document"));
            }
            return;
        };
        if !fields.iter().any(|field| fits(field, value)) {
            self.wrong.insert(format!("{path} is {value}"));
        }
        self.seen.insert(path.to_owned());
        self.look(value, path);
    }

    /// Whether the table names no member of what this stands in.
    fn is_open(&self, path: &str) -> bool {
        path.rsplit_once('.').is_some_and(|(parent, _)| {
            let start = format!("{parent}.");
            !self.known.keys().any(|known| known.starts_with(&start))
        })
    }

    /// How many fields of Zoom's example there were, of how many, and those that lacked.
    pub(super) fn share(&self) -> (usize, usize, Vec<&str>) {
        let example: Vec<&str> = self
            .known
            .iter()
            .filter(|(_, fields)| fields.iter().any(|field| field.shown))
            .map(|(path, _)| path.as_str())
            .collect();
        let lacks: Vec<&str> = example.iter().copied().filter(|path| !self.seen.contains(*path)).collect();
        (example.len() - lacks.len(), example.len(), lacks)
    }
}

fn fits(field: &Field, value: &Value) -> bool {
    let is_listed = |text: &str| field.choices.is_empty() || field.choices.iter().any(|choice| &**choice == text);
    match (field.kind, value) {
        (Kind::String, Value::String(text)) => {
            is_listed(text)
                && (field.format.as_deref() != Some("date-time")
                    || text.is_empty()
                    || text.parse::<Timestamp>().is_ok())
        }
        (Kind::Integer, Value::Number(number)) => number.is_i64() && is_listed(&number.to_string()),
        (Kind::Number, Value::Number(number)) => is_listed(&number.to_string()),
        (Kind::Any, _) | (Kind::Boolean, Value::Bool(_)) | (Kind::Object, Value::Object(_)) => true,
        (Kind::Array, Value::Array(items)) => items.iter().all(|item| {
            let right = match field.items {
                Some(Kind::String) => item.is_string(),
                Some(Kind::Integer) => item.is_i64(),
                Some(Kind::Number) => item.is_number(),
                Some(Kind::Boolean) => item.is_boolean(),
                Some(Kind::Object) => item.is_object(),
                Some(Kind::Array) => item.is_array(),
                Some(Kind::Any) | None => true,
            };
            right && item.as_str().is_none_or(is_listed)
        }),
        _ => false,
    }
}
