//! Users and their keys.

mod create;
mod email;
mod get;
mod list;
mod settings;
mod token;
mod zak;

use super::Behaviour;

/// What the sandbox does with users.
pub(super) const BEHAVIOURS: &[(&str, Behaviour)] = &[
    ("users", list::answer),
    ("userCreate", create::answer),
    ("user", get::answer),
    ("userEmail", email::answer),
    ("userSettings", settings::answer),
    ("userToken", token::answer),
    ("userZak", |ask| Ok(zak::answer(ask))),
];
