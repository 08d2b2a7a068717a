//! Assistants and schedulers: two views of who may schedule for whom.

use serde_json::{Map, Value, json};

use super::super::{Ask, words::refused};
use crate::{
    answer::{Answer, Refusal},
    wire::instant,
    world::{Assistant, Licence, Person, Plan},
};

/// `GET /users/{userId}/assistants`.
pub(in crate::rest) fn list(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let user = ask.user()?;
    let rows: Vec<Value> = ask.app.world.read(|state| {
        let known = user.assistants.iter().filter_map(|one| Some((one, state.person_by_id(&one.user_id)?)));
        known
            .map(|(one, person)| {
                json!({
                    "id": person.id,
                    "email": person.email,
                    "can_manage_host_private_event": one.private_events,
                })
            })
            .collect()
    });
    Ok(Answer::json(ask.operation.success, json!({ "assistants": rows })))
}

/// `GET /users/{userId}/schedulers`: for whom the user may schedule.
pub(in crate::rest) fn schedulers(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let user = ask.user()?;
    let people = ask.people();
    let hosts = people.iter().filter(|one| assists(&user, one));
    let rows: Vec<Value> = hosts.map(|one| json!({ "id": one.id, "email": one.email, "pmi": one.pmi })).collect();
    Ok(Answer::json(ask.operation.success, json!({ "schedulers": rows })))
}

fn assists(user: &Person, host: &Person) -> bool {
    host.assistants.iter().any(|one| one.user_id == user.id)
}

/// `POST /users/{userId}/assistants`: all of them, or none.
pub(in crate::rest) fn create(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let user = ask.user()?;
    let plan = ask.app.world.read(|state| state.account(&ask.account_id).map(|account| account.plan));
    if plan == Some(Plan::Free) {
        return Err(refused(ask, "Current account must be paid account", &user.id));
    }
    if user.licence != Licence::Licensed {
        return Err(refused(ask, "The user must either be a Licensed user or an On-prem user : $userId", &user.id));
    }
    let asked = ask.body.get("assistants").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut added: Vec<Assistant> = Vec::new();
    for one in asked.iter().filter_map(Value::as_object) {
        added.push(wanted(ask, &user, one, &added)?);
    }
    if added.is_empty() {
        return Err(Refusal::field("assistants"));
    }
    let ids: Vec<&str> = added.iter().map(|one| one.user_id.as_str()).collect();
    let body = json!({ "ids": ids.join(","), "add_at": instant(ask.now) });
    change_user(ask, &user, |person| person.assistants.extend(added))?;
    Ok(Answer::json(ask.operation.success, body))
}

fn wanted(ask: &Ask<'_>, user: &Person, one: &Map<String, Value>, added: &[Assistant]) -> Result<Assistant, Refusal> {
    let text = |name: &str| one.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let name = text("id").or_else(|| text("email")).ok_or_else(|| Refusal::field("assistants"))?;
    let person = ask.user_named(name).map_err(|_| refused(ask, "Can't find user", name))?;
    if person.id == user.id {
        return Err(refused(ask, "Can't assign scheduling privilege to yourself", ""));
    }
    if user.assistants.iter().chain(added).any(|known| known.user_id == person.id) {
        return Err(refused(ask, "User $email has already granted", &person.email));
    }
    if person.licence != Licence::Licensed {
        return Err(refused(ask, "The user must either be a Licensed user or an On-prem user : $email", &person.email));
    }
    let private_events = one.get("can_manage_host_private_event").and_then(Value::as_bool).unwrap_or(false);
    Ok(Assistant { user_id: person.id, private_events })
}

/// `DELETE /users/{userId}/assistants` and `…/{assistantId}`.
pub(in crate::rest) fn delete(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let user = ask.user()?;
    let one = match ask.param("assistantId") {
        "" => None,
        name => Some(ask.user_named(name)?),
    };
    change_user(ask, &user, |person| {
        person.assistants.retain(|known| one.as_ref().is_some_and(|one| known.user_id != one.id));
    })?;
    Ok(Answer::empty(ask.operation.success))
}

/// `DELETE /users/{userId}/schedulers` and `…/{schedulerId}`.
pub(in crate::rest) fn delete_scheduler(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let user = ask.user()?;
    let hosts = match ask.param("schedulerId") {
        "" => ask.people(),
        name => vec![ask.user_named(name)?],
    };
    for host in hosts.iter().filter(|host| assists(&user, host)) {
        change_user(ask, host, |person| person.assistants.retain(|known| known.user_id != user.id))?;
    }
    Ok(Answer::empty(ask.operation.success))
}

fn change_user(ask: &Ask<'_>, user: &Person, make: impl FnOnce(&mut Person)) -> Result<(), Refusal> {
    ask.change(|change| {
        if let Some(person) = change.state.people.iter_mut().find(|one| one.id == user.id) {
            make(person);
        }
        Ok(())
    })
}
