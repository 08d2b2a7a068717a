//! Who has a role. Owners are made by handing the account on; everybody without another role is a member.

use serde_json::{Value, json};

use super::{
    super::{Ask, page, words::refused},
    find,
};
use crate::{
    answer::{Answer, Refusal},
    wire::instant,
    world::Person,
};

/// `GET /roles/{roleId}/members`.
pub(in crate::rest) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let role = find(ask)?;
    let people = ask.people();
    let members = people.iter().filter(|person| person.role_id == role.id);
    let rows = members
        .map(|person| {
            json!({
                "id": person.id,
                "email": person.email,
                "first_name": person.first_name,
                "last_name": person.last_name,
                "type": person.licence.code(),
                "department": person.profile.get("dept").and_then(Value::as_str).unwrap_or_default(),
            })
        })
        .collect();
    Ok(Answer::json(ask.operation.success, page::envelope(ask, "members", rows)?))
}

/// `POST /roles/{roleId}/members`: all of them, or none.
pub(in crate::rest) fn add(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let role = find(ask)?;
    if matches!(role.id.as_str(), "0" | "2") {
        return Err(refused(ask, "Can't delete or add members", ""));
    }
    let sent = ask.body.get("members").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut people: Vec<Person> = Vec::new();
    for one in &sent {
        let text = |name: &str| one.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        let name = text("id").or_else(|| text("email")).ok_or_else(|| Refusal::field("members"))?;
        let person = ask.user_named(name)?;
        if person.is_owner() {
            return Err(refused(ask, "Can't delete or add members", ""));
        }
        people.push(person);
    }
    if people.is_empty() {
        return Err(Refusal::field("members"));
    }
    let ids: Vec<&str> = people.iter().map(|person| person.id.as_str()).collect();
    ask.change(|change| {
        for person in change.state.people.iter_mut().filter(|person| ids.contains(&person.id.as_str())) {
            role.id.clone_into(&mut person.role_id);
        }
        Ok(())
    })?;
    let body = json!({ "ids": ids.join(","), "add_at": instant(ask.now) });
    Ok(Answer::json(ask.operation.success, body))
}

/// `DELETE /roles/{roleId}/members/{memberId}`.
pub(in crate::rest) fn delete(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let role = find(ask)?;
    let person = ask.user_named(ask.param("memberId"))?;
    if matches!(role.id.as_str(), "0" | "2") || person.role_id != role.id {
        return Err(refused(ask, "Provided `role_id` does not exist", &role.id));
    }
    ask.change(|change| {
        if let Some(place) = change.state.people.iter_mut().find(|known| known.id == person.id) {
            "2".clone_into(&mut place.role_id);
        }
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}
