//! Settings of the account and its users as documents: read, changed, locked.

mod account;
mod document;
mod feature;
mod lists;
mod locks;
mod scheduled;
mod told;
mod user;
mod wish;

use super::Behaviour;

/// What the sandbox does with settings.
pub(super) const BEHAVIOURS: &[(&str, Behaviour)] = &[
    ("accountSettings", account::get),
    ("accountSettingsUpdate", account::update),
    ("getAccountLockSettings", locks::get),
    ("UpdateLockedSettings", locks::update),
    ("userSettings", user::get),
    ("userSettingsUpdate", user::update),
];
