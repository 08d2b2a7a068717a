//! What members see of rooms, and what they ask for.

use jiff::Timestamp;
use model::{Host, Phase, Room, RoomId, ZoomUserId};

/// Which rooms to list.
#[derive(Clone, Debug, Default)]
pub struct RoomFilter {
    /// Which part of time.
    pub when: When,
    /// Words that title or description must contain, by their beginnings.
    pub text: Option<String>,
    /// Only rooms of this host.
    pub host: Option<ZoomUserId>,
    /// Only those that are not published.
    pub drafts_only: bool,
    /// Where the page before ended ([`Listing::next`]).
    pub after: Option<RoomId>,
    /// The most rooms to list; 0 means 50, and no more than 200 are listed.
    pub limit: usize,
}

/// Which part of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// All rooms, latest start first.
    #[default]
    All,
    /// Rooms that have not ended, next one first.
    Coming,
    /// Rooms that have ended, latest first.
    Past,
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Listing<T, Id = RoomId> {
    /// What is on the page.
    pub items: Vec<T>,
    /// What the next page starts after; `None` on the last.
    pub next: Option<Id>,
}

/// A room as members see it.
#[derive(Clone, Debug)]
pub struct RoomView {
    /// The room itself. Its passcode is for people who keep the room.
    pub room: Room,
    /// Its host, if Zoom still lists them.
    pub host: Option<Host>,
    /// Who may start it besides, as last read from Zoom.
    pub alternative_hosts: Vec<Host>,
    /// Where it is in its life.
    pub phase: Phase,
    /// Whether the asker may change it.
    pub may_keep: bool,
    /// Whether the asker may start it.
    pub start: Start,
    /// Where its page is.
    pub page_url: String,
    /// Its permanent address, which stays when the slug changes.
    pub permanent_url: String,
    /// What is being done at Zoom for it, if anything is.
    pub work: Option<Work>,
}

/// Whether somebody may start a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// Yes.
    Yes,
    /// Yes, after confirming that it is for somebody else.
    AfterConfirming,
    /// No: neither its host nor an alternative host is linked to them.
    NotYourHost,
    /// No: the site may not act for the Zoom user whom they would be.
    NotAllowed,
    /// No: Zoom does not have the room, or it is over.
    NotNow,
}

/// Work for Zoom that waits or is being done.
#[derive(Clone, Debug)]
pub struct Work {
    /// How often it was tried.
    pub attempts: i64,
    /// When it is tried next.
    pub next_try_at: Timestamp,
    /// Why it did not work last time, in words for people.
    pub last_error: Option<String>,
}

/// What an owner decides about a room whose create got no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It exists at Zoom, under this number.
    ItExists {
        /// Zoom's meeting or webinar number.
        number: i64,
    },
    /// It does not exist: create it again.
    CreateAgain,
}
