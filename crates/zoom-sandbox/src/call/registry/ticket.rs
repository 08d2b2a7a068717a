//! Tickets: unguessable names for a seat, so that no socket address ever carries a secret that lasts.

use super::super::{admission::Pass, message::PersonId};

/// How long a fresh ticket waits for its socket, ms.
const FRESH_MS: i64 = 60_000;

#[derive(Clone)]
pub(super) enum Ticket {
    /// Given out, not used yet.
    Fresh { pass: Pass, expires: i64 },
    /// Used; good for coming back to the same seat while the call runs.
    Seated { number: u64, person: PersonId },
}

impl Ticket {
    pub(super) fn fresh(pass: Pass, now: i64) -> Self {
        Self::Fresh { pass, expires: now.saturating_add(FRESH_MS) }
    }

    pub(super) fn is_alive(&self, now: i64) -> bool {
        match self {
            Self::Fresh { expires, .. } => now < *expires,
            Self::Seated { .. } => true,
        }
    }

    pub(super) fn sits_in(&self, call: u64) -> bool {
        matches!(self, Self::Seated { number, .. } if *number == call)
    }
}
