//! `PUT /accounts/{accountId}/users/{userId}/account`: a user moves to another account of the same primary one, and
//! takes along what is theirs.

use super::{
    super::{Ask, words::refused},
    told,
};
use crate::{
    answer::{Answer, Refusal},
    world::PersonStatus,
};

pub(in crate::rest) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let asked = ask.param("userId");
    let known = ask.app.world.read(|state| state.person(asked).cloned());
    let person = known.ok_or_else(|| refused(ask, "User {userId} does not exist", asked))?;
    if person.account_id != ask.account_id {
        return Err(refused(ask, "User not found on this account", ""));
    }
    if matches!(person.role_id.as_str(), "0" | "1") {
        return Err(refused(ask, "Can not disassociate Admin user", ""));
    }
    if person.status == PersonStatus::Pending {
        return Err(refused(ask, "Invite not exist", ""));
    }
    let target = ask.text("account_id").unwrap_or_default();
    ask.change(|change| {
        if target == ask.account_id || change.state.account(target).is_none() {
            return Err(Refusal::field("account_id"));
        }
        told::changed(change, "user.disassociated", &ask.caller.me, &person);
        for one in change.state.people.iter_mut() {
            one.assistants.retain(|assistant| assistant.user_id != person.id);
            if one.id == person.id {
                target.clone_into(&mut one.account_id);
                "2".clone_into(&mut one.role_id);
                one.assistants.clear();
            }
        }
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}
