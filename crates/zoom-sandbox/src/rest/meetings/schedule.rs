//! Who may schedule what for whom: `schedule_for` and the assistants, recorded webinars, domains that may join.

use serde_json::Value;

use super::super::{
    Ask, Raw,
    words::{refused, worded},
};
use crate::{answer::Refusal, world::Person};

/// Whom `schedule_for` names, if it names another than `user`: somebody who made `user` their assistant.
pub(super) fn host(ask: &Ask<'_>, user: &Person, code: u8) -> Result<Option<Person>, Refusal> {
    let Some(name) = ask.text("schedule_for").filter(|name| !name.is_empty()) else { return Ok(None) };
    if code == 1 {
        return Err(refused(ask, "Instant meetings do not support", ""));
    }
    let Ok(host) = ask.user_named(name) else { return Err(not_of_this_account(ask, name)) };
    if host.id == user.id {
        return Ok(None);
    }
    if host.assistants.iter().any(|assistant| assistant.user_id == user.id) {
        return Ok(Some(host));
    }
    let why = format!("3000: {} has not made {} an assistant.", host.display_name, user.display_name);
    Err(refused(ask, "You cannot schedule a meeting for", name).because(why))
}

fn not_of_this_account(ask: &Ask<'_>, name: &str) -> Refusal {
    let chat = ask.body.get("settings").and_then(|settings| settings.get("continuous_meeting_chat"));
    let has_chat = chat.and_then(|chat| chat.get("enable")).and_then(Value::as_bool).unwrap_or(false);
    let is_elsewhere = has_chat && ask.app.world.person(name).is_some();
    let outside = worded(ask, "Unable to schedule for a user outside", "").filter(|_| is_elsewhere);
    let fields =
        ["The value that you entered in the `schedule_for`", "The value that you entered for the `schedule_for`"];
    let invalid = fields.iter().find_map(|begins| worded(ask, begins, ""));
    outside.or(invalid).unwrap_or_else(|| Refusal::field("schedule_for"))
}

/// Webinars that play a recording: the account has not turned them on.
pub(super) fn simulive(ask: &Ask<'_>, code: u8) -> Result<(), Refusal> {
    if ask.body.get("is_simulive").and_then(Value::as_bool) != Some(true) {
        return Ok(());
    }
    if code == 6 {
        return Err(refused(ask, "Simulive can't select", ""));
    }
    if ask.text("schedule_for").is_some_and(|name| !name.is_empty()) {
        return Err(refused(ask, "Can not schedule simulive webinar for others", ""));
    }
    Err(refused(ask, "Account hasn't enabled simulive", ""))
}

/// `enforce_login_domains`, which Zoom's table does not list any more and still looks at: names with `;` between them.
pub(super) fn check(raw: &Raw<'_>) -> Result<(), Refusal> {
    let settings = raw.body.get("settings").and_then(Value::as_object);
    let Some(text) = settings.and_then(|settings| settings.get("enforce_login_domains")).and_then(Value::as_str) else {
        return Ok(());
    };
    let is_domain = |name: &str| {
        let name = name.strip_prefix("*.").unwrap_or(name);
        name.contains('.') && name.split('.').all(|part| !part.is_empty() && part.bytes().all(is_part))
    };
    let is_part = text.split(';').map(str::trim).filter(|name| !name.is_empty()).all(is_domain);
    if is_part { Ok(()) } else { Err(raw.refused("Invalid `enforce_login_domains`", "")) }
}

fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}
