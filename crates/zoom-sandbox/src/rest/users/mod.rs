//! Users and their keys.

mod assistants;
mod create;
mod delete;
mod email;
mod email_change;
mod get;
mod list;
mod overview;
mod status;
mod switch;
mod token;
mod told;
mod update;
mod zak;

pub(crate) use self::told::created as tell_created;
pub(super) use self::told::updated as tell_updated;
use serde_json::Value;

use super::{Behaviour, Check, stopped};

/// What the sandbox does with users.
pub(super) const BEHAVIOURS: &[(&str, Behaviour)] = &[
    ("users", list::answer),
    ("userCreate", create::answer),
    ("user", get::answer),
    ("userUpdate", update::answer),
    ("userDelete", delete::answer),
    ("userStatus", status::answer),
    ("SwitchAUser'sAccount", switch::answer),
    ("userEmail", email::answer),
    ("userEmailUpdate", email_change::answer),
    ("userAssistants", assistants::list),
    ("userAssistantCreate", assistants::create),
    ("userAssistantDelete", assistants::delete),
    ("userAssistantsDelete", assistants::delete),
    ("userSchedulers", assistants::schedulers),
    ("userSchedulerDelete", assistants::delete_scheduler),
    ("userSchedulersDelete", assistants::delete_scheduler),
    ("userPermission", overview::permissions),
    ("userSummary", |ask| Ok(overview::summary(ask))),
    ("userVanityName", overview::vanity_name),
    ("userToken", token::answer),
    ("userZak", |ask| Ok(zak::answer(ask))),
];

/// Fields that these operations refuse in words of their own.
pub(super) const CHECKS: &[(&str, Check)] = &[
    ("userCreate", |raw| stopped::licence(raw, raw.body.get("user_info").and_then(Value::as_object))),
    ("userUpdate", |raw| stopped::licence(raw, Some(raw.body))),
];
