//! Signing in: passwords, sessions, one-time links, API tokens.

mod api_tokens;
mod links;
pub(crate) mod password;
mod sessions;
mod views;

pub(crate) use sessions::actor_of;
pub use views::{ApiTokenView, LinkPurpose, SessionToken};
