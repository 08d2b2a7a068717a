//! `DELETE /meetings/{meetingId}/registrants/{registrantId}` and `…/webinars/…`: of a series where one chooses
//! sittings, from one of them or from all.

use super::{
    super::{Ask, meetings::no_such_occurrence, words::worded},
    open::{no_such_registrant, open},
    tell::{Turn, told},
};
use crate::{
    answer::{Answer, Refusal},
    world::{Admission, Kind, Meeting, Plan},
};

/// Refuses where the host's account pays nothing, if Zoom documents that.
fn paid_host(ask: &Ask<'_>, meeting: &Meeting) -> Result<(), Refusal> {
    let plan = ask.app.world.read(|state| state.account(&ask.account_id).map(|account| account.plan));
    let refusal = worded(ask, "Only available for paid users", &meeting.host_id);
    refusal.filter(|_| plan == Some(Plan::Free)).map_or(Ok(()), Err)
}

pub(super) fn answer(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let meeting = open(ask, kind)?;
    paid_host(ask, &meeting)?;
    let occurrence = ask.query("occurrence_id");
    if occurrence.is_some_and(|id| meeting.occurrence(id).is_none()) {
        return Err(no_such_occurrence(kind));
    }
    ask.change(|change| {
        let registration = change.state.registrations.entry(meeting.number).or_default();
        let id = ask.param("registrantId");
        let found = registration.registrants.iter().position(|one| one.id == id);
        let at = found.ok_or_else(|| no_such_registrant(ask))?;
        if let (Some(gone), Some(one)) = (occurrence, registration.registrants.get_mut(at))
            && !one.occurrences.is_empty()
        {
            if !one.comes_to(gone) {
                return Err(no_such_registrant(ask));
            }
            one.occurrences.retain(|known| known != gone);
            if !one.occurrences.is_empty() {
                return Ok(());
            }
        }
        let one = registration.registrants.remove(at);
        if one.admission == Admission::Approved {
            let (base, by) = (ask.app.base.as_str(), Some(&*ask.caller.me));
            let happening = told(Turn::Cancelled, &meeting, &one, &ask.account_id, by, (base, change.now));
            change.happenings.push(happening);
        }
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}
