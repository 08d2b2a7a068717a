//! Meetings and webinars. Zoom has two sets of operations for them that differ in words, scopes and settings; what they
//! do is the same, so each verb is written once and told which kind it serves.

pub(super) mod create;
pub(super) mod delete;
mod draft;
mod find;
pub(super) mod get;
pub(super) mod list;
pub(super) mod status;
pub(super) mod update;
