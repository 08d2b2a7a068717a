//! Rate limits for people and programs outside: signing in and asking at the door.

use std::{
    fmt,
    hash::Hash,
    num::NonZeroU32,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use clock::SharedClock;
use governor::{
    Quota, RateLimiter, clock as governor_clock, middleware::NoOpMiddleware, state::keyed::DashMapStateStore,
};
use model::{Email, RoomId};

use crate::{
    client_key::ClientKey,
    error::{Error, Result},
};

/// How many keys a limiter holds before it drops those that are full again.
const TIDY_ABOVE: usize = 10_000;
/// How long it waits before it goes through all of them again: a flood of strangers must not make every request do so.
const TIDY_EVERY: Duration = MINUTE;

/// Our injected clock, as the limiter reads it: time since the Unix epoch.
#[derive(Clone, Debug)]
struct Time(SharedClock);

impl governor_clock::Clock for Time {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.now_ms()).unwrap_or(0))
    }
}

/// One limit: so many at once per key, and all of them back after a while.
struct Limit<K: Hash + Eq + Clone> {
    limiter: RateLimiter<K, DashMapStateStore<K>, Time, NoOpMiddleware<Duration>>,
    time: Time,
    /// Milliseconds of its clock.
    tidied_at: AtomicU64,
}

impl<K: Hash + Eq + Clone> Limit<K> {
    fn new(burst: u32, back_after: Duration, clock: &SharedClock) -> Self {
        let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::with_period(back_after / burst.get()).map(|quota| quota.allow_burst(burst));
        let quota = quota.unwrap_or_else(|| Quota::per_second(burst));
        let time = Time(SharedClock::clone(clock));
        let limiter = RateLimiter::dashmap_with_clock(quota, time.clone());
        Self { limiter, time, tidied_at: AtomicU64::new(0) }
    }

    /// Drops the keys that are full again, now and then; whether it did.
    fn tidy(&self) -> bool {
        let now = u64::try_from(governor_clock::Clock::now(&self.time).as_millis()).unwrap_or(u64::MAX);
        let before = self.tidied_at.load(Ordering::Relaxed);
        let due = Duration::from_millis(now.saturating_sub(before)) >= TIDY_EVERY && self.limiter.len() > TIDY_ABOVE;
        let mine = due && self.tidied_at.compare_exchange(before, now, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        if mine {
            self.limiter.retain_recent();
        }
        mine
    }

    fn take(&self, key: &K) -> Result<()> {
        self.tidy();
        self.limiter.check_key(key).map_err(|full| {
            let wait = full.wait_time_from(governor_clock::Clock::now(&self.time));
            Error::TooMany { retry_after: wait.as_secs().saturating_add(1) }
        })
    }
}

/// The limits of one process. Replicas count on their own, which multiplies them by the number of replicas.
pub(crate) struct Limits {
    sign_in_pair: Limit<(Email, ClientKey)>,
    sign_in_address: Limit<Email>,
    sign_in_client: Limit<ClientKey>,
    door: Limit<(ClientKey, RoomId)>,
    door_client: Limit<ClientKey>,
}

impl fmt::Debug for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Limits")
    }
}

const MINUTE: Duration = Duration::from_mins(1);

impl Limits {
    pub(crate) fn new(clock: &SharedClock) -> Self {
        Self {
            sign_in_pair: Limit::new(5, 5 * MINUTE, clock),
            // Loose on purpose: a stranger who knows an address must not be able to keep its owner out.
            sign_in_address: Limit::new(100, 5 * MINUTE, clock),
            sign_in_client: Limit::new(20, 5 * MINUTE, clock),
            // A school behind one address comes in at once; a script asks without end.
            door: Limit::new(120, MINUTE, clock),
            door_client: Limit::new(300, MINUTE, clock),
        }
    }

    /// One try to sign in: in five minutes 5 per address and client, 20 per client, 100 per address.
    pub(crate) fn sign_in(&self, email: &Email, client: &ClientKey) -> Result<()> {
        self.sign_in_client.take(client)?;
        self.sign_in_pair.take(&(email.clone(), client.clone()))?;
        self.sign_in_address.take(email)
    }

    /// One question at a door: 120 a minute per client and room, 300 per client over all rooms.
    pub(crate) fn door(&self, client: &ClientKey, room: RoomId) -> Result<()> {
        self.door_client.take(client)?;
        self.door.take(&(client.clone(), room))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use clock::{SteeredClock, Timestamp};
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn the_sixth_try_waits_for_that_client_only_and_time_gives_tries_back() {
        let clock = Arc::new(SteeredClock::still_at(Timestamp::from_second(1_800_000_000).unwrap()));
        let shared: SharedClock = Arc::<SteeredClock>::clone(&clock);
        let limits = Limits::new(&shared);
        let email = Email::parse("ada@example.org").unwrap();
        let client = |n: u8| ClientKey::of([192, 0, 2, n].into());
        for _ in 0..5 {
            limits.sign_in(&email, &client(1)).unwrap();
        }
        let Err(Error::TooMany { retry_after }) = limits.sign_in(&email, &client(1)) else { panic!("not limited") };
        assert!((1..=61).contains(&retry_after), "{retry_after}");
        limits.sign_in(&email, &client(2)).unwrap();
        clock.advance(SignedDuration::from_secs(61));
        limits.sign_in(&email, &client(1)).unwrap();
    }

    #[test]
    fn many_clients_together_cannot_try_one_address_without_end() {
        let clock: SharedClock = Arc::new(SteeredClock::still_at(Timestamp::from_second(1_800_000_000).unwrap()));
        let limits = Limits::new(&clock);
        let email = Email::parse("ada@example.org").unwrap();
        let tries = (0..200).filter(|n| limits.sign_in(&email, &ClientKey::of([192, 0, 2, *n].into())).is_ok());
        assert_eq!(tries.count(), 100);
    }

    #[test]
    fn one_client_cannot_try_many_addresses() {
        let clock: SharedClock = Arc::new(SteeredClock::still_at(Timestamp::from_second(1_800_000_000).unwrap()));
        let limits = Limits::new(&clock);
        let client = ClientKey::of([192, 0, 2, 1].into());
        let tries =
            (0..30).filter(|n| limits.sign_in(&Email::parse(&format!("u{n}@example.org")).unwrap(), &client).is_ok());
        assert_eq!(tries.count(), 20);
    }

    #[test]
    fn a_flood_of_strangers_is_gone_through_once_a_minute_and_forgotten_once_it_is_over() {
        let clock = Arc::new(SteeredClock::still_at(Timestamp::from_second(1_800_000_000).unwrap()));
        let shared: SharedClock = Arc::<SteeredClock>::clone(&clock);
        let limit = Limit::new(5, 5 * MINUTE, &shared);
        for stranger in 0..30_000 {
            limit.take(&stranger).unwrap();
        }
        assert!(!limit.tidy(), "all were gone through a moment ago");
        assert_eq!(limit.limiter.len(), 30_000, "a stranger who still counts was forgotten");
        clock.advance(SignedDuration::from_mins(6));
        assert!(limit.tidy());
        assert_eq!(limit.limiter.len(), 0);
    }
}
