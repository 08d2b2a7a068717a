//! `GET` and `PATCH /accounts/{accountId}/settings/registration`: what registration for new webinars begins with.

use serde_json::{Map, Value, json};
use zoom_spec::{Place, code::ACCOUNT_NOT_FOUND};

use super::{super::Ask, account::paid};
use crate::{
    answer::{Answer, Refusal},
    world::{Account, Registration, WEBINAR_REGISTRATION},
};

pub(in crate::rest) fn get(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let account = ask.app.world.read(|state| state.account(&ask.account_id).cloned());
    let account = account.ok_or_else(|| Refusal::about(&ACCOUNT_NOT_FOUND, &ask.account_id))?;
    let flag =
        |name: &str| account.setting(&format!("{WEBINAR_REGISTRATION}.options.{name}")).as_bool().unwrap_or(false);
    let options = [
        "host_email_notification",
        "close_registration",
        "allow_participants_to_join_from_multiple_devices",
        "show_social_share_buttons",
    ];
    let options: Map<String, Value> = options.into_iter().map(|name| (name.to_owned(), flag(name).into())).collect();
    let body = json!({
        "options": options,
        "questions": questions(ask, &account),
        "approve_type": account.setting(&format!("{WEBINAR_REGISTRATION}.approve_type")).as_i64().unwrap_or(0),
        "custom_questions": list(&account, "custom_questions"),
    });
    Ok(Answer::json(ask.operation.success, body))
}

fn list(account: &Account, name: &str) -> Vec<Value> {
    let kept = account.setting(&format!("{WEBINAR_REGISTRATION}.{name}"));
    if let Value::Array(items) = kept { items } else { Vec::new() }
}

/// Every question there is, as it was set.
fn questions(ask: &Ask<'_>, account: &Account) -> Vec<Value> {
    let kept = list(account, "questions");
    let place = if ask.body.is_empty() { Place::Answer } else { Place::Body };
    let known = ask.operation.field(place, "questions[].field_name").map(|field| &*field.choices).unwrap_or_default();
    let as_set = |name: &str| {
        let fresh = || json!({ "field_name": name, "required": false, "selected": false });
        kept.iter().find(|one| one.get("field_name").is_some_and(|known| known == name)).cloned().unwrap_or_else(fresh)
    };
    known.iter().map(|name| as_set(name)).collect()
}

pub(in crate::rest) fn update(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    paid(ask)?;
    ask.change(|change| {
        let gone = || Refusal::about(&ACCOUNT_NOT_FOUND, &ask.account_id);
        let account = change.state.account_mut(&ask.account_id).ok_or_else(gone)?;
        let mut asked = questions(ask, account);
        for (at, sent) in items(ask, "questions").enumerate() {
            let name = sent.get("field_name").ok_or_else(|| Refusal::field(&format!("questions[{at}].field_name")))?;
            let known = asked.iter_mut().find(|one| one.get("field_name") == Some(name));
            if let (Some(Value::Object(known)), Some(sent)) = (known, sent.as_object()) {
                known.extend(sent.clone());
            }
        }
        for (at, sent) in items(ask, "custom_questions").enumerate() {
            if sent.get("title").and_then(Value::as_str).is_none_or(|title| title.trim().is_empty()) {
                return Err(Refusal::field(&format!("custom_questions[{at}].title")));
            }
        }
        let mut kept = ask.body.clone();
        if kept.contains_key("questions") {
            kept.insert("questions".to_owned(), asked.into());
        }
        for (path, value) in crate::settings::leaves(&kept) {
            account.settings.insert(format!("{WEBINAR_REGISTRATION}.{path}"), value);
        }
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

fn items<'a>(ask: &'a Ask<'_>, name: &str) -> impl Iterator<Item = &'a Value> {
    ask.body.get(name).and_then(Value::as_array).into_iter().flatten()
}

/// What registrants of a new webinar of the account are asked: the questions that are selected.
pub(in crate::rest) fn first_questions(account: &Account) -> Option<Registration> {
    let is_selected = |one: &Value| one.get("selected") == Some(&Value::Bool(true));
    let mut registration = Registration::default();
    for name in ["questions", "custom_questions"] {
        let mut chosen: Vec<Value> = list(account, name).into_iter().filter(is_selected).collect();
        for one in chosen.iter_mut().filter_map(Value::as_object_mut) {
            one.remove("selected");
        }
        if !chosen.is_empty() {
            registration.questions.insert(name.to_owned(), chosen.into());
        }
    }
    (!registration.questions.is_empty()).then_some(registration)
}
