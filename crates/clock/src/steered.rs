//! A clock that tests and the sandbox's controls set by hand.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

use crate::{Clock, Sleep, SystemClock};

/// A clock that stands still, or runs beside the machine's, and jumps when told to.
#[derive(Debug)]
pub struct SteeredClock {
    hands: Mutex<Hands>,
    moved: watch::Sender<u64>,
}

#[derive(Clone, Copy, Debug)]
enum Hands {
    Still(Timestamp),
    Running { ahead: SignedDuration },
}

impl SteeredClock {
    /// A clock that shows `now` until it is moved.
    pub fn still_at(now: Timestamp) -> Self {
        Self { hands: Mutex::new(Hands::Still(now)), moved: watch::Sender::new(0) }
    }

    /// A clock that runs with the machine's and can be put ahead.
    pub fn running() -> Self {
        Self { hands: Mutex::new(Hands::Running { ahead: SignedDuration::ZERO }), moved: watch::Sender::new(0) }
    }

    /// Jumps by `by` and wakes whoever sleeps.
    pub fn advance(&self, by: SignedDuration) {
        self.steer(|hands| match hands {
            Hands::Still(now) => Hands::Still(now.saturating_add(by).unwrap_or(Timestamp::MAX)),
            Hands::Running { ahead } => Hands::Running { ahead: ahead.saturating_add(by) },
        });
    }

    /// Shows `now` from here on: standing still, or running on from it.
    pub fn set(&self, now: Timestamp) {
        self.steer(|hands| match hands {
            Hands::Still(_) => Hands::Still(now),
            Hands::Running { .. } => Hands::Running { ahead: now.duration_since(SystemClock.now()) },
        });
    }

    /// Stops the hands where they are.
    pub fn freeze(&self) {
        let now = self.now();
        self.steer(|_| Hands::Still(now));
    }

    /// Lets the hands run on from where they are.
    pub fn run(&self) {
        let ahead = self.now().duration_since(SystemClock.now());
        self.steer(|_| Hands::Running { ahead });
    }

    /// Whether the hands move by themselves.
    pub fn is_running(&self) -> bool {
        matches!(self.hands(), Hands::Running { .. })
    }

    fn hands(&self) -> Hands {
        *self.hands.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn steer(&self, change: impl FnOnce(Hands) -> Hands) {
        {
            let mut hands = self.hands.lock().unwrap_or_else(PoisonError::into_inner);
            *hands = change(*hands);
        }
        self.moved.send_modify(|turn| *turn = turn.wrapping_add(1));
    }
}

impl Clock for SteeredClock {
    fn now(&self) -> Timestamp {
        match self.hands() {
            Hands::Still(now) => now,
            Hands::Running { ahead } => SystemClock.now().saturating_add(ahead).unwrap_or(Timestamp::MAX),
        }
    }

    fn sleep_until(&self, until: Timestamp) -> Sleep<'_> {
        let mut moved = self.moved.subscribe();
        Box::pin(async move {
            loop {
                let Ok(left) = Duration::try_from(until.duration_since(self.now())) else { return };
                if left.is_zero() {
                    return;
                }
                match self.hands() {
                    // The sender lives in self, so this ends only by a move.
                    Hands::Still(_) => drop(moved.changed().await),
                    Hands::Running { .. } => {
                        #[expect(clippy::disallowed_methods, reason = "a running clock really waits")]
                        let nap = tokio::time::sleep(left);
                        tokio::select! { () = nap => {}, _ = moved.changed() => {} }
                    }
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[tokio::test]
    async fn a_sleeper_wakes_when_a_still_clock_is_moved_past_its_instant() {
        let clock = Arc::new(SteeredClock::still_at(Timestamp::UNIX_EPOCH));
        let sleeper = Arc::clone(&clock);
        let until = Timestamp::from_second(60).unwrap();
        let nap = async move { sleeper.sleep_until(until).await };
        tokio::pin!(nap);
        assert!(futures_poll(&mut nap).await.is_none());
        clock.advance(SignedDuration::from_secs(59));
        assert!(futures_poll(&mut nap).await.is_none());
        clock.advance(SignedDuration::from_secs(1));
        nap.await;
        assert_eq!(clock.now(), until);
    }

    async fn futures_poll<F: Future<Output = ()> + Unpin>(nap: &mut F) -> Option<()> {
        tokio::select! { biased; () = nap => Some(()), () = tokio::task::yield_now() => None }
    }

    #[test]
    fn a_running_clock_stays_ahead_by_what_it_was_advanced() {
        let clock = SteeredClock::running();
        clock.advance(SignedDuration::from_hours(2));
        let ahead = clock.now().duration_since(SystemClock.now());
        assert!((ahead.as_secs() - 7200).abs() <= 1, "{ahead}");
    }
}
