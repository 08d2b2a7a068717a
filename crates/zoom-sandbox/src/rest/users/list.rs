//! `GET /users`.

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
    let rows = people.iter().map(wire::person_row).collect();
    Ok(Answer::json(ask.operation.success, page::envelope(ask, "users", rows)?))
}
