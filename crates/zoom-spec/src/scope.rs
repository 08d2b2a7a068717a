//! The scopes of the set-up guide and the titles under which Zoom's Marketplace shows them.

use crate::{table, words::Status};

/// A granular scope that the set-up guide asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The identifier, such as `meeting:write:meeting:admin`.
    pub id: &'static str,
    /// The title in the Marketplace.
    pub title: &'static str,
    /// The part of Zoom under which the Marketplace lists it, such as `Meeting`.
    pub product: &'static str,
    /// The group within that part, such as `View all user meetings`.
    pub group: &'static str,
    /// How much is known about what it guards.
    pub status: Status,
}

/// The 49 scopes of the set-up guide, in its order.
pub fn scopes() -> &'static [Scope] {
    &table::SCOPES
}

/// The scope of the set-up guide with this identifier.
pub fn scope(id: &str) -> Option<&'static Scope> {
    scopes().iter().find(|known| known.id == id)
}
