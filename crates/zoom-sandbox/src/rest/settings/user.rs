//! `GET` and `PATCH /users/{userId}/settings`.

use jiff::SignedDuration;
use serde_json::Value;
use zoom_spec::code::USER_NOT_FOUND;

use super::{
    super::{Ask, words::refused},
    document, feature, scheduled, told, wish,
};
use crate::{
    answer::{Answer, FieldError, Refusal},
    world::{Person, PersonStatus, State, USE_PMI, keep_setting},
};

pub(in crate::rest) fn get(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let person = invited(ask)?;
    Ok(ask.app.world.read(|state| document::answer(ask, |one| holds(state, &person, &one.path))))
}

/// The size of a licence.
fn size(own: &Value) -> Value {
    own.as_i64().filter(|size| *size > 0).unwrap_or(feature::USUAL).into()
}

/// The passcode of the personal meeting room.
const PMI_PASSCODE: &str = "schedule_meeting.pmi_password";

/// The user of the path, unless they let their invitation run out.
fn invited(ask: &Ask<'_>) -> Result<Person, Refusal> {
    let person = ask.user()?;
    let waits = ask.now.duration_since(person.created_at);
    if person.status == PersonStatus::Pending && waits > INVITATION {
        return Err(refused(ask, "A valid invitation", ""));
    }
    Ok(person)
}

/// How long an invitation can be answered.
const INVITATION: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What a user's document says of a setting; nothing for the size of what they do not have.
pub(super) fn holds(state: &State, person: &Person, path: &str) -> Option<Value> {
    let setting = |path: &str| state.setting(person, path);
    Some(match path {
        "feature.meeting_capacity" if !person.settings.contains_key(path) => {
            let plan = state.account(&person.account_id).map(|account| account.plan).unwrap_or_default();
            plan.meeting_capacity(person.licence).into()
        }
        "feature.webinar" => person.webinar.into(),
        "feature.webinar_capacity" => person.webinar.then(|| size(&setting(path)))?,
        "feature.large_meeting_capacity" => {
            state.is_on(person, "feature.large_meeting").then(|| size(&setting(path)))?
        }
        "feature.zoom_events_capacity" => state.is_on(person, "feature.zoom_events").then(|| size(&setting(path)))?,
        // What is held under a personal meeting id may have changed the passcode of its room.
        PMI_PASSCODE => match state.meetings.get(person.pmi).filter(|room| !room.passcode.is_empty()) {
            Some(room) => room.passcode.as_str().into(),
            None => setting(path),
        },
        _ => document::derived(path, setting).unwrap_or_else(|| setting(path)),
    })
}

pub(in crate::rest) fn update(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let person = invited(ask)?;
    ask.change(|change| {
        let before = change.state.person_by_id(&person.id).cloned();
        let before = before.ok_or_else(|| Refusal::about(&USER_NOT_FOUND, &person.id))?;
        let holds = |path: &str| holds(&change.state, &before, path).unwrap_or_default();
        let wishes = wish::read(ask, &change.state, holds)?;
        let account = change.state.account(&before.account_id).cloned();
        if let (Some(account), Some(wanted)) = (&account, ask.body.get("feature").and_then(Value::as_object)) {
            let now = |name: &str| holds(&format!("feature.{name}"));
            feature::Asked { now_at: ask.now, state: &change.state, account, person: &before, wanted, now: &now }
                .check()?;
        }
        let mut locked = Vec::new();
        let mut after = before.clone();
        let mut differences = Vec::new();
        for one in wishes {
            let old = holds(&one.path);
            if old == one.value {
                continue;
            }
            if account.as_ref().is_some_and(|account| account.locks(&one.path)) {
                locked.push(FieldError::invalid(one.shown));
                continue;
            }
            if one.path == PMI_PASSCODE && breaks_rules(&change.state, &before, &one.value) {
                return Err(Refusal::field(&one.shown));
            }
            let otherwise = account.as_ref().map(|account| account.setting(&one.path)).unwrap_or_default();
            set(&mut after, &one.path, &one.value, &otherwise);
            differences.push(told::Difference { path: one.path, old, new: one.value });
        }
        if !locked.is_empty() {
            return Err(Refusal::fields(locked).because("300: the account has locked this; users cannot change it."));
        }
        if let Some(place) = change.state.people.iter_mut().find(|one| one.id == after.id) {
            *place = after;
        }
        let personal = differences.iter().find(|one| one.path == PMI_PASSCODE).and_then(|one| one.new.as_str());
        if let Some(passcode) = personal.filter(|passcode| !passcode.is_empty()) {
            change.set_personal_passcode(before.pmi, passcode);
        }
        scheduled::secure(change, &differences, |host| host.id == before.id);
        told::tell(change, ask, "user.settings_updated", &before.id, &differences);
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

fn breaks_rules(state: &State, person: &Person, passcode: &Value) -> bool {
    let passcode = passcode.as_str().filter(|passcode| !passcode.is_empty());
    passcode.is_some_and(|passcode| passcode.len() > 10 || state.passcode_rules(person).lacks(passcode).is_some())
}

/// Some settings are things the user has or is.
pub(super) fn set(person: &mut Person, path: &str, value: &Value, otherwise: &Value) {
    match path {
        "feature.webinar" => {
            person.webinar = *value == Value::Bool(true);
            return;
        }
        USE_PMI => person.use_pmi = *value == Value::Bool(true),
        _ => {}
    }
    keep_setting(&mut person.settings, path, value.clone(), otherwise);
}
