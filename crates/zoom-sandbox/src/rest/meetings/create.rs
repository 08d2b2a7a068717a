//! `POST /users/{userId}/meetings` and `…/webinars`.

use zoom_spec::code::MAY_NOT_HOST;

use super::{super::Ask, draft, find::needs_webinar_plan, get, series};
use crate::{
    answer::{Answer, Refusal},
    wire,
    world::{Happening, Kind, Licence, Meeting, Person, PersonStatus, Status, new_uuid},
};

pub(in crate::rest) fn answer(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let user = ask.user()?;
    let default = if kind == Kind::Meeting { 2 } else { 5 };
    let code = draft::code(ask, kind)?.unwrap_or(default);
    let host = host(ask, user, code)?;
    if matches!(host.licence, Licence::Unassigned | Licence::None) || host.status == PersonStatus::Inactive {
        return Err(MAY_NOT_HOST.into());
    }
    needs_webinar_plan(ask, kind, &host)?;
    let timezone = draft::zone(ask)?.unwrap_or_else(|| host.timezone.clone());
    let planned = draft::start(ask, &timezone)?;
    let start = matches!(code, 2 | 5 | 8 | 9 | 10).then(|| match planned {
        Some(start) if start >= ask.now => start,
        Some(_) => {
            ask.note("start_time has passed: the meeting starts now.");
            ask.now
        }
        None => ask.now,
    });
    let mut draft = blank(ask, kind, code, &host);
    draft.start = start;
    draft.timezone = timezone;
    let entropy = ask.app.entropy.as_ref();
    draft::lay_over(ask, &mut draft, entropy, &ask.people())?;
    draft::generate_passcode(ask, &mut draft, entropy);
    series::plan(ask, &mut draft, None)?;
    ask.app.limits.count_plan(&host.id, ask.now)?;
    let made = ask.change(|change| {
        draft.number = change.new_number();
        change.state.meetings.insert(draft.number, draft.clone().into());
        change.happenings.push(Happening::Created { meeting: Box::new(draft.clone()), at: change.now });
        Ok(draft)
    })?;
    Ok(Answer::json(ask.operation.success, get::body(ask, &made)))
}

/// The user of the path, or whom `schedule_for` names.
fn host(ask: &Ask<'_>, user: Person, code: u8) -> Result<Person, Refusal> {
    let Some(name) = ask.text("schedule_for").filter(|name| !name.is_empty()) else { return Ok(user) };
    if code == 1 {
        let documented =
            ask.operation.errors().iter().find(|e| e.message.starts_with("Instant meetings do not support"));
        let message =
            documented.map_or("Instant meetings do not support the `schedule_for` parameter.", |e| &*e.message);
        return Err(Refusal::new(400, 3000, message));
    }
    ask.user_named(name).map_err(|_| {
        let documented = ask.operation.errors().iter().find(|error| error.message.contains("`schedule_for` field"));
        let message = documented.map_or("Invalid field.", |error| &*error.message);
        Refusal::new(400, 300, message)
    })
}

/// A meeting about which nothing was said yet; its number comes last.
pub(in crate::rest) fn blank(ask: &Ask<'_>, kind: Kind, code: u8, host: &Person) -> Meeting {
    Meeting {
        number: 0,
        uuid: new_uuid(ask.app.entropy.as_ref()),
        kind,
        code,
        host_id: host.id.clone(),
        topic: if kind == Kind::Meeting { "Zoom Meeting" } else { "Zoom Webinar" }.to_owned(),
        agenda: String::new(),
        passcode: String::new(),
        encrypted_passcode: String::new(),
        digits: String::new(),
        start: None,
        duration: 60,
        timezone: String::new(),
        settings: wire::default_settings(kind),
        tracking_fields: Vec::new(),
        created_at: ask.now,
        listed_from: ask.now.saturating_add(ask.app.faults.invisible_for()).unwrap_or(ask.now),
        status: Status::Waiting,
        started_at: None,
        ended_at: None,
        deleted_at: None,
        recurrence: None,
        series_from: None,
        occurrences: Vec::new(),
    }
}
