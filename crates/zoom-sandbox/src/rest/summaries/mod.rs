//! Meeting summaries: read, listed and deleted, and the forms they can have.

mod delete;
mod find;
mod list;
mod read;

use serde_json::{Value, json};

use super::{Ask, Behaviour};
use crate::{
    answer::{Answer, Refusal},
    world::TEMPLATES,
};

/// What the sandbox does with summaries.
pub(super) const BEHAVIOURS: &[(&str, Behaviour)] = &[
    ("Getameetingsummary", read::answer),
    ("Listmeetingsummaries", list::answer),
    ("Deletemeetingorwebinarsummary", delete::answer),
    ("Getmeetingsummarytemplates", templates),
];

/// `GET /users/{userId}/meeting_summary_templates`.
fn templates(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    ask.user()?;
    let row = |one: &crate::world::Template| json!({ "meeting_summary_template_id": one.id, "name": one.name, "description": one.about });
    Ok(Answer::json(ask.operation.success, TEMPLATES.iter().map(row).collect::<Vec<Value>>()))
}
