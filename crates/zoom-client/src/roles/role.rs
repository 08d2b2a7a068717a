//! List, create, get, change and delete roles.

use reqwest::Method;

use super::Roles;
use crate::{Call, Error, ask::Ask};

pub(super) static LIST: Call = Call::new("roles", Method::GET, "/roles");
pub(super) static CREATE: Call = Call::new("createRole", Method::POST, "/roles");
pub(super) static GET: Call = Call::new("getRoleInformation", Method::GET, "/roles/{roleId}");
pub(super) static UPDATE: Call = Call::new("updateRole", Method::PATCH, "/roles/{roleId}");
pub(super) static DELETE: Call = Call::new("deleteRole", Method::DELETE, "/roles/{roleId}");

answer! {
    /// What some users of the account may do.
    Role {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// What it is for.
        description: String,
        /// How many have it.
        total_members: u32,
        /// What it may do, in Zoom's words, such as `User:Read`; only when one role is asked for.
        privileges: Vec<String>,
    }
}

body! {
    /// A role to be made, or what to change about one.
    RoleChange {
        /// Its name.
        name: String,
        /// What it is for.
        description: String,
        /// What it may do, in Zoom's words, such as `User:Read`.
        privileges: Vec<String>,
    }
}

impl Roles {
    /// Every role. Scope `role:read:list_roles`; medium.
    pub async fn list(&self) -> Result<Vec<Role>, Error> {
        self.0.whole(Ask::new(&self.0, &LIST, &[]), "roles").await
    }

    /// Makes a role. No answer is documented: where Zoom sends none, [`Roles::list`] has it. Scope `role:write:role`;
    /// light.
    pub async fn create(&self, role: &RoleChange) -> Result<(), Error> {
        Ask::new(&self.0, &CREATE, &[]).body(role).done().await
    }

    /// A role with what it may do. Scope `role:read:role`; light.
    pub async fn get(&self, role: &str) -> Result<Role, Error> {
        Ask::new(&self.0, &GET, &[&role]).read().await
    }

    /// Changes what `change` says and leaves the rest. Scope `role:update:role`; light.
    pub async fn update(&self, role: &str, change: &RoleChange) -> Result<(), Error> {
        Ask::new(&self.0, &UPDATE, &[&role]).body(change).done().await
    }

    /// Deletes a role; who had it is a member. Scope `role:delete:role`; light.
    pub async fn delete(&self, role: &str) -> Result<(), Error> {
        Ask::new(&self.0, &DELETE, &[&role]).done().await
    }
}
