//! `PUT /users/{userId}/email`.

use serde_json::Value;
use zoom_spec::code::{EMAIL_USED, USER_NOT_FOUND};

use super::{
    super::{Ask, words::refused},
    told,
};
use crate::answer::{Answer, Refusal};

pub(in crate::rest) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let person = ask.user()?;
    let email = ask.text("email").unwrap_or_default().trim().to_lowercase();
    if email.is_empty() {
        return Err(Refusal::field("email"));
    }
    if person.id != ask.caller.me.id && !ask.caller.is_permitted("User:Edit") {
        return Err(refused(ask, "Only an account administrator can change email", ""));
    }
    let is_admin = |role: &str| matches!(role, "0" | "1");
    if is_admin(&person.role_id) && person.id != ask.caller.me.id {
        return Err(refused(ask, "Admin can not change other admins", ""));
    }
    ask.change(|change| {
        if change.state.people.iter().any(|one| one.email == email && one.id != person.id) {
            return Err(Refusal::about(&EMAIL_USED, &email));
        }
        let Some(place) = change.state.people.iter_mut().find(|one| one.id == person.id) else {
            return Err(Refusal::about(&USER_NOT_FOUND, &person.id));
        };
        let old = std::mem::replace(&mut place.email, email.clone());
        let after = place.clone();
        let (old, new) = ([("email", Value::from(old))], [("email", Value::from(email))]);
        told::updated(change, &ask.caller.me, &old, &new, &after);
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}
