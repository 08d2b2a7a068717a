//! A whole world as one JSON document: what snapshots are, and what the state file holds.

use std::{borrow::Cow, fmt};

use clock::{Clock as _, Hands, SteeredClock, Timestamp};
use serde::{Deserialize, Serialize, de::IgnoredAny};

use super::{
    State,
    keep::{parts, redone},
};

/// What every document says of itself, so that no other JSON is taken for one.
const FORMAT: &str = "zoom-sandbox";
const VERSION: u32 = 1;

/// A sandbox's world at a moment: accounts, people, meetings, apps with their secrets, tokens, and the clock.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    format: String,
    version: u32,
    /// When it was taken, by the sandbox's clock.
    pub(crate) taken_at: Timestamp,
    /// How the clock stood or ran.
    pub(crate) clock: Clockwork,
    /// The seed of the ids that are drawn after it is restored.
    pub(crate) draws: u64,
    pub(crate) state: State,
}

parts!(Snapshot { format, version, taken_at, clock, draws, state });

/// The hands of a clock, in JSON.
#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "hands", rename_all = "lowercase", deny_unknown_fields)]
pub(crate) enum Clockwork {
    Still { now: Timestamp },
    Running { since: Timestamp, shown: Timestamp, speed: u32 },
}

impl From<Hands> for Clockwork {
    fn from(hands: Hands) -> Self {
        match hands {
            Hands::Still(now) => Self::Still { now },
            Hands::Running { since, shown, speed } => Self::Running { since, shown, speed },
        }
    }
}

impl From<Clockwork> for Hands {
    fn from(clock: Clockwork) -> Self {
        match clock {
            Clockwork::Still { now } => Self::Still(now),
            Clockwork::Running { since, shown, speed } => {
                Self::Running { since, shown, speed: speed.clamp(1, clock::FASTEST) }
            }
        }
    }
}

/// Why a document is not a world.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAWorld {
    /// Cut off, or no JSON at all.
    #[error("it is not whole JSON ({0})")]
    Torn(String),
    /// JSON of somebody else.
    #[error("it is JSON, but not a sandbox's: it does not begin with \"format\": \"{FORMAT}\"")]
    Foreign,
    /// From another version of the sandbox.
    #[error("it has version {0}, and this sandbox reads version {VERSION}")]
    Version(u64),
    /// Something in it is missing or contradicts something else.
    #[error("it does not hold together: {0}")]
    Broken(String),
}

impl Clockwork {
    /// Lays the hands on a clock again: standing as they stood, or ahead of the machine's as they were. They never go
    /// back behind `kept`, which they showed last; and fast ones go on from there, for nobody saw what they ran meanwhile.
    pub(crate) fn go_on(self, clock: &SteeredClock, kept: Timestamp) {
        let hands = Hands::from(self);
        clock.lay(hands);
        if hands.speed() > 1 || clock.now() < kept {
            clock.set(kept);
        }
    }
}

impl Snapshot {
    pub(crate) fn new(taken_at: Timestamp, hands: Hands, draws: u64, state: State) -> Self {
        Self { format: FORMAT.to_owned(), version: VERSION, taken_at, clock: hands.into(), draws, state }
    }

    /// Reads a document that [`Snapshot::to_json`] wrote, or a state file: such a document, and a line for each change
    /// since.
    ///
    /// # Errors
    /// Where it is torn, somebody else's, of another version, or does not hold together.
    pub fn from_json(bytes: &[u8]) -> Result<Self, NotAWorld> {
        #[derive(Deserialize)]
        struct Head {
            format: Option<serde_json::Value>,
            version: Option<u64>,
        }
        let (document, lines) = taken_apart(bytes)?;
        let head: Head = serde_json::from_slice(document).map_err(|_| NotAWorld::Foreign)?;
        if head.format.as_ref().and_then(serde_json::Value::as_str) != Some(FORMAT) {
            return Err(NotAWorld::Foreign);
        }
        match head.version {
            Some(version) if version == u64::from(VERSION) => {}
            other => return Err(NotAWorld::Version(other.unwrap_or(0))),
        }
        let document = if lines.is_empty() { Cow::from(document) } else { redone(document, lines)?.into() };
        let read: Self = serde_json::from_slice(&document).map_err(|problem| NotAWorld::Broken(problem.to_string()))?;
        read.state.check().map_err(NotAWorld::Broken)?;
        Ok(read)
    }

    /// The document. It holds the sandbox's secrets.
    ///
    /// # Errors
    /// None that is known: what a world holds can be written as JSON.
    pub fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec(self)
    }

    /// When it was taken, by the sandbox's clock.
    pub fn taken_at(&self) -> Timestamp {
        self.taken_at
    }
}

/// The document that a text begins with, and the lines after it.
fn taken_apart(bytes: &[u8]) -> Result<(&[u8], &[u8]), NotAWorld> {
    let torn = |problem: serde_json::Error| NotAWorld::Torn(problem.to_string());
    let mut documents = serde_json::Deserializer::from_slice(bytes).into_iter::<IgnoredAny>();
    let Some(IgnoredAny) = documents.next().transpose().map_err(torn)? else {
        return Err(NotAWorld::Torn("there is nothing in it".to_owned()));
    };
    let (document, rest) = bytes.split_at(documents.byte_offset());
    match rest.trim_ascii_start() {
        [] => Ok((document, &[])),
        _ if rest.starts_with(b"\n") => Ok((document, rest)),
        _ => Err(NotAWorld::Torn("something follows it".to_owned())),
    }
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot").field("taken_at", &self.taken_at).finish_non_exhaustive()
    }
}

impl State {
    /// What a document written by hand may have wrong: rows that lead nowhere.
    fn check(&self) -> Result<(), String> {
        if self.owner(&self.account.id).is_none() {
            return Err("nobody owns the account".to_owned());
        }
        let nowhere = |what: &str, name: &str| format!("{what} {name} belongs to nobody who is there");
        if let Some(lost) = self.people.iter().find(|one| self.account(&one.account_id).is_none()) {
            return Err(nowhere("the person", &lost.email));
        }
        if let Some(lost) = self.apps.iter().find(|one| self.account(&one.account_id).is_none()) {
            return Err(nowhere("the app", &lost.name));
        }
        match self.meetings.misplaced() {
            Some((number, meeting)) => Err(format!("the meeting {} stands under {number}", meeting.number)),
            None => Ok(()),
        }
    }
}
