//! `GET /users`.

use serde_json::Value;
use zoom_spec::Place;

use super::super::{Ask, page};
use crate::{
    answer::{Answer, Refusal},
    wire,
};

pub(in crate::rest) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let status = ask.query("status").unwrap_or("active");
    let role = ask.query("role_id");
    let mut people = ask.people();
    people.retain(|person| person.status.as_str() == status && role.is_none_or(|role| person.role_id == role));
    // Nobody in the sandbox holds one of the licences that can be asked for.
    people.retain(|_| ask.query("license").is_none());
    let include = ask.query("include_fields").unwrap_or_default();
    // The lists of an account and of its sub-accounts do not tell the same.
    let is_told = |name: &str| ask.operation.field(Place::Answer, &format!("users[].{name}")).is_some();
    let row = |person| {
        let mut row = wire::person_row(person, include);
        row.retain(|name, _| is_told(name));
        Value::Object(row)
    };
    let rows = people.iter().map(row).collect();
    Ok(Answer::json(ask.operation.success, page::envelope(ask, "users", rows)?))
}
