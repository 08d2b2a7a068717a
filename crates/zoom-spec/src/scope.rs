//! The scopes of the set-up guide and the titles under which Zoom's Marketplace shows them.

use crate::{table, words::Status};

/// A granular scope that the set-up guide asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The identifier, such as `meeting:write:meeting:admin`.
    pub id: &'static str,
    /// The title in the Marketplace.
    pub title: &'static str,
    /// How much is known about what it guards.
    pub status: Status,
}

/// The 49 scopes of the set-up guide.
pub fn scopes() -> &'static [Scope] {
    &table::SCOPES
}

/// The Marketplace's title of `scope`, for the scopes of the set-up guide.
pub fn scope_title(scope: &str) -> Option<&'static str> {
    scopes().iter().find(|known| known.id == scope).map(|known| known.title)
}
