//! `PATCH /meetings/{meetingId}` and `PATCH /webinars/{webinarId}`.

use super::{
    super::Ask,
    customs::Customs,
    draft,
    find::{Reach, find, needs_webinar_plan},
    personal, schedule,
    series::{self, Purpose},
};
use crate::{
    answer::{Answer, Refusal},
    world::{Change, Happening, Kind, Meeting, Occurrence, PERSONAL_ROOM, Person},
};

pub(in crate::rest) fn answer(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let found = find(ask, kind, Reach::Number)?;
    if let Some(host) = ask.app.world.person(&found.host_id) {
        needs_webinar_plan(ask, kind, &host)?;
    }
    let (people, host) = moved(ask, &found)?;
    ask.app.limits.count_plan(&found.host_id, ask.now)?;
    ask.change(|change| {
        // Read again: somebody else may have changed it meanwhile.
        let before = Meeting::clone(change.state.meetings.get(found.number).unwrap_or(&found));
        let one = series::asked(ask, &before, Purpose::Change)?;
        let (after, happening) = if let Some(one) = one {
            in_one_occurrence(ask, &before, &one)?
        } else {
            let after = changed(ask, &before, change, (&people, &host))?;
            let (before, now) = (Box::new(before), Box::new(after.clone()));
            (after, Happening::Updated { before, after: now, occurrence: None, at: ask.now })
        };
        change.state.meetings.insert(after.clone());
        change.share_passcode(&after);
        change.happenings.push(happening);
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

/// The series with the body laid over one of its sittings.
fn in_one_occurrence(ask: &Ask<'_>, before: &Meeting, one: &Occurrence) -> Result<(Meeting, Happening), Refusal> {
    let changed = series::changed(ask, before, one)?;
    let mut after = before.clone();
    if let Some(place) = after.occurrences.iter_mut().find(|occurrence| occurrence.id == one.id) {
        place.clone_from(&changed);
    }
    let happening = Happening::Updated {
        before: Box::new(before.in_occurrence(one)),
        after: Box::new(after.in_occurrence(&changed)),
        occurrence: Some(changed.id),
        at: ask.now,
    };
    Ok((after, happening))
}

/// The people of the account, and who holds the meeting from now on: `schedule_for` may name another than before.
fn moved(ask: &Ask<'_>, found: &Meeting) -> Result<(Vec<Person>, Option<Person>), Refusal> {
    let people = ask.people();
    let Some(host) = people.iter().find(|person| person.id == found.host_id).cloned() else {
        return Ok((people, None));
    };
    let code = draft::code(ask, found.kind)?.unwrap_or(found.code);
    if found.kind == Kind::Webinar {
        schedule::simulive(ask, code)?;
    }
    let next = schedule::host(ask, &host, code)?;
    if let Some(next) = &next {
        needs_webinar_plan(ask, found.kind, next)?;
    }
    Ok((people, Some(next.unwrap_or(host))))
}

/// The meeting with the body laid over it.
fn changed(
    ask: &Ask<'_>,
    before: &Meeting,
    change: &Change<'_>,
    (people, host): (&[Person], &Option<Person>),
) -> Result<Meeting, Refusal> {
    let mut after = before.clone();
    if let Some(host) = host.as_ref().filter(|host| host.id != before.host_id) {
        after.assistant_id = std::mem::replace(&mut after.host_id, host.id.clone());
    }
    if let Some(code) = draft::code(ask, before.kind)? {
        after.code = code;
    }
    if let Some(zone) = draft::zone(ask)? {
        after.timezone = zone;
    }
    match draft::start(ask, &after.timezone)? {
        Some(start) if start >= ask.now => (after.start, after.series_from) = (Some(start), Some(start)),
        Some(_) => ask.note("start_time has passed: Zoom ignores it on an update."),
        None => {}
    }
    let holder = change.state.person_by_id(&after.host_id);
    let holder = holder.ok_or_else(|| Refusal::about(&zoom_spec::code::USER_NOT_FOUND, &after.host_id))?;
    let customs = Customs::of(&change.state, holder, after.kind, after.code);
    draft::lay_over(ask, &mut after, change.entropy, people, &customs)?;
    if let Some(host) = host {
        personal::under(ask, &change.state, &mut after, host);
    }
    if after.pmi != before.pmi
        && let Some(room) =
            after.pmi.and_then(|pmi| change.state.meetings.get(pmi)).filter(|_| !ask.body.contains_key("password"))
    {
        after.set_passcode(&room.passcode, change.entropy);
    }
    if matches!(after.code, 1 | 3 | PERSONAL_ROOM | 6) {
        after.start = None;
    } else if after.start.is_none() {
        after.start = Some(ask.now);
    }
    series::plan(ask, &mut after, Some(before))?;
    Ok(after)
}
