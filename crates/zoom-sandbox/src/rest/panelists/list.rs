//! `GET /webinars/{webinarId}/panelists`.

use serde_json::{Map, Value, json};

use super::super::{Ask, meetings::held};
use crate::{
    answer::{Answer, Refusal},
    wire::{personal_link, put},
    world::{Kind, Meeting, Panelist},
};

pub(super) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let webinar = held(ask, Kind::Webinar)?;
    let panel = ask.app.world.read(|state| state.panels.get(&webinar.number).cloned()).unwrap_or_default();
    let rows: Vec<_> = panel.iter().map(|panelist| row(panelist, &webinar, &ask.app.base)).collect();
    Ok(Answer::json(ask.operation.success, json!({ "total_records": rows.len(), "panelists": rows })))
}

fn row(panelist: &Panelist, webinar: &Meeting, base: &str) -> Map<String, Value> {
    let mut row = panelist.facts.clone();
    put(&mut row, "id", panelist.id.as_str());
    put(&mut row, "email", panelist.email.as_str());
    put(&mut row, "join_url", personal_link(webinar, &panelist.token, base));
    row
}
