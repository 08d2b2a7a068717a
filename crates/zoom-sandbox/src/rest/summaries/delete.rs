//! `DELETE /meetings/{meetingId}/meeting_summary`: into the trash, where it stays for thirty days.

use serde_json::Map;

use super::{
    super::{Ask, words::refused},
    find::find,
};
use crate::{
    afterwards,
    answer::{Answer, Refusal},
    wire::put,
};

pub(super) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let summary = find(ask)?;
    if ask.now < summary.ready_at() {
        return Err(refused(ask, "Failed to delete meeting summary", "").because("2313: it is still being written."));
    }
    ask.change(|change| {
        let now = change.now;
        let all = change.state.summaries.get_mut(&summary.number).into_iter();
        let meant = all.flat_map(|all| all.rows_mut(|one| one.uuid == summary.uuid));
        meant.for_each(|one| one.trashed_at = Some(now));
        let mut payload = Map::new();
        put(&mut payload, "operator", ask.caller.me.email.as_str());
        put(&mut payload, "operator_id", ask.caller.me.id.as_str());
        afterwards::tell_summary(change, "meeting.summary_trashed", &summary, None, payload);
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}
