//! A meeting summary's JSON.

use serde_json::{Map, Value, json};

use super::{instant, put};
use crate::world::Summary;

/// What lists, answers and webhooks say of it.
pub(crate) fn summary(summary: &Summary, host_email: &str) -> Map<String, Value> {
    let mut members = Map::new();
    put(&mut members, "meeting_host_id", summary.host_id.as_str());
    put(&mut members, "meeting_host_email", host_email);
    put(&mut members, "meeting_uuid", summary.uuid.as_str());
    put(&mut members, "meeting_id", summary.number);
    put(&mut members, "meeting_topic", summary.topic.as_str());
    for (name, at) in [
        ("meeting_start_time", summary.began),
        ("meeting_end_time", summary.ended),
        ("summary_start_time", summary.began),
        ("summary_end_time", summary.ended),
        ("summary_created_time", summary.ready_at()),
        ("summary_last_modified_time", summary.ready_at()),
    ] {
        put(&mut members, name, instant(at));
    }
    members
}

/// Its title and its words.
pub(crate) fn summary_text(summary: &Summary, base: &str) -> Map<String, Value> {
    let mut members = Map::new();
    let detail = |(label, text): &(String, String)| json!({ "label": label, "summary": text });
    put(&mut members, "summary_title", format!("Summary of {}", summary.topic));
    put(&mut members, "summary_overview", summary.overview.as_str());
    put(&mut members, "summary_details", summary.details.iter().map(detail).collect::<Vec<Value>>());
    put(&mut members, "next_steps", summary.next_steps.clone());
    put(&mut members, "summary_content", summary.content());
    put(&mut members, "summary_doc_url", format!("{base}/doc/{}", summary.key));
    members
}
