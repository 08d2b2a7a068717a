//! Pacing: calls wait here, so that Zoom never has to refuse one for being too many.
//!
//! 1. Each rate label of the account is a lane. A call takes the next free instant of its lane; lanes are paced evenly, a
//!    little below what the plan allows ([`Terms`]).
//! 2. The instants are written in a [`Book`], in runs of a quarter of a second, so that processes share one account's
//!    limits at the price of a few writes a second.
//! 3. In a process those who wait are served by who they are ([`Work`]): a person first, then what follows from what
//!    somebody did, then keeping up to date, then bulk. Of every four instants one is for whoever has waited longest.
//! 4. A 429 all the same (other apps use the account too) halves the lane for ten minutes, at most to an eighth; never
//!    does it become faster than the plan.
//! 5. A day that is used up is not asked about again before 00:00 UTC: the call ends with
//!    [`Error::RateLimited`](crate::Error::RateLimited) at once, and nothing is sent.

mod book;
mod line;
mod pacer;
mod tally;

pub use book::{Attempt, Book, BookFailure, Booked, MemoryBook, Outcome};
pub(crate) use pacer::Pacer;
pub use tally::{Lane, Reserved, Tally, Terms};

/// For whom a call is made: who comes first where calls have to wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Work {
    /// Somebody waits for the answer.
    #[default]
    Person,
    /// What follows from a webhook, or from what somebody saved.
    FollowUp,
    /// Keeping up to date.
    Sync,
    /// A great many at once.
    Bulk,
}

impl Work {
    /// Every kind, the first served first.
    pub const ALL: [Self; 4] = [Self::Person, Self::FollowUp, Self::Sync, Self::Bulk];

    /// Its name in logs and tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::FollowUp => "follow-up",
            Self::Sync => "sync",
            Self::Bulk => "bulk",
        }
    }

    /// The kind of that name.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|work| work.as_str() == word)
    }

    /// Whether it may wait in line for as long as the line is. Others rather end with an error, and are tried again.
    pub(crate) fn has_time(self) -> bool {
        matches!(self, Self::Sync | Self::Bulk)
    }
}
