//! Where it is written what of an account's limits is taken: in memory, or where several processes read it.

use std::{
    collections::VecDeque,
    fmt,
    pin::Pin,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use clock::Timestamp;
use zoom_spec::Label;

use super::{Reserved, Tally, Terms, Work};
use crate::Limit;

/// What a book answers, some time.
pub type Booked<'a, T> = Pin<Box<dyn Future<Output = Result<T, BookFailure>> + Send + 'a>>;

/// A book could not do its work. The client logs it and paces by a book of its own meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the limits could not be reckoned together with other processes: {0}")]
pub struct BookFailure(pub String);

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Zoom did it.
    Done,
    /// Zoom refused it: 400s, but for those of the token and of limits.
    Refused,
    /// The token was turned down; another one is fetched.
    Token,
    /// A limit was used up (429).
    Limited(Limit),
    /// Zoom failed on its side, or something that is not Zoom answered.
    Failed,
    /// No whole answer came.
    Lost,
    /// Nobody was reached.
    Unreached,
}

impl Outcome {
    /// Its name in logs and tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Token => "token",
            Self::Limited(_) => "limited",
            Self::Failed => "failed",
            Self::Lost => "lost",
            Self::Unreached => "unreached",
        }
    }
}

/// One request that was sent, or that should have been: what the page about limits shows, and no secret in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Zoom's `operationId`.
    pub operation: &'static str,
    /// The lane.
    pub label: Label,
    /// For whom.
    pub work: Work,
    /// When it was sent.
    pub at: Timestamp,
    /// Which attempt of its call it was, from 1.
    pub number: u32,
    /// How long it had waited for its instant.
    pub waited: Duration,
    /// How long the answer took.
    pub took: Duration,
    /// The HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// How it ended.
    pub outcome: Outcome,
}

/// Keeps one account's [`Tally`].
pub trait Book: Send + Sync + fmt::Debug {
    /// Takes instants for up to `wanted` calls; see [`Tally::reserve`].
    fn reserve(&self, label: Label, wanted: u32, now: Timestamp) -> Booked<'_, Reserved>;
    /// Notes a 429; see [`Tally::refused`].
    fn refused(&self, label: Label, limit: Limit, until: Timestamp, now: Timestamp) -> Booked<'_, ()>;
    /// Hears of every attempt when it is over. Must not take long.
    fn note(&self, attempt: Attempt);
}

/// How many attempts a book in memory remembers.
const REMEMBERED: usize = 200;

/// A book of one process.
#[derive(Debug, Default)]
pub struct MemoryBook {
    terms: Terms,
    tally: Mutex<Tally>,
    attempts: Mutex<VecDeque<Attempt>>,
}

impl MemoryBook {
    /// A book of an account on these terms.
    pub fn new(terms: Terms) -> Self {
        Self { terms, ..Self::default() }
    }

    /// What is taken.
    pub fn tally(&self) -> Tally {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The last attempts, the oldest first; no more than 200.
    pub fn attempts(&self) -> Vec<Attempt> {
        self.attempts.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    pub(super) fn reserve_now(&self, label: Label, wanted: u32, now: Timestamp) -> Reserved {
        let mut tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
        tally.reserve(self.terms, label, wanted, now)
    }
}

impl Book for MemoryBook {
    fn reserve(&self, label: Label, wanted: u32, now: Timestamp) -> Booked<'_, Reserved> {
        Box::pin(async move { Ok(self.reserve_now(label, wanted, now)) })
    }

    fn refused(&self, label: Label, limit: Limit, until: Timestamp, now: Timestamp) -> Booked<'_, ()> {
        Box::pin(async move {
            let mut tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
            tally.refused(self.terms, label, limit, until, now);
            Ok(())
        })
    }

    fn note(&self, attempt: Attempt) {
        let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        attempts.push_back(attempt);
        if attempts.len() > REMEMBERED {
            attempts.pop_front();
        }
    }
}
