//! `PUT /meetings/{meetingId}/registrants/status` and `…/webinars/…`: the host's decisions.

use serde_json::Value;

use super::{
    super::{Ask, meetings::no_such_occurrence},
    open::open,
    register::{full, places, too_often},
    tell::{Turn, told},
};
use crate::{
    answer::{Answer, FieldError, Refusal},
    world::{Admission, Change, Counted, Kind, Meeting},
};

pub(super) fn answer(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let meeting = open(ask, kind)?;
    let occurrence = ask.query("occurrence_id");
    if occurrence.is_some_and(|id| meeting.occurrence(id).is_none()) {
        return Err(no_such_occurrence(kind));
    }
    let named = ask.body.get("registrants").and_then(Value::as_array).cloned().unwrap_or_default();
    if named.is_empty() {
        return Err(Refusal::field("registrants"));
    }
    let turn = match ask.text("action") {
        Some("approve") => Turn::Approved,
        Some("cancel") => Turn::Cancelled,
        Some("deny") => Turn::Denied,
        _ => return Err(Refusal::field("action")),
    };
    ask.change(|change| {
        for (index, named) in named.iter().enumerate() {
            decide(ask, change, &meeting, turn, (index, named))?;
        }
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

/// The place of the registrant that one item of the body names, by id or else by e-mail address.
fn place(change: &mut Change<'_>, meeting: &Meeting, (index, named): (usize, &Value)) -> Result<usize, Refusal> {
    let text = |name: &str| named.get(name).and_then(Value::as_str).unwrap_or_default();
    let (id, email) = (text("id"), text("email").to_lowercase());
    let registration = change.state.registrations.entry(meeting.number).or_default();
    let is_meant = |one: &crate::world::Registrant| if id.is_empty() { one.email == email } else { one.id == id };
    registration.registrants.iter().position(is_meant).ok_or_else(|| {
        let field = if id.is_empty() { "email" } else { "id" };
        Refusal::fields(vec![FieldError::invalid(format!("registrants[{index}].{field}"))])
    })
}

fn decide(
    ask: &Ask<'_>,
    change: &mut Change<'_>,
    meeting: &Meeting,
    turn: Turn,
    named: (usize, &Value),
) -> Result<(), Refusal> {
    let at = place(change, meeting, named)?;
    let registration = change.state.registrations.entry(meeting.number).or_default();
    let (taken, limit) = (registration.places_taken(), places(meeting));
    let Some(one) = registration.registrants.get(at).cloned() else { return Ok(()) };
    if ask.app.limits.are_enforced() && !registration.count(Counted::Decision, &one.id, change.now) {
        return Err(too_often(Counted::Decision, meeting.kind, &one.email));
    }
    let occurrence = ask.query("occurrence_id");
    let is_concerned = occurrence.is_none_or(|id| one.comes_to(id));
    let before = one.admission;
    let after = match turn {
        Turn::Approved => Admission::Approved,
        Turn::Denied => Admission::Denied,
        Turn::Cancelled if before == Admission::Approved => Admission::Cancelled,
        Turn::Cancelled | Turn::Created => before,
    };
    if !is_concerned || after == before {
        ask.note(format!("{}: the registration is {} and stays so.", one.id, before.as_str()));
        return Ok(());
    }
    let had_place = matches!(before, Admission::Approved | Admission::Pending);
    if after == Admission::Approved && !had_place && taken >= limit {
        return Err(full(ask, meeting.kind));
    }
    let Some(place) = registration.registrants.get_mut(at) else { return Ok(()) };
    if let (Some(gone), Turn::Cancelled) = (occurrence, turn)
        && place.occurrences.len() > 1
    {
        place.occurrences.retain(|known| known != gone);
    } else {
        place.admission = after;
    }
    let one = place.clone();
    let (base, by) = (ask.app.base.as_str(), Some(&*ask.caller.me));
    change.happenings.push(told(turn, meeting, &one, &ask.account_id, by, (base, change.now)));
    Ok(())
}
