//! `GET /marketplace/apps/{appId}/webhook_logs`: what was sent for an app's subscriptions in the last seven days.

use clock::Timestamp;
use jiff::SignedDuration;
use serde_json::Value;

use super::super::{Ask, Raw, page, words::refused};
use crate::{
    answer::{Answer, Refusal},
    hooks::Try,
    wire::{instant, put},
};

/// How far back the logs go.
const REACH: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What the operation says of `retry_num`, in its own words.
pub(super) fn check(raw: &Raw<'_>) -> Result<(), Refusal> {
    match raw.query("retry_num") {
        None | Some("0" | "1" | "2" | "3") => Ok(()),
        Some(_) => Err(raw.refused("The 'retry_num' value", "")),
    }
}

pub(super) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let id = ask.param("appId");
    let account = ask.app.world.read(|state| state.app(id).map(|app| app.account_id.clone()));
    match account {
        None => return Err(refused(ask, "APP ID does not exist", id)),
        Some(account) if account != ask.caller.account_id => {
            return Err(refused(ask, "You do not have permission to access the targeted resource", ""));
        }
        Some(_) => {}
    }
    let (from, to) = span(ask)?;
    let which = ask.query("type").unwrap_or("2");
    let retry = ask.query("retry_num").and_then(|text| text.parse::<u8>().ok());
    let is_meant = |one: &Try| {
        one.at >= from
            && one.at <= to
            && (which == "1" || one.is_taken == (which == "3"))
            && retry.is_none_or(|retry| one.retry == retry)
            && ask.query("event").is_none_or(|event| one.event == event)
    };
    let tries = ask.app.hooks.tries_for(id);
    let rows = tries.into_iter().filter(is_meant).map(row).collect();
    Ok(Answer::json(ask.operation.success, page::envelope(ask, "webhook_logs", rows)?))
}

/// From when to when: the last seven days, or a part of them.
fn span(ask: &Ask<'_>) -> Result<(Timestamp, Timestamp), Refusal> {
    let date = |name: &str| match ask.query(name) {
        None => Ok(None),
        Some(text) if text.ends_with('Z') => {
            text.parse::<Timestamp>().map(Some).map_err(|_| refused(ask, "The dates must follow the format", ""))
        }
        Some(_) => Err(refused(ask, "The dates must follow the format", "")),
    };
    let earliest = ask.now.saturating_sub(REACH).unwrap_or(Timestamp::MIN);
    let (from, to) = (date("from")?.unwrap_or(earliest), date("to")?.unwrap_or(ask.now));
    if from > ask.now {
        return Err(refused(ask, "The 'from' date must be before", ""));
    }
    if to < from {
        return Err(refused(ask, "The 'to' date must be after", ""));
    }
    if from < earliest || to.duration_since(from) > REACH {
        return Err(refused(ask, "The date range must be within", ""));
    }
    Ok((from, to))
}

fn row(one: Try) -> Value {
    let mut row = one.row;
    if let Some(members) = row.as_object_mut() {
        put(members, "event", one.event);
        put(members, "status", one.status);
        put(members, "date_time", instant(one.at));
        put(members, "retry_num", one.retry);
    }
    row
}
