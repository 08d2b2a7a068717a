//! Who has a role.

use reqwest::Method;
use serde::Serialize;

use super::Roles;
use crate::{Call, Error, UserId, ask::Ask};

pub(super) static LIST: Call = Call::new("roleMembers", Method::GET, "/roles/{roleId}/members");
pub(super) static ADD: Call = Call::new("AddRoleMembers", Method::POST, "/roles/{roleId}/members");
pub(super) static REMOVE: Call = Call::new("roleMemberDelete", Method::DELETE, "/roles/{roleId}/members/{memberId}");

answer! {
    /// A user who has a role.
    RoleMember {
        /// The user's id.
        id: String,
        /// The user's address.
        email: String,
        /// First name.
        first_name: String,
        /// Last name.
        last_name: String,
        /// Department.
        department: String,
    }
}

#[derive(Serialize)]
struct Body<'a> {
    members: Vec<One<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum One<'a> {
    Id(&'a str),
    Email(&'a str),
}

impl Roles {
    /// Who has a role, over all pages. Scope `role:read:list_members`; medium.
    pub fn members(&self, role: &str) -> ListRoleMembers {
        ListRoleMembers(Ask::new(&self.0, &LIST, &[&role]))
    }

    /// Gives users a role, at most thirty. Scope `role:write:member`; medium.
    pub async fn add_members(&self, role: &str, users: &[UserId]) -> Result<(), Error> {
        let one = |user: &'_ UserId| matches!(user, UserId::Email(_));
        let members = users
            .iter()
            .map(|user| if one(user) { One::Email(user.as_str()) } else { One::Id(user.as_str()) })
            .collect();
        Ask::new(&self.0, &ADD, &[&role]).body(&Body { members }).done().await
    }

    /// Takes a role from a user, who is a member then. Scope `role:delete:member`; light.
    pub async fn remove_member(&self, role: &str, user: &UserId) -> Result<(), Error> {
        Ask::new(&self.0, &REMOVE, &[&role, user]).done().await
    }
}

list! {
    /// A list of those who have a role; await it for all of them.
    ListRoleMembers of RoleMember, "members" {}
}
