//! `GET /webinars/{webinarId}/tracking_sources`: where registrants say they came from.
//!
//! Zoom has no call that makes a source; here the `source_id` of a registration is one.

use std::collections::BTreeMap;

use serde_json::json;

use super::{
    super::{Ask, meetings::held},
    open::registration,
};
use crate::{
    answer::{Answer, Refusal},
    wire::{put, tracking_source},
    world::Kind,
};

pub(super) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let webinar = held(ask, Kind::Webinar)?;
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for one in registration(ask, &webinar).registrants {
        let source = one.answer("source_id");
        if !source.is_empty() {
            *counts.entry(source.to_owned()).or_default() += 1;
        }
    }
    let row = |(source, count): (&String, &u64)| {
        let mut row = tracking_source(&webinar, source, &ask.app.base);
        put(&mut row, "registration_count", *count);
        put(&mut row, "visitor_count", *count);
        row
    };
    let rows: Vec<_> = counts.iter().map(row).collect();
    Ok(Answer::json(ask.operation.success, json!({ "total_records": rows.len(), "tracking_sources": rows })))
}
