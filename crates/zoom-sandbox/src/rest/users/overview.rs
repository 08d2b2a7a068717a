//! What is said of users in short: permissions, counts, personal links.

use serde_json::{Value, json};

use super::super::Ask;
use crate::{
    answer::{Answer, Refusal},
    world::{Licence, PersonStatus},
};

/// `GET /users/{userId}/permissions`: what the user's role allows.
pub(in crate::rest) fn permissions(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let user = ask.user()?;
    let role = ask.app.world.read(|state| state.role_of(&user).cloned());
    let held: Vec<String> = role.map(|role| role.permissions()).unwrap_or_default();
    Ok(Answer::json(ask.operation.success, json!({ "permissions": held })))
}

/// `GET /users/summary`.
pub(in crate::rest) fn summary(ask: &Ask<'_>) -> Answer {
    let people = ask.people();
    let count = |licence: Licence| {
        people.iter().filter(|one| one.licence == licence && one.status == PersonStatus::Active).count()
    };
    let pending = people.iter().filter(|one| one.status == PersonStatus::Pending).count();
    let body = json!({
        "licensed_users_count": count(Licence::Licensed),
        "basic_users_count": count(Licence::Basic),
        "on_prem_users_count": 0,
        "room_users_count": 0,
        "pending_users_count": pending,
        "join_only_users_count": count(Licence::Unassigned),
        "total_users_count": people.len(),
    });
    Answer::json(ask.operation.success, body)
}

/// `GET /users/vanity_name`: whether a personal link is taken.
pub(in crate::rest) fn vanity_name(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let Some(name) = ask.query("vanity_name") else { return Err(Refusal::new(400, 300, "Vanity name is required.")) };
    let is_it = |value: &Value| value.as_str().is_some_and(|known| known.eq_ignore_ascii_case(name));
    let existed = ask.people().iter().any(|one| one.profile.get("vanity_name").is_some_and(is_it));
    Ok(Answer::json(ask.operation.success, json!({ "existed": existed })))
}
