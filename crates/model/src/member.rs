//! Who has a login, and what each role may do.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    ids::MemberId,
    invalid::Problem,
    text::{Email, PersonName},
};

/// What somebody with a login is here. Later roles may do less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Everything, credentials and other owners included.
    Owner,
    /// All rooms and members, but not the Zoom credentials.
    Admin,
    /// The rooms of the Zoom hosts linked to them.
    Host,
    /// Looks only.
    Viewer,
}

/// Something a role may or may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
    /// See rooms, hosts and their state at Zoom.
    LookAround,
    /// Make and change rooms of the hosts linked to oneself.
    KeepOwnRooms,
    /// Make, change and delete every room.
    KeepAllRooms,
    /// Start a room as a host who is not linked to oneself, after confirming.
    StartForOthers,
    /// Read and change the Zoom credentials.
    ManageConnection,
    /// Link Zoom hosts to members, invite and remove members.
    ManageTeam,
    /// Read the audit log and the webhook inbox.
    ReadAudit,
}

impl Role {
    /// All roles, the one that may do most first.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Admin, Self::Host, Self::Viewer];

    /// Whether this role has that right. The only place where rights are given.
    pub fn may(self, right: Right) -> bool {
        match right {
            Right::LookAround => true,
            Right::KeepOwnRooms => matches!(self, Self::Owner | Self::Admin | Self::Host),
            Right::KeepAllRooms | Right::ReadAudit => matches!(self, Self::Owner | Self::Admin),
            Right::StartForOthers | Right::ManageConnection | Right::ManageTeam => matches!(self, Self::Owner),
        }
    }

    /// The word stored, typed and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Host => "host",
            Self::Viewer => "viewer",
        }
    }
}

impl FromStr for Role {
    type Err = Problem;
    fn from_str(text: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|r| r.as_str() == text).ok_or(Problem::NotAChoice)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Somebody with an eRoom login.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The member.
    pub id: MemberId,
    /// The address they sign in with.
    pub email: Email,
    /// What they are called.
    pub name: PersonName,
    /// What they may do.
    pub role: Role,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_viewer_only_looks_and_credentials_are_the_owners() {
        assert!(Role::Viewer.may(Right::LookAround));
        assert!(!Role::Viewer.may(Right::KeepOwnRooms));
        assert!(!Role::Admin.may(Right::ManageConnection));
        assert!(Role::Owner.may(Right::ManageConnection));
        assert!(!Role::Host.may(Right::KeepAllRooms));
    }
}
