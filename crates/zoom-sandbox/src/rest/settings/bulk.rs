//! `POST /users/features`: one feature for many users, each of whom gets it or is named with the reason.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use zoom_spec::code::ACCOUNT_NOT_FOUND;

use super::{
    super::{Ask, users::tell_updated, words::refused},
    feature::Asked,
    told, user,
};
use crate::{
    answer::{Answer, Refusal},
    world::{Change, Licence, Plan},
};

pub(in crate::rest) fn update(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let kind = ask.text("feature_type").unwrap_or_default();
    let value = ask.text("feature_value").unwrap_or_default();
    let plan = ask.app.world.read(|state| state.account(&ask.account_id).map(|account| account.plan));
    if plan.ok_or_else(|| Refusal::about(&ACCOUNT_NOT_FOUND, &ask.account_id))? == Plan::Free {
        return Err(refused(ask, "Current account must be a paid account", ""));
    }
    if matches!(kind, "plan_united_type" | "zoom_one_type") {
        return Err(refused(ask, "Current account does not enable this feature", ""));
    }
    if kind == "user_type" && value == "3" {
        return Err(refused(ask, "Your account can't set user type as On-prem", ""));
    }
    if let Some(subscription) = ask.text("subscription_id").filter(|id| !id.is_empty()) {
        return Err(refused(ask, "The subscription", subscription));
    }
    let wanted = wanted(kind, value).ok_or_else(|| Refusal::field("feature_value"))?;
    let users = ask.body.get("users").and_then(Value::as_array).cloned().unwrap_or_default();
    if users.is_empty() {
        return Err(Refusal::field("users"));
    }
    let (done, failed) = ask.change(|change| {
        let mut done = Vec::new();
        let mut failed: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for one in &users {
            let text = |name: &str| one.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
            let name = text("id").or_else(|| text("email")).unwrap_or_default();
            let known = change.state.person(name).filter(|person| person.account_id == ask.account_id);
            let id = known.map(|person| person.id.clone());
            let reason = match &id {
                Some(id) => give(ask, change, id, &wanted),
                None => Some("Users not found"),
            };
            match reason {
                Some(reason) => failed.entry(reason).or_default().push(id.unwrap_or_else(|| name.to_owned())),
                None => done.extend(id),
            }
        }
        Ok((done, failed))
    })?;
    let failed: Vec<Value> =
        failed.into_iter().map(|(reason, ids)| json!({ "user_ids": ids, "reason": reason })).collect();
    Ok(Answer::json(ask.operation.success, json!({ "success_user_ids": done, "fail_details": failed })))
}

/// The feature in the words of a user's settings; `type` for the licence itself.
fn wanted(kind: &str, value: &str) -> Option<Map<String, Value>> {
    let is_off = matches!(value, "0" | "None" | "none" | "false");
    let members = match kind {
        "user_type" => json!({ "type": value.parse::<i64>().ok().filter(|code| matches!(code, 1 | 2 | 4))? }),
        "concurrent_meeting" if matches!(value, "Basic" | "Plus" | "None") => json!({ kind: value }),
        "concurrent_meeting" => return None,
        "large_meeting" | "webinar" | "zoom_events" if is_off => json!({ kind: false }),
        "large_meeting" | "webinar" | "zoom_events" => {
            json!({ kind: true, format!("{kind}_capacity"): value.parse::<i64>().ok().filter(|size| *size >= 100)? })
        }
        _ if is_off => json!({ kind: false }),
        _ if matches!(value, "1" | "2" | "true") => json!({ kind: true }),
        _ => return None,
    };
    members.as_object().cloned()
}

/// Gives it to one user. Says why not, in one of Zoom's reasons.
fn give(ask: &Ask<'_>, change: &mut Change<'_>, id: &str, wanted: &Map<String, Value>) -> Option<&'static str> {
    let before = change.state.person_by_id(id).cloned()?;
    let account = change.state.account(&before.account_id).cloned()?;
    if let Some(licence) = wanted.get("type").and_then(Value::as_i64).and_then(Licence::from_code) {
        if before.licence == licence {
            return Some("No need to update");
        }
        let mut after = before.clone();
        after.become_licensed_as(licence);
        let codes = [("type", Value::from(before.licence.code()))];
        tell_updated(change, &ask.caller.me, &codes, &[("type", licence.code().into())], &after);
        change.state.people.iter_mut().filter(|one| one.id == after.id).for_each(|one| *one = after.clone());
        return None;
    }
    let now = |name: &str| user::holds(&change.state, &before, &format!("feature.{name}")).unwrap_or_default();
    let changed: Vec<(String, Value, Value)> = wanted
        .iter()
        .map(|(name, new)| (format!("feature.{name}"), now(name), new.clone()))
        .filter(|(_, old, new)| old != new)
        .collect();
    if changed.is_empty() {
        return Some("No need to update");
    }
    let asked = Asked { now_at: ask.now, state: &change.state, account: &account, person: &before, wanted, now: &now };
    if let Err(refusal) = asked.check() {
        ask.note(format!("{}: {}", before.email, refusal.message()));
        return Some(reason(refusal.message()));
    }
    let mut after = before.clone();
    let mut differences = Vec::new();
    for (path, old, new) in changed {
        user::set(&mut after, &path, &new, &account.setting(&path));
        differences.push(told::Difference { path, old, new });
    }
    change.state.people.iter_mut().filter(|one| one.id == after.id).for_each(|one| *one = after.clone());
    told::tell(change, ask, "user.settings_updated", id, &differences);
    None
}

/// The reason that stands for what a change of the user's settings would have been refused with.
fn reason(message: &str) -> &'static str {
    match message {
        _ if message.starts_with("You can add") => "Not enough seats",
        _ if message.contains("upcoming Zoom Events") => "Have upcoming events",
        _ if message.contains("Licensed or On-prem") || message.contains("Licensed users or On-prem") => "Unpaid user",
        _ => "Can't update for free users",
    }
}
