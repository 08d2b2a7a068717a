//! Settings that are lists and are changed entry by entry: ways to sign in, chat policies, people who bypass single
//! sign-on, meeting templates.

use serde_json::{Map, Value, json};

use super::{super::Ask, wish::Wish};
use crate::{
    answer::Refusal,
    world::{State, new_id},
};

/// The lists that the body changes, as they will be. What says how is taken out of the body.
pub(super) fn taken(
    ask: &Ask<'_>,
    state: &State,
    section: &str,
    body: &mut Map<String, Value>,
    holds: &dyn Fn(&str) -> Value,
) -> Result<Vec<Wish>, Refusal> {
    let mut wishes = Vec::new();
    if let Some(Value::Object(option)) = body.remove("authentication_option") {
        let path = format!("{section}authentication_options");
        let list = list(holds(&path));
        wishes.push(Wish { shown: "authentication_option".to_owned(), value: signing_in(ask, list, &option)?, path });
    }
    for name in ["chat", "meeting_security"] {
        let Some(tool) = inner(body, name, "chat_etiquette_tool") else { continue };
        let operate = tool.remove("operate");
        if let Some(Value::Array(given)) = tool.remove("policies") {
            let path = format!("{name}.chat_etiquette_tool.policies");
            let most = holds(&format!("{name}.chat_etiquette_tool.policy_max_count"));
            let value = policies(ask, list(holds(&path)), &given, operate.as_ref().and_then(Value::as_str))
                .filter(|list| most.as_u64().is_none_or(|most| list.len() as u64 <= most))
                .ok_or_else(|| Refusal::field(&path))?;
            wishes.push(Wish { shown: path.clone(), path, value: value.into() });
        }
    }
    if let Some(sso) = inner(body, "security", "signin_with_sso") {
        let removes = sso.remove("operation").is_some_and(|operation| operation == "remove");
        if let Some(Value::Array(ids)) = sso.remove("sso_bypass_user_ids") {
            let path = "security.signin_with_sso.sso_bypass_users".to_owned();
            let value = bypassing(ask, state, list(holds(&path)), &ids, removes)?;
            wishes.push(Wish { shown: path.clone(), path, value });
        }
    }
    if let Some(templates) = inner(body, "schedule_meeting", "meeting_template") {
        templates.remove("action");
        // Nobody can make a template in the sandbox, so none can be switched on.
        if templates.remove("templates").is_some_and(|given| given.as_array().is_some_and(|list| !list.is_empty())) {
            return Err(Refusal::field("schedule_meeting.meeting_template.templates[0].id"));
        }
    }
    Ok(wishes)
}

fn inner<'a>(body: &'a mut Map<String, Value>, section: &str, name: &str) -> Option<&'a mut Map<String, Value>> {
    body.get_mut(section)?.get_mut(name)?.as_object_mut()
}

fn list(value: Value) -> Vec<Value> {
    if let Value::Array(items) = value { items } else { Vec::new() }
}

fn text<'a>(of: &'a Map<String, Value>, name: &str) -> &'a str {
    of.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn has_id(item: &Value, id: &str) -> bool {
    !id.is_empty() && item.get("id").is_some_and(|known| known == id)
}

/// `authentication_option`: adds, changes or deletes a way to sign in. One of them is the default.
fn signing_in(ask: &Ask<'_>, mut list: Vec<Value>, option: &Map<String, Value>) -> Result<Value, Refusal> {
    let wrong = |name: &str| Refusal::field(&format!("authentication_option.{name}"));
    let known = list.iter().position(|item| has_id(item, text(option, "id")));
    let needs_domains = text(option, "type") == "enforce_login_with_domains";
    let at = match text(option, "action") {
        "delete" => {
            list.remove(known.ok_or_else(|| wrong("id"))?);
            return Ok(list.into());
        }
        "update" => known.ok_or_else(|| wrong("id"))?,
        "add" => {
            for name in ["name", "type"].into_iter().chain(needs_domains.then_some("domains")) {
                if text(option, name).is_empty() {
                    return Err(wrong(name));
                }
            }
            let id = new_id(ask.app.entropy.as_ref());
            list.push(json!({ "id": id, "visible": true, "default_option": false, "domains": "" }));
            list.len() - 1
        }
        _ => return Err(wrong("action")),
    };
    let given = option.iter().filter(|(name, _)| !["action", "id"].contains(&name.as_str()));
    let becomes_default = option.get("default_option") == Some(&Value::Bool(true));
    for (here, item) in list.iter_mut().enumerate() {
        let Value::Object(item) = item else { continue };
        if here == at {
            item.extend(given.clone().map(|(name, value)| (name.clone(), value.clone())));
        } else if becomes_default {
            item.insert("default_option".to_owned(), false.into());
        }
    }
    Ok(list.into())
}

/// Chat policies: new ones get an id, the others are found by theirs.
fn policies(ask: &Ask<'_>, mut list: Vec<Value>, given: &[Value], operate: Option<&str>) -> Option<Vec<Value>> {
    for policy in given.iter().filter_map(Value::as_object) {
        let known = list.iter().position(|item| has_id(item, text(policy, "id")));
        match (operate, known) {
            (Some("delete"), Some(at)) => drop(list.remove(at)),
            (Some("update") | None, Some(at)) => {
                let place = list.get_mut(at).and_then(Value::as_object_mut)?;
                place.extend(policy.clone());
            }
            (Some("create") | None, None) => {
                let fresh = json!({
                    "description": "",
                    "is_locked": false,
                    "keywords": [],
                    "name": "",
                    "regular_expression": "",
                    "status": "activated",
                    "trigger_action": 1,
                });
                let mut fresh = fresh.as_object().cloned()?;
                fresh.extend(policy.clone());
                fresh.insert("id".to_owned(), new_id(ask.app.entropy.as_ref()).into());
                list.push(fresh.into());
            }
            _ => return None,
        }
    }
    Some(list)
}

/// `sso_bypass_user_ids`: people of the account, by id.
fn bypassing(
    ask: &Ask<'_>,
    state: &State,
    mut list: Vec<Value>,
    ids: &[Value],
    removes: bool,
) -> Result<Value, Refusal> {
    for id in ids.iter().filter_map(Value::as_str) {
        let person = state.person_by_id(id).filter(|person| person.account_id == ask.account_id);
        let person = person.ok_or_else(|| Refusal::field("security.signin_with_sso.sso_bypass_user_ids"))?;
        list.retain(|item| !has_id(item, id));
        if !removes {
            list.push(json!({ "id": person.id, "email": person.email }));
        }
    }
    Ok(list.into())
}
