//! `PATCH /users/{userId}`: the name, the licence, the personal meeting id and the rest of a profile.

use serde_json::Value;

use super::{
    super::{Ask, stopped, words::refused},
    told,
};
use crate::{
    answer::{Answer, Refusal},
    world::{Licence, Person, USE_PMI, keep_setting},
};

/// What a profile keeps as it was sent.
const PROFILE: [&str; 22] = [
    "about_me",
    "cms_user_id",
    "company",
    "cost_center",
    "custom_attributes",
    "dept",
    "division_ids",
    "host_key",
    "job_title",
    "language",
    "license_info_list",
    "linkedin_url",
    "location",
    "manager",
    "phone_country",
    "phone_number",
    "phone_numbers",
    "plan_united_type",
    "pronouns",
    "pronouns_option",
    "vanity_name",
    "zoom_one_type",
];

/// What `user.updated` tells of.
const TOLD: [&str; 13] = [
    "first_name",
    "last_name",
    "display_name",
    "type",
    "pmi",
    "use_pmi",
    "timezone",
    "dept",
    "company",
    "language",
    "phone_country",
    "phone_number",
    "vanity_name",
];

pub(in crate::rest) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let person = ask.user()?;
    permitted(ask, &person)?;
    stopped::names(ask, ["first_name", "last_name", "display_name"].into_iter().filter_map(|name| ask.text(name)))?;
    let after = changed(ask, &person)?;
    keeps_events(ask, &person, &after)?;
    ask.change(|change| {
        let taken = |one: &&Person| one.id != after.id && one.account_id == after.account_id;
        let others = || change.state.people.iter().filter(taken);
        let is_taken = others().any(|one| one.pmi == after.pmi) || change.state.meetings.get(after.pmi).is_some();
        if after.pmi != person.pmi && is_taken {
            return Err(Refusal::field("pmi"));
        }
        let link = |one: &Person| one.profile.get("vanity_name").and_then(Value::as_str).map(str::to_lowercase);
        if link(&after).is_some_and(|name| !name.is_empty() && others().any(|one| link(one).as_ref() == Some(&name))) {
            return Err(refused(ask, "User is already taken", ""));
        }
        let Some(place) = change.state.people.iter_mut().find(|one| one.id == after.id) else {
            return Err(Refusal::about(&zoom_spec::code::USER_NOT_FOUND, &after.id));
        };
        let before = std::mem::replace(place, after.clone());
        if before.pmi != after.pmi {
            change.pmi_changed(before.pmi, after.pmi);
        }
        let differs = |name: &&str| shown(&before, name) != shown(&after, name);
        let names: Vec<&str> = TOLD.into_iter().filter(differs).collect();
        if !names.is_empty() {
            let of = |one: &Person| names.iter().map(|name| (*name, shown(one, name))).collect::<Vec<_>>();
            told::updated(change, &ask.caller.me, &of(&before), &of(&after), &after);
        }
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

/// Other people's names and host keys are for those whose role has `User:Edit`.
fn permitted(ask: &Ask<'_>, person: &Person) -> Result<(), Refusal> {
    if person.id == ask.caller.me.id || ask.caller.is_permitted("User:Edit") {
        return Ok(());
    }
    let sends = |names: &[&str]| names.iter().any(|name| ask.body.contains_key(*name));
    if sends(&["first_name", "last_name", "display_name"]) {
        return Err(refused(ask, "Only an account administrator can change a user's name", ""));
    }
    if sends(&["host_key"]) {
        return Err(refused(ask, "Only an account administrator can change the host key", ""));
    }
    let message = "Invalid access token. Does not contain permissions [User:Edit].";
    Err(Refusal::new(400, 200, message).because("200: the app's maker is a member, and this is somebody else."))
}

/// Whoever has events to come stays licensed.
fn keeps_events(ask: &Ask<'_>, before: &Person, after: &Person) -> Result<(), Refusal> {
    if before.licence == after.licence || after.licence != Licence::Basic {
        return Ok(());
    }
    let holds = ask.app.world.read(|state| {
        let mut theirs = state.zoom_events.events.values().filter(|event| event.host_id == before.id);
        theirs.any(|event| event.end > ask.now)
    });
    if holds { Err(refused(ask, "You cannot change the user type to", "")) } else { Ok(()) }
}

fn shown(person: &Person, name: &str) -> Value {
    match name {
        "first_name" => person.first_name.as_str().into(),
        "last_name" => person.last_name.as_str().into(),
        "display_name" => person.display_name.as_str().into(),
        "type" => person.licence.code().into(),
        "pmi" => person.pmi.into(),
        "use_pmi" => person.use_pmi.into(),
        "timezone" => person.timezone.as_str().into(),
        // What nobody has said is empty.
        other => person.profile.get(other).cloned().unwrap_or_else(|| "".into()),
    }
}

/// The person with the body laid over them.
fn changed(ask: &Ask<'_>, before: &Person) -> Result<Person, Refusal> {
    let mut after = before.clone();
    if let Some(code) = ask.body.get("type").and_then(Value::as_i64) {
        after.become_licensed_as(Licence::from_code(code).ok_or_else(|| Refusal::field("type"))?);
    }
    names(ask, before, &mut after);
    if let Some(zone) = ask.text("timezone").filter(|zone| !zone.is_empty()) {
        if jiff::tz::TimeZone::get(zone).is_err() {
            return Err(Refusal::field("timezone"));
        }
        zone.clone_into(&mut after.timezone);
    }
    if let Some(pmi) = ask.body.get("pmi").and_then(Value::as_i64) {
        if after.licence == Licence::None {
            return Err(refused(ask, "You cannot change PMI information", ""));
        }
        if !(1_000_000_000..=9_999_999_999).contains(&pmi) {
            return Err(Refusal::field("pmi"));
        }
        after.pmi = pmi;
    }
    if let Some(use_pmi) = ask.body.get("use_pmi").and_then(Value::as_bool) {
        after.use_pmi = use_pmi;
        let account = ask.app.world.read(|state| state.account(&before.account_id).map(|one| one.setting(USE_PMI)));
        keep_setting(&mut after.settings, USE_PMI, use_pmi.into(), &account.unwrap_or_default());
    }
    for name in PROFILE {
        if let Some(value) = ask.body.get(name) {
            after.profile.insert(name.to_owned(), value.clone());
        }
    }
    Ok(after)
}

/// A display name that was made of the others follows them.
fn names(ask: &Ask<'_>, before: &Person, after: &mut Person) {
    let made_of = |one: &Person| format!("{} {}", one.first_name, one.last_name).trim().to_owned();
    if let Some(name) = ask.text("first_name") {
        name.clone_into(&mut after.first_name);
    }
    if let Some(name) = ask.text("last_name") {
        name.clone_into(&mut after.last_name);
    }
    if before.display_name == made_of(before) {
        after.display_name = made_of(after);
    }
    if let Some(name) = ask.text("display_name").filter(|name| !name.is_empty()) {
        name.clone_into(&mut after.display_name);
    }
}
