//! `POST /users`.

use serde_json::{Map, Value, json};
use zoom_spec::code::{EMAIL_ACTIVE, EMAIL_USED};

use super::{
    super::{Ask, stopped, words::refused},
    told,
};
use crate::{
    answer::{Answer, Refusal},
    world::{Licence, Person, PersonStatus, Plan},
};

/// What is kept beside name and licence.
fn profile(info: &Map<String, Value>) -> Map<String, Value> {
    let kept = ["division_ids", "license_info_list", "plan_united_type"];
    let mut profile: Map<String, Value> =
        kept.iter().filter_map(|name| Some(((*name).to_owned(), info.get(*name)?.clone()))).collect();
    if let Some(kind) = info.get("feature").and_then(|feature| feature.get("zoom_one_type")) {
        profile.insert("zoom_one_type".to_owned(), kind.clone());
    }
    profile
}

/// What an account has: no telephones, and single sign-on with the business plan.
fn licences(ask: &Ask<'_>, info: &Map<String, Value>, action: &str) -> Result<(), Refusal> {
    if info.get("feature").and_then(|feature| feature.get("zoom_phone")) == Some(&Value::Bool(true)) {
        return Err(refused(ask, "You cannot enable the **Zoom Phone** feature", ""));
    }
    let plan = ask.app.world.read(|state| state.account(&ask.account_id).map(|account| account.plan));
    if action == "ssoCreate" && plan != Some(Plan::Business) {
        return Err(
            refused(ask, "SSO has not been enabled", "").because("2002: single sign-on needs the business plan.")
        );
    }
    Ok(())
}

pub(in crate::rest) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let Some(info) = ask.body.get("user_info").and_then(Value::as_object) else {
        return Err(Refusal::field("user_info"));
    };
    let text = |name: &str| info.get(name).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
    let email = text("email").to_lowercase();
    if !email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty()) {
        return Err(Refusal::field("user_info.email"));
    }
    let licence = info.get("type").and_then(Value::as_i64).and_then(Licence::from_code);
    let licence = licence.ok_or_else(|| Refusal::field("user_info.type"))?;
    let action = ask.text("action").unwrap_or_default();
    if action == "create" {
        let plan = ask.app.world.read(|state| state.account(&ask.account_id).map(|account| account.plan));
        if let Err(refused) = ask.app.limits.count_invitation(&ask.account_id, plan.unwrap_or_default(), ask.now) {
            return Ok(refused);
        }
    }
    let (first_name, last_name) = (text("first_name"), text("last_name"));
    let display_name = match text("display_name") {
        given if !given.is_empty() => given,
        _ => format!("{first_name} {last_name}").trim().to_owned(),
    };
    stopped::names(ask, [first_name.as_str(), last_name.as_str(), display_name.as_str()])?;
    stopped::address(ask, &email)?;
    licences(ask, info, action)?;
    if !text("password").is_empty() && !stopped::is_strong(&text("password")) {
        return Err(Refusal::new(400, 300, "Invalid parameter: password"));
    }
    let made = ask.change(|change| {
        if let Some(known) = change.state.people.iter().find(|person| person.email == email) {
            let is_own = known.account_id == ask.account_id;
            return Err(Refusal::about(if is_own { &EMAIL_USED } else { &EMAIL_ACTIVE }, &email));
        }
        let timezone =
            change.state.owner(&ask.account_id).map_or_else(|| "UTC".to_owned(), |owner| owner.timezone.clone());
        let person = Person {
            display_name,
            timezone,
            licence,
            // Only `create` sends an invitation that somebody must answer.
            status: if action == "create" { PersonStatus::Pending } else { PersonStatus::Active },
            api_user: action == "custCreate",
            single_sign_on: action == "ssoCreate",
            profile: profile(info),
            ..Person::fresh(&ask.account_id, &email, (&first_name, &last_name), change.now, change.entropy)
        };
        change.state.people.push(person.clone());
        told::created(change, &ask.caller.me, &person, action);
        Ok(person)
    })?;
    let body = json!({
        "id": made.id,
        "email": made.email,
        "first_name": made.first_name,
        "last_name": made.last_name,
        "type": made.licence.code(),
    });
    Ok(Answer::json(ask.operation.success, body))
}
