//! Roles: what the people of an account may do, and so what the apps they made may do.

use serde::{Deserialize, Serialize};

/// The owner's role.
pub(crate) const OWNER: &str = "0";
/// The role of administrators.
pub(crate) const ADMIN: &str = "1";
/// Everybody else's role.
pub(crate) const MEMBER: &str = "2";

/// A role of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// The account it is a role of.
    pub account_id: String,
    /// `0` owner, `1` admin, `2` member; roles that somebody made have longer ids.
    pub id: String,
    /// Its name, unique in the account.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Permissions such as `User:Edit`.
    pub privileges: Vec<String>,
    /// What it may do in sub-accounts, as Zoom's figure (`second_level`).
    #[serde(default)]
    pub second_level: i64,
}

impl Role {
    /// Whether it is the same role of the same account, as it is now or was before a change.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.account_id == other.account_id && self.id == other.id
    }

    /// Whether it is one of the three that every account has.
    pub fn is_system(&self) -> bool {
        matches!(self.id.as_str(), OWNER | ADMIN | MEMBER)
    }

    /// The permissions it holds: for owners and admins all that Zoom's documents name.
    pub fn permissions(&self) -> Vec<String> {
        let all: std::collections::BTreeSet<&str> =
            zoom_spec::operations().iter().flat_map(|operation| operation.roles.iter().copied()).collect();
        all.into_iter().filter(|one| self.may(one)).map(str::to_owned).collect()
    }

    /// Whether it is the owner's or the admins': those may do everything.
    pub fn may_everything(&self) -> bool {
        matches!(self.id.as_str(), OWNER | ADMIN)
    }

    /// Whether apps of whoever holds it are granted a scope: one for the user's own things, or one that opens some
    /// operation which the role may do. Scopes that open none let apps hear of events, and roles say nothing of those.
    pub(crate) fn may_grant(&self, scope: &str) -> bool {
        let is_own = !scope.split(':').any(|part| matches!(part, "admin" | "master"));
        if is_own || self.may_everything() {
            return true;
        }
        let is_opened = |one: &&zoom_spec::Operation| one.granular.contains(&scope) || one.classic.contains(&scope);
        let mut opened = zoom_spec::operations().iter().filter(is_opened).peekable();
        opened.peek().is_none() || opened.any(|operation| self.may_call(operation))
    }

    /// Whether the role allows an operation on other people's things or the account's. Where Zoom names no permission for
    /// it, that is for owners and admins; but the Marketplace's operations have rules of their own, and recordings
    /// permissions that other operations on them name.
    pub(crate) fn may_call(&self, operation: &zoom_spec::Operation) -> bool {
        let asks_by_itself = operation.product == zoom_spec::Product::Marketplace;
        let of_recordings = |one: &String| one.starts_with("Recording:") && operation.path.contains("/recordings");
        if operation.roles.is_empty() {
            return self.may_everything() || asks_by_itself || self.privileges.iter().any(of_recordings);
        }
        operation.roles.iter().all(|one| self.may(one))
    }

    /// Whether it holds a permission. Owners and admins hold all of them.
    pub fn may(&self, permission: &str) -> bool {
        self.may_everything() || self.privileges.iter().any(|held| held == permission)
    }
}

/// The roles every account begins with.
pub(crate) fn system(account_id: &str) -> Vec<Role> {
    let role = |id: &str, name: &str, description: &str| Role {
        account_id: account_id.to_owned(),
        id: id.to_owned(),
        name: name.to_owned(),
        description: description.to_owned(),
        privileges: Vec::new(),
        second_level: 0,
    };
    vec![
        role(OWNER, "Owner", "Everything, and the only one who may hand the account on."),
        role(ADMIN, "Admin", "Everything but handing the account on."),
        role(MEMBER, "Member", "Their own meetings, and nothing of other people's."),
    ]
}
