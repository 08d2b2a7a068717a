//! Roles, and who has them.

mod members;
mod role;

pub use members::{ListRoleMembers, RoleMember};
pub use role::{Role, RoleChange};

use crate::{Call, ZoomClient};

pub(crate) const CALLS: &[&Call] = &[
    &role::LIST,
    &role::CREATE,
    &role::GET,
    &role::UPDATE,
    &role::DELETE,
    &members::LIST,
    &members::ADD,
    &members::REMOVE,
];

/// Asks about roles; from [`ZoomClient::roles`]. `0` is the owner's, `1` admins', `2` members'; these three cannot be
/// changed or deleted ([`Error::Refused`](crate::Error::Refused) and its neighbours).
#[derive(Clone, Debug)]
pub struct Roles(pub(crate) ZoomClient);
