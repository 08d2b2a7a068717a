//! Users and their keys.

pub(super) mod create;
pub(super) mod email;
pub(super) mod get;
pub(super) mod list;
pub(super) mod settings;
pub(super) mod token;
pub(super) mod zak;
