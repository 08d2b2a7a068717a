//! `POST /webinars/{webinarId}/panelists`: all that are sent or none.

use serde_json::{Value, json};

use super::super::{Ask, meetings::held, words::worded};
use crate::{
    answer::{Answer, FieldError, Refusal},
    wire,
    world::{Kind, Panelist, opaque},
};

/// How many a panel has at most, beside the host.
const MOST: usize = 100;

pub(super) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let webinar = held(ask, Kind::Webinar)?;
    let sent = ask.body.get("panelists").and_then(Value::as_array).cloned().unwrap_or_default();
    check(&sent)?;
    ask.change(|change| {
        let panel = change.state.panels.entry(webinar.number).or_default();
        for facts in sent.iter().filter_map(Value::as_object) {
            let email = facts.get("email").and_then(Value::as_str).unwrap_or_default().trim().to_lowercase();
            let mut facts = facts.clone();
            facts.remove("email");
            if let Some(known) = panel.iter_mut().find(|panelist| panelist.email == email) {
                known.facts.extend(facts);
                continue;
            }
            let (id, token) = (opaque(change.entropy, 22), opaque(change.entropy, 43));
            panel.push(Panelist { id, email, facts, token });
        }
        if panel.len() <= MOST {
            return Ok(());
        }
        let message = "You have reached the limit for the number of panelists you can add. Contact Zoom Support for \
                       more information.";
        Err(worded(ask, "You have reached the limit", "").unwrap_or_else(|| Refusal::new(400, 3000, message)))
    })?;
    let body = json!({ "id": webinar.number.to_string(), "updated_at": wire::instant(ask.now) });
    Ok(Answer::json(ask.operation.success, body))
}

/// Each needs a name and an address.
fn check(sent: &[Value]) -> Result<(), Refusal> {
    if sent.is_empty() {
        return Err(Refusal::field("panelists"));
    }
    let is_empty = |one: &Value, name: &str| one.get(name).and_then(Value::as_str).is_none_or(|t| t.trim().is_empty());
    let mut wrong = Vec::new();
    for (index, one) in sent.iter().enumerate() {
        for name in ["name", "email"].into_iter().filter(|name| is_empty(one, name)) {
            wrong.push(FieldError::invalid(format!("panelists[{index}].{name}")));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::fields(wrong)) }
}
