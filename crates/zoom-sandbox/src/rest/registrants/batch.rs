//! `POST /meetings/{meetingId}/batch_registrants` and `…/webinars/…`: all of them or none.

use serde_json::{Map, Value, json};

use super::{
    super::{Ask, words::worded},
    open::open,
    register::{Form, register},
};
use crate::{
    answer::{Answer, Refusal},
    wire::{self, put},
    world::Kind,
};

/// How many one call registers.
const MOST: usize = 30;

pub(super) fn answer(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let meeting = open(ask, kind)?;
    if !matches!(meeting.code, 2 | 5) {
        let refusal = worded(ask, "This API can only be used for scheduled", "");
        return Err(refusal.unwrap_or_else(|| Refusal::field("type")));
    }
    let forms = ask.body.get("registrants").and_then(Value::as_array).cloned().unwrap_or_default();
    if forms.is_empty() || forms.len() > MOST {
        return Err(Refusal::field("registrants"));
    }
    let auto_approve = ask.body.get("auto_approve").and_then(Value::as_bool).unwrap_or(false);
    let made = ask.change(|change| {
        let forms = forms.iter().filter_map(Value::as_object);
        forms
            .map(|answers| {
                let form = Form { answers, occurrences: Vec::new(), auto_approve, is_asked: false };
                register(ask, change, &meeting, form)
            })
            .collect::<Result<Vec<_>, _>>()
    })?;
    let row = |one| {
        let mut members = Map::new();
        put_head(&mut members, one);
        wire::put_link(&mut members, one, &meeting, &ask.app.base);
        members
    };
    let rows: Vec<_> = made.iter().map(row).collect();
    Ok(Answer::json(ask.operation.success, json!({ "registrants": rows })))
}

fn put_head(members: &mut Map<String, Value>, one: &crate::world::Registrant) {
    put(members, "registrant_id", one.id.as_str());
    put(members, "email", one.email.as_str());
}
