//! What owners see of the team.

use model::{Email, Member, PersonName, Role, ZoomUserId};
use secrecy::SecretString;

/// A member in the team's list.
#[derive(Clone, Debug)]
pub struct MemberView {
    /// The member.
    pub member: Member,
    /// The Zoom users they may act as.
    pub hosts: Vec<ZoomUserId>,
    /// Whether they have chosen a password.
    pub has_password: bool,
}

/// A member to be made.
#[derive(Clone, Debug)]
pub struct MemberDraft {
    /// The address they sign in with.
    pub email: Email,
    /// What they are called.
    pub name: PersonName,
    /// What they may do.
    pub role: Role,
    /// Their password; without one they need a password link.
    pub password: Option<SecretString>,
}
