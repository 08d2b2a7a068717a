//! `GET /meetings/meeting_summaries`: those of the whole account.

use clock::Timestamp;
use jiff::SignedDuration;
use serde_json::Value;
use zoom_spec::code::MAY_NOT_HOST;

use super::{
    super::{Ask, page, past::paid, words::refused},
    find::restricted,
};
use crate::{
    answer::{Answer, Refusal},
    wire::{self, instant, put},
    world::{Licence, Summary},
};

/// How far back the list goes where the query does not say.
const REACH: SignedDuration = SignedDuration::from_hours(30 * 24);

pub(super) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    paid(ask)?;
    restricted(ask)?;
    if matches!(ask.caller.me.licence, Licence::Unassigned | Licence::None) {
        return Err(MAY_NOT_HOST.into());
    }
    let enabled = ask.app.world.read(|state| {
        let account = state.account(&ask.account_id);
        account.map(|account| account.setting("in_meeting.meeting_summary_with_ai_companion.enable"))
    });
    if enabled != Some(Value::Bool(true)) {
        return Err(refused(ask, "Meeting summary disabled", ""));
    }
    let (from, to) = range(ask)?;
    let by_created = ask.query("time_filter_field") == Some("summary_created_time");
    let mut found: Vec<(Summary, String)> = ask.app.world.read(|state| {
        let there = |one: &&Summary| {
            let at = if by_created { one.ready_at() } else { one.began };
            one.ready_at() <= ask.now && one.trashed_at.is_none() && from <= at && at <= to
        };
        let of_account = |one: &Summary| {
            let host = state.person_by_id(&one.host_id).filter(|host| host.account_id == ask.account_id)?;
            Some((one.clone(), host.email.clone()))
        };
        state.summaries.values().flatten().filter(there).filter_map(of_account).collect()
    });
    found.sort_by_key(|(one, _)| std::cmp::Reverse(one.began));
    let rows = found.iter().map(|(one, email)| Value::Object(wire::summary(one, email))).collect();
    let mut body = page::envelope(ask, "summaries", rows)?;
    if let Some(members) = body.as_object_mut() {
        members.retain(|name, _| !matches!(name.as_str(), "page_count" | "page_number" | "total_records"));
        put(members, "from", instant(from));
        put(members, "to", instant(to));
    }
    Ok(Answer::json(ask.operation.success, body))
}

fn range(ask: &Ask<'_>) -> Result<(Timestamp, Timestamp), Refusal> {
    let read = |name: &str, default: Timestamp| match ask.query(name) {
        None => Ok(default),
        Some(text) => text.parse::<Timestamp>().map_err(|_| Refusal::field(name)),
    };
    let to = read("to", ask.now)?;
    let from = read("from", to.saturating_sub(REACH).unwrap_or(Timestamp::MIN))?;
    if from > to { Err(Refusal::field("to")) } else { Ok((from, to)) }
}
