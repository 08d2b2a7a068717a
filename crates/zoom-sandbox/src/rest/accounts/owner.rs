//! `PUT /accounts/{accountId}/owner`: hands an account to one of its admins; the old owner becomes an admin.

use super::super::{Ask, words::refused};
use crate::answer::{Answer, Refusal};

pub(in crate::rest) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let email = ask.text("email").unwrap_or_default().trim();
    if email.is_empty() {
        return Err(Refusal::field("email"));
    }
    let account = ask.account_id.as_str();
    let heir = ask.app.world.read(|state| state.person(email).cloned());
    let heir = heir.ok_or_else(|| refused(ask, "Cannot make a user outside", ""))?;
    if heir.is_owner() && heir.account_id == account {
        return Err(refused(ask, "Cannot update the role of an account owner", ""));
    }
    if heir.account_id != account || heir.role_id != "1" || heir.api_user {
        return Err(refused(ask, "User is not an admin", account));
    }
    ask.change(|change| {
        for person in change.state.people.iter_mut().filter(|person| person.account_id == account) {
            if person.id == heir.id {
                "0".clone_into(&mut person.role_id);
            } else if person.is_owner() {
                "1".clone_into(&mut person.role_id);
            }
        }
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}
