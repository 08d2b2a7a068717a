//! Which calls change a user, and so may not come two at a time.

use zoom_spec::{Method, Operation};

use super::{Sent, admitted};
use crate::{answer::Refusal, app::App, locks::Held};

/// What a change does to the user, as the refusal of the next one says.
fn doing(operation: &Operation) -> Option<&'static str> {
    let of_user = operation.path.split("/users/{userId}").nth(1)?;
    match (operation.method, of_user) {
        // Meetings and webinars are things of their own; only whom they are made for is in the path.
        (_, "/meetings" | "/webinars" | "/meeting_templates" | "/webinar_templates") | (Method::Get, _) => None,
        (Method::Delete, "") => Some("disassociate"),
        _ => Some("update"),
    }
}

/// The lock that a call needs for as long as it lasts: none for one that changes no user, or that is not allowed to.
pub(crate) fn lock<'a>(
    app: &'a App,
    operation: &'static Operation,
    sent: &Sent<'_>,
) -> Result<Option<Held<'a>>, Refusal> {
    let Some(doing) = doing(operation).filter(|_| app.limits.switches().0) else { return Ok(None) };
    let Ok((caller, _)) = admitted(app, operation, sent) else { return Ok(None) };
    let Some((_, asked)) = sent.params.iter().find(|(name, _)| *name == "userId") else { return Ok(None) };
    let user = match asked.as_str() {
        "me" => Some(caller.me.id.clone()),
        other => app.world.read(|state| state.person(other).map(|person| person.id.clone())),
    };
    let Some(user) = user else { return Ok(None) };
    app.locks.hold(user, doing).map(Some).map_err(|other| {
        let message = format!("Too many concurrent requests. A request to {other} this user has already been made.");
        Refusal::new(429, 429, message)
    })
}
