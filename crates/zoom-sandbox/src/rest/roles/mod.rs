//! Roles: made, read, changed, deleted, and who has them.

mod members;

use serde_json::{Value, json};

use super::{Ask, Behaviour, words::refused};
use crate::{
    answer::{Answer, Refusal},
    world::{Change, Person, Plan, Role, State, new_id},
};

/// What the sandbox does with roles.
pub(super) const BEHAVIOURS: &[(&str, Behaviour)] = &[
    ("roles", |ask| Ok(list(ask))),
    ("createRole", create),
    ("getRoleInformation", get),
    ("updateRole", update),
    ("deleteRole", delete),
    ("roleMembers", members::list),
    ("AddRoleMembers", members::add),
    ("roleMemberDelete", members::delete),
];

fn count(state: &State, ask: &Ask<'_>, role: &Role) -> usize {
    state.people.iter().filter(|person| person.account_id == ask.account_id && person.role_id == role.id).count()
}

/// The role of the path.
fn find(ask: &Ask<'_>) -> Result<Role, Refusal> {
    let asked = ask.param("roleId");
    let found = ask.app.world.read(|state| state.role(&ask.account_id, asked).cloned());
    found.ok_or_else(|| refused(ask, "Provided `role_id` does not exist", asked))
}

fn list(ask: &Ask<'_>) -> Answer {
    let rows: Vec<Value> = ask.app.world.read(|state| {
        let row = |role: &Role| {
            json!({
                "id": role.id,
                "name": role.name,
                "description": role.description,
                "type": "common",
                "total_members": count(state, ask, role),
            })
        };
        state.roles.iter().filter(|role| role.account_id == ask.account_id).map(row).collect()
    });
    Answer::json(ask.operation.success, json!({ "total_records": rows.len(), "roles": rows }))
}

/// The name of the body, unless another role has it.
fn name(ask: &Ask<'_>, change: &Change<'_>, own: &str) -> Result<Option<String>, Refusal> {
    let Some(name) = ask.text("name").map(str::trim).filter(|name| !name.is_empty()) else { return Ok(None) };
    let is_taken =
        |role: &Role| role.account_id == ask.account_id && role.id != own && role.name.eq_ignore_ascii_case(name);
    if change.state.roles.iter().any(is_taken) {
        return Err(refused(ask, "Role name {roleName}", name));
    }
    Ok(Some(name.to_owned()))
}

fn privileges(ask: &Ask<'_>) -> Option<Vec<String>> {
    let sent = ask.body.get("privileges")?.as_array()?;
    Some(sent.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

fn create(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let made = ask.change(|change| {
        let name = name(ask, change, "")?.ok_or_else(|| Refusal::field("name"))?;
        let role = Role {
            account_id: ask.account_id.clone(),
            id: new_id(change.entropy),
            name,
            description: ask.text("description").unwrap_or_default().to_owned(),
            privileges: privileges(ask).unwrap_or_default(),
            second_level: 0,
        };
        change.state.roles.push(role.clone());
        Ok(role)
    })?;
    let body = json!({
        "id": made.id,
        "name": made.name,
        "description": made.description,
        "type": "common",
        "privileges": made.privileges,
        "total_members": 0,
    });
    Ok(Answer::json(ask.operation.success, body))
}

fn get(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let role = find(ask)?;
    let members = ask.app.world.read(|state| count(state, ask, &role));
    let body = json!({
        "id": role.id,
        "name": role.name,
        "description": role.description,
        "type": "common",
        "privileges": if role.is_system() { role.permissions() } else { role.privileges.clone() },
        "sub_account_privileges": { "second_level": role.second_level },
        "total_members": members,
        "privilege_scopes": [],
    });
    Ok(Answer::json(ask.operation.success, body))
}

fn update(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let role = find(ask)?;
    let plan = ask.app.world.read(|state| state.account(&ask.account_id).map(|account| account.plan));
    if plan == Some(Plan::Free) {
        return Err(refused(ask, "The account must be a paid account", ""));
    }
    ask.change(|change| {
        let name = name(ask, change, &role.id)?;
        let Some(place) = change.state.role_mut(&role) else { return Ok(()) };
        if let Some(name) = name.filter(|_| !role.is_system()) {
            place.name = name;
        }
        if let Some(description) = ask.text("description") {
            description.clone_into(&mut place.description);
        }
        if let Some(privileges) = privileges(ask) {
            place.privileges = privileges;
        }
        let level = ask.body.get("sub_account_privileges").and_then(|sent| sent.get("second_level"));
        if let Some(level) = level.and_then(Value::as_i64) {
            place.second_level = level;
        }
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}

/// Who had the role becomes a member.
fn delete(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let role = find(ask)?;
    if role.is_system() {
        return Err(refused(ask, "Provided `role_id` does not exist", &role.id));
    }
    ask.change(|change| {
        change.state.roles.retain(|known| !known.is_same(&role));
        let had_it = |person: &&mut Person| person.account_id == role.account_id && person.role_id == role.id;
        for person in change.state.people.iter_mut().filter(had_it) {
            "2".clone_into(&mut person.role_id);
        }
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}
