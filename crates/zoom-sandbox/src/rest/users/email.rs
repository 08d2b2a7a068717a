//! `GET /users/email`: whether an address belongs to a user of the account.

use serde_json::json;

use super::super::Ask;
use crate::answer::{Answer, Refusal};

pub(in crate::rest) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let Some(email) = ask.query("email") else { return Err(Refusal::new(400, 300, "Email is required.")) };
    let exists = ask.app.world.people().iter().any(|person| person.email.eq_ignore_ascii_case(email));
    Ok(Answer::json(ask.operation.success, json!({ "existed_email": exists })))
}
