//! Who acts: a signed-in member, a program with a member's token, or the operator at the command line.

use model::{Email, Member, MemberId, Right, Role, Room, ZoomUserId};

use crate::error::{Error, Result};

/// How an actor came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// A browser session.
    Session,
    /// An API token; `write` says whether it may change anything.
    ApiToken {
        /// Whether the token may change anything.
        write: bool,
    },
    /// Somebody with the operator's shell on this machine. May do what an owner may.
    CommandLine,
}

/// Somebody whom a use case can ask for rights.
#[derive(Clone, Debug)]
pub struct Actor {
    member: Option<Member>,
    hosts: Vec<ZoomUserId>,
    via: Via,
}

impl Actor {
    pub(crate) fn new(member: Member, hosts: Vec<ZoomUserId>, via: Via) -> Self {
        Self { member: Some(member), hosts, via }
    }

    /// The operator at the command line, and the demo's own preparations. Never made from a request.
    pub fn command_line() -> Self {
        Self { member: None, hosts: Vec::new(), via: Via::CommandLine }
    }

    /// The member who acts; nobody at the command line.
    pub fn member(&self) -> Option<&Member> {
        self.member.as_ref()
    }

    /// The member's id; nobody's at the command line.
    pub fn member_id(&self) -> Option<MemberId> {
        self.member.as_ref().map(|m| m.id)
    }

    /// What the actor is here.
    pub fn role(&self) -> Role {
        self.member.as_ref().map_or(Role::Owner, |m| m.role)
    }

    /// The Zoom users in whose name the actor may start rooms.
    pub fn hosts(&self) -> &[ZoomUserId] {
        &self.hosts
    }

    /// How the actor came in.
    pub fn via(&self) -> Via {
        self.via
    }

    /// Whether the actor has that right. A read-only token has none that changes something.
    pub fn may(&self, right: Right) -> bool {
        let reads = matches!(right, Right::LookAround | Right::ReadAudit);
        self.role().may(right) && (reads || !matches!(self.via, Via::ApiToken { write: false }))
    }

    /// Asks for a right.
    pub fn need(&self, right: Right) -> Result<()> {
        if self.may(right) { Ok(()) } else { Err(Error::Forbidden { right }) }
    }

    /// Whether that Zoom user is linked to the actor.
    pub fn is_linked_to(&self, host: &ZoomUserId) -> bool {
        self.hosts.contains(host)
    }

    /// Asks for the right to make or change rooms of `host`: all rooms, or one's own.
    pub fn need_rooms_of(&self, host: &ZoomUserId) -> Result<()> {
        if self.may(Right::KeepAllRooms) {
            return Ok(());
        }
        self.need(Right::KeepOwnRooms)?;
        if self.is_linked_to(host) { Ok(()) } else { Err(Error::Forbidden { right: Right::KeepAllRooms }) }
    }

    /// Whether the actor may change this room.
    pub fn may_keep(&self, room: &Room) -> bool {
        self.need_rooms_of(&room.host).is_ok()
    }

    /// The Zoom user as whom the actor may start this room without asking anybody: its host, else one of its alternative
    /// hosts, whoever of them is linked to the actor.
    pub fn starts_as<'room>(&self, room: &'room Room) -> Option<&'room ZoomUserId> {
        if !self.may(Right::KeepOwnRooms) {
            return None;
        }
        std::iter::once(&room.host).chain(&room.alternative_hosts).find(|host| self.is_linked_to(host))
    }

    /// Whether the actor sees this room before visitors do: who may change it, and who may start it.
    pub fn may_see_unpublished(&self, room: &Room) -> bool {
        self.may_keep(room) || self.starts_as(room).is_some()
    }

    /// How the audit log calls the actor.
    pub fn name(&self) -> String {
        self.member.as_ref().map_or_else(|| "command line".to_owned(), |m| m.name.to_string())
    }

    /// The address the actor signs in with.
    pub fn email(&self) -> Option<&Email> {
        self.member.as_ref().map(|m| &m.email)
    }
}
