//! Which failures of a transaction are worth another attempt, how many, and how long to wait before each.

use clock::{Clock, Entropy};
use jiff::{SignedDuration, Timestamp};

/// How often a transaction is tried before the caller hears [`crate::Error::Busy`].
pub(crate) const ATTEMPTS: u32 = 24;
/// How often it is tried where a unique value was taken: by a concurrent writer (then a second look finds that out), or
/// by a row that was there all along (then no attempt helps).
const ATTEMPTS_FOR_A_TAKEN_VALUE: u32 = 4;
/// After so long no further attempt begins: SQLite alone may have waited seconds in each of them.
const PATIENCE: SignedDuration = SignedDuration::from_secs(15);
/// The first pause is at most this long; each further one at most twice as long as the one before, up to the last.
const FIRST_PAUSE_MS: i64 = 4;
const LONGEST_PAUSE_MS: i64 = 250;

/// PostgreSQL: serialization failure, deadlock.
const IN_THE_WAY_POSTGRES: [&str; 2] = ["40001", "40P01"];
/// PostgreSQL: a unique value is taken.
const TAKEN_POSTGRES: &str = "23505";
/// SQLite's primary codes BUSY and LOCKED; extended codes carry them in the low byte.
const IN_THE_WAY_SQLITE: [i64; 2] = [5, 6];

/// How often a transaction that failed like this is worth trying; 0 where another attempt cannot help.
pub(crate) fn attempts_for(error: &sqlx::Error) -> u32 {
    let sqlx::Error::Database(error) = error else { return 0 };
    let Some(code) = error.code() else { return 0 };
    if error.try_downcast_ref::<sqlx::postgres::PgDatabaseError>().is_none() {
        let in_the_way = code.parse::<i64>().is_ok_and(|code| IN_THE_WAY_SQLITE.contains(&(code & 0xff)));
        return if in_the_way { ATTEMPTS } else { 0 };
    }
    match code.as_ref() {
        code if IN_THE_WAY_POSTGRES.contains(&code) => ATTEMPTS,
        TAKEN_POSTGRES => ATTEMPTS_FOR_A_TAKEN_VALUE,
        _ => 0,
    }
}

/// The attempts of one transaction.
pub(crate) struct Attempts<'a> {
    clock: &'a dyn Clock,
    entropy: &'a dyn Entropy,
    give_up_at: Timestamp,
    made: u32,
}

impl<'a> Attempts<'a> {
    pub(crate) fn new(clock: &'a dyn Clock, entropy: &'a dyn Entropy) -> Self {
        let give_up_at = clock.now().saturating_add(PATIENCE).unwrap_or(Timestamp::MAX);
        Self { clock, entropy, give_up_at, made: 0 }
    }

    /// How many were made.
    pub(crate) fn made(&self) -> u32 {
        self.made
    }

    /// Counts an attempt that failed and waits before the next one, a random part of a span that doubles each time;
    /// false where there is to be none.
    pub(crate) async fn another(&mut self, limit: u32) -> bool {
        self.made += 1;
        if self.made >= limit || self.clock.now() >= self.give_up_at {
            return false;
        }
        let longest = FIRST_PAUSE_MS.saturating_mul(1 << self.made.min(10)).min(LONGEST_PAUSE_MS);
        let mut random = [0; 2];
        self.entropy.fill(&mut random);
        let wait = longest * i64::from(u16::from_le_bytes(random)) / i64::from(u16::MAX);
        let until = self.clock.now().saturating_add(SignedDuration::from_millis(wait));
        self.clock.sleep_until(until.unwrap_or(Timestamp::MAX)).await;
        true
    }
}
