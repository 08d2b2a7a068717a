//! Settings of the account and its users as documents: read, changed, locked.

mod account;
mod bulk;
mod document;
mod domains;
mod feature;
mod lists;
mod locks;
mod registration;
mod scheduled;
mod told;
mod user;
mod wish;

pub(super) use self::registration::first_questions;
use super::Behaviour;

/// What the sandbox does with settings.
pub(super) const BEHAVIOURS: &[(&str, Behaviour)] = &[
    ("accountSettings", account::get),
    ("accountSettingsUpdate", account::update),
    ("getAccountLockSettings", locks::get),
    ("UpdateLockedSettings", locks::update),
    ("accountManagedDomain", domains::managed),
    ("accountSettingsRegistration", registration::get),
    ("accountSettingsRegistrationUpdate", registration::update),
    ("bulkUpdateFeature", bulk::update),
    ("userSettings", user::get),
    ("userSettingsUpdate", user::update),
];
