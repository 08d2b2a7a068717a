//! A settings document in an answer: the fields of the table, each with what holds for it.

use serde_json::{Map, Value};

use super::super::Ask;
use crate::{
    answer::Answer,
    settings::{REGIONS, Shape, Shown, fields, only, put_at, shapes},
};

/// The answer with every setting of the shape that was asked for; those of which `holds` gives nothing are left out.
pub(super) fn answer(ask: &Ask<'_>, holds: impl Fn(&Shown) -> Option<Value>) -> Answer {
    let mut document = Map::new();
    for one in fields(ask.operation, &asked(ask)) {
        if let Some(value) = holds(&one) {
            put_at(&mut document, &one.place, value);
        }
    }
    if let Some(names) = ask.query("custom_query_fields") {
        let names: Vec<&str> = names.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        document = only(&document, &names);
    }
    Answer::json(ask.operation.success, document)
}

/// The shapes that the request means.
pub(super) fn asked(ask: &Ask<'_>) -> Vec<Shape> {
    shapes(ask.operation.id, ask.query("option"))
}

/// A setting that follows from others; `holds` finds those.
pub(super) fn derived(path: &str, holds: impl Fn(&str) -> Value) -> Option<Value> {
    if path != "in_meeting.unchecked_data_center_regions" {
        return None;
    }
    let chosen = holds("in_meeting.data_center_regions");
    let is_chosen = |region: &str| chosen.as_array().is_some_and(|list| list.iter().any(|one| one == region));
    Some(REGIONS.into_iter().filter(|region| !is_chosen(region)).collect())
}
