//! `POST /users/{userId}/meetings` and `…/webinars`.

use zoom_spec::code::MAY_NOT_HOST;

use super::{
    super::{Ask, settings::first_questions, words::worded},
    customs::Customs,
    draft,
    find::needs_webinar_plan,
    get, personal, schedule, series,
};
use crate::{
    answer::{Answer, Refusal},
    world::{Happening, Kind, Meeting, Person, PersonStatus},
};

pub(in crate::rest) fn answer(ask: &Ask<'_>, kind: Kind) -> Result<Answer, Refusal> {
    let user = ask.user()?;
    let default = if kind == Kind::Meeting { 2 } else { 5 };
    let code = draft::code(ask, kind)?.unwrap_or(default);
    if kind == Kind::Webinar {
        schedule::simulive(ask, code)?;
    }
    let host = schedule::host(ask, &user, code)?.unwrap_or_else(|| user.clone());
    if !host.licence.may_host() || host.status == PersonStatus::Inactive {
        return Err(worded(ask, "Your user account is not allowed", "").unwrap_or_else(|| MAY_NOT_HOST.into()));
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
    let customs = ask.app.world.read(|state| Customs::of(state, &host, kind, code));
    let mut draft = blank(ask, kind, code, &host);
    if host.id != user.id {
        draft.assistant_id.clone_from(&user.id);
    }
    customs.begin(&mut draft);
    draft.start = start;
    draft.timezone = timezone;
    let entropy = ask.app.entropy.as_ref();
    draft::lay_over(ask, &mut draft, entropy, &ask.people(), &customs)?;
    ask.app.world.read(|state| personal::under(ask, state, &mut draft, &host));
    personal::passcode(ask, &mut draft)?;
    draft::generate_passcode(ask, &mut draft, entropy, &customs);
    series::plan(ask, &mut draft, None)?;
    ask.app.limits.count_plan(&host.id, ask.now)?;
    let made = ask.change(|change| {
        draft.number = change.new_number();
        change.state.meetings.insert(draft.clone());
        change.share_passcode(&draft);
        let account = change.state.account(&host.account_id).filter(|_| kind == Kind::Webinar);
        if let Some(registration) = account.and_then(first_questions) {
            change.state.registrations.insert(draft.number, registration.into());
        }
        change.happenings.push(Happening::Created { meeting: Box::new(draft.clone()), at: change.now });
        Ok(draft)
    })?;
    // Who of the invitees is one's own, Zoom tells when the meeting is read.
    Ok(get::whole(ask, &made.into(), false))
}

/// A meeting about which nothing was said yet; its number comes last.
pub(in crate::rest) fn blank(ask: &Ask<'_>, kind: Kind, code: u8, host: &Person) -> Meeting {
    let mut blank = Meeting::blank(ask.app.entropy.as_ref(), kind, code, &host.id, ask.now);
    ask.caller.app_name().clone_into(&mut blank.app);
    blank.listed_from = ask.now.saturating_add(ask.app.faults.invisible_for()).unwrap_or(ask.now);
    blank
}
