//! `PUT /users/{userId}/status`: deactivates somebody, or lets them in again.

use super::{
    super::{Ask, words::refused},
    told,
};
use crate::{
    answer::{Answer, Refusal},
    world::PersonStatus,
};

pub(in crate::rest) fn answer(ask: &Ask<'_>) -> Result<Answer, Refusal> {
    let person = ask.user()?;
    let (status, event) = match ask.text("action") {
        Some("activate") => (PersonStatus::Active, "user.activated"),
        Some("deactivate") => (PersonStatus::Inactive, "user.deactivated"),
        Some("clock_in" | "clock_out") => {
            ask.note("The sandbox keeps no working hours: nothing changed.");
            return Ok(Answer::empty(ask.operation.success));
        }
        _ => return Err(Refusal::field("action")),
    };
    if matches!(person.role_id.as_str(), "0" | "1") {
        return Err(refused(ask, "Zoom Room and Admin users' status", ""));
    }
    ask.change(|change| {
        let Some(place) = change.state.people.iter_mut().find(|one| one.id == person.id) else {
            return Err(Refusal::about(&zoom_spec::code::USER_NOT_FOUND, &person.id));
        };
        if place.status != status {
            place.status = status;
            let after = place.clone();
            told::changed(change, event, &ask.caller.me, &after);
        }
        Ok(())
    })?;
    Ok(Answer::empty(ask.operation.success))
}
