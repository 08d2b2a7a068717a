//! From a path's number or UUID to the summary of a call, or to Zoom's refusal.

use serde_json::Value;
use zoom_spec::code::{MEETING_ID_INVALID, MEETING_NOT_FOUND};

use super::super::{Ask, meetings::uuid_of, past::paid, words::worded};
use crate::{answer::Refusal, world::Summary};

/// The summary the path names: by UUID that one, by number the latest. It may not be ready yet.
pub(super) fn find(ask: &Ask<'_>) -> Result<Summary, Refusal> {
    paid(ask)?;
    restricted(ask)?;
    let given = ask.param("meetingId");
    let (number, uuid) = (given.parse::<i64>().ok(), uuid_of(given));
    if number.is_none() && uuid.is_none() {
        return Err(MEETING_ID_INVALID.into());
    }
    let found = ask.app.world.read(|state| {
        let all = state.summaries.values().flatten();
        let named = all.filter(|one| Some(one.number) == number || Some(&one.uuid) == uuid.as_ref());
        let ours =
            |one: &&Summary| state.person_by_id(&one.host_id).is_some_and(|host| host.account_id == ask.account_id);
        named.filter(ours).max_by_key(|one| one.began).cloned()
    });
    let found = found.filter(|one| one.gone_at().is_none_or(|at| ask.now < at));
    let summary = found.ok_or_else(|| Refusal::about(&MEETING_NOT_FOUND, given))?;
    if let Some(host) = ask.app.world.read(|state| state.people.row(|host| host.id == summary.host_id)) {
        ask.caller.may_for(ask.operation, &host)?;
    }
    if summary.trashed_at.is_some() {
        let trashed = worded(ask, "The meeting summary has been moved to Trash", "");
        return Err(trashed.unwrap_or_else(|| Refusal::about(&MEETING_NOT_FOUND, given)));
    }
    Ok(summary)
}

/// Refuses where the account lets only certain addresses in; the sandbox's callers are on this computer.
pub(super) fn restricted(ask: &Ask<'_>) -> Result<(), Refusal> {
    let setting = |name: &str| {
        let path = format!("recording.ip_address_access_control.{name}");
        ask.app.world.read(|state| state.account(&ask.account_id).map(|account| account.setting(&path)))
    };
    let ranges = setting("ip_addresses_or_ranges").unwrap_or_default();
    let lets_us_in = ranges.as_str().is_some_and(|ranges| ranges.contains("127.0.0.1"));
    if setting("enable") != Some(Value::Bool(true)) || lets_us_in {
        return Ok(());
    }
    let refusal = worded(ask, "Access to meeting summaries is restricted to specific IP", "");
    refusal.map_or(Ok(()), |refusal| Err(refusal.because("2305: the account's addresses leave out 127.0.0.1.")))
}
