//! `GET /users/{userId}`: by id, e-mail address or `me`.

use zoom_spec::code::NO_PERMISSION;

use super::super::Ask;
use crate::{
    answer::{Answer, Refusal},
    wire,
};

pub(in crate::rest) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let person = ask.user()?;
    let detail = ask.app.world.read(|state| {
        let (role, account) = (state.role_of(&person)?, state.account(&person.account_id)?);
        Some(wire::person_detail(&person, role, account, &ask.app.base))
    });
    detail.map(|detail| Answer::json(ask.operation.success, detail)).ok_or_else(|| NO_PERMISSION.into())
}
