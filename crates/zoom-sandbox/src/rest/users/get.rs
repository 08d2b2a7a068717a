//! `GET /users/{userId}`: by id, e-mail address or `me`.

use super::super::Ask;
use crate::{
    answer::{Answer, Refusal},
    wire,
};

pub(in crate::rest) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let detail = wire::person_detail(&ask.user()?, &ask.app.world.account(), &ask.app.base);
    Ok(Answer::json(ask.operation.success, detail))
}
