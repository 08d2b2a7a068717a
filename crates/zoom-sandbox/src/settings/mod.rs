//! The settings documents of accounts and users: which fields they have, what those are called, what they begin as.
//!
//! Zoom's table is the only list of fields. Everything here goes by *paths* such as `schedule_meeting.host_video`.

mod countries;
mod defaults;
mod names;
mod passcode;
mod shape;

use serde_json::{Map, Value};

pub(crate) use self::{
    countries::COUNTRIES,
    defaults::{REGIONS, default, initial},
    names::{canonical, covers},
    passcode::Requirement,
    shape::{Shape, Shown, fields, shapes},
};

/// Puts a value at a path, making the objects on the way.
pub(crate) fn put_at(members: &mut Map<String, Value>, path: &str, value: Value) {
    let Some((step, rest)) = path.split_once('.') else {
        members.insert(path.to_owned(), value);
        return;
    };
    let inner = members.entry(step).or_insert_with(|| Map::new().into());
    if let Value::Object(inner) = inner {
        put_at(inner, rest, value);
    }
}

/// Every value of a document that is no object itself, with its path; lists are one value.
pub(crate) fn leaves(members: &Map<String, Value>) -> Vec<(String, Value)> {
    fn walk(members: &Map<String, Value>, at: &str, found: &mut Vec<(String, Value)>) {
        for (name, value) in members {
            let path = format!("{at}{name}");
            match value {
                Value::Object(inner) => walk(inner, &format!("{path}."), found),
                other => found.push((path, other.clone())),
            }
        }
    }
    let mut found = Vec::new();
    walk(members, "", &mut found);
    found
}

/// The parts of a document whose members are called by one of the names: that member whole, wherever it is.
pub(crate) fn only(members: &Map<String, Value>, names: &[&str]) -> Map<String, Value> {
    let kept = members.iter().filter_map(|(name, value)| {
        if names.contains(&name.as_str()) {
            return Some((name.clone(), value.clone()));
        }
        let inner = only(value.as_object()?, names);
        (!inner.is_empty()).then(|| (name.clone(), inner.into()))
    });
    kept.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_document_is_taken_apart_and_put_together_again() {
        let document = json!({ "a": { "b": { "c": 1 }, "d": [{ "e": 2 }] }, "f": "" });
        let leaves = leaves(document.as_object().unwrap());
        let paths: Vec<&str> = leaves.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, ["a.b.c", "a.d", "f"]);
        let mut again = Map::new();
        for (path, value) in &leaves {
            put_at(&mut again, path, value.clone());
        }
        assert_eq!(Value::from(again), document);
    }

    #[test]
    fn a_name_chooses_a_member_at_any_depth() {
        let document = json!({ "a": { "host_video": true, "other": 1 }, "b": { "c": { "x": 1 } }, "d": {} });
        let kept = only(document.as_object().unwrap(), &["host_video", "c"]);
        assert_eq!(Value::from(kept), json!({ "a": { "host_video": true }, "b": { "c": { "x": 1 } } }));
    }
}
