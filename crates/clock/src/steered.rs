//! A clock that tests and the sandbox's controls set by hand.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

use crate::{Clock, Sleep, SystemClock};

/// The most a clock may be sped up: a day in each second.
pub const FASTEST: u32 = 86_400;

/// A clock that stands still, or runs beside the machine's (as fast or faster), and jumps when told to.
#[derive(Debug)]
pub struct SteeredClock {
    hands: Mutex<Hands>,
    moved: watch::Sender<u64>,
}

/// How a clock's hands stand or move. Kept and laid on a clock again, they show what they would have shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hands {
    /// Standing still at an instant.
    Still(Timestamp),
    /// Moving: they showed `shown` when the machine's clock showed `since`, and make `speed` seconds in each second.
    Running {
        /// An instant of the machine's clock.
        since: Timestamp,
        /// What they showed then.
        shown: Timestamp,
        /// 1 to [`FASTEST`].
        speed: u32,
    },
}

impl Hands {
    fn running_from(shown: Timestamp, speed: u32) -> Self {
        Self::Running { since: SystemClock.now(), shown, speed: speed.clamp(1, FASTEST) }
    }

    /// The instant they show now.
    pub fn shown_now(self) -> Timestamp {
        match self {
            Self::Still(now) => now,
            Self::Running { since, shown, speed } => {
                let passed = SystemClock.now().duration_since(since);
                let passed = i32::try_from(speed).ok().and_then(|speed| passed.checked_mul(speed));
                passed.and_then(|passed| shown.checked_add(passed).ok()).unwrap_or(Timestamp::MAX)
            }
        }
    }

    /// How fast they move: 0 for hands that stand still.
    pub fn speed(self) -> u32 {
        match self {
            Self::Still(_) => 0,
            Self::Running { speed, .. } => speed,
        }
    }
}

impl SteeredClock {
    /// A clock that shows `now` until it is moved.
    pub fn still_at(now: Timestamp) -> Self {
        Self { hands: Mutex::new(Hands::Still(now)), moved: watch::Sender::new(0) }
    }

    /// A clock that runs with the machine's and can be put ahead.
    pub fn running() -> Self {
        let hands = Hands::running_from(SystemClock.now(), 1);
        Self { hands: Mutex::new(hands), moved: watch::Sender::new(0) }
    }

    /// Jumps by `by` and wakes whoever sleeps.
    pub fn advance(&self, by: SignedDuration) {
        let jump = |from: Timestamp| {
            let end = if by.is_negative() { Timestamp::MIN } else { Timestamp::MAX };
            from.saturating_add(by).unwrap_or(end)
        };
        self.steer(|hands| match hands {
            Hands::Still(now) => Hands::Still(jump(now)),
            Hands::Running { speed, .. } => Hands::running_from(jump(hands.shown_now()), speed),
        });
    }

    /// Shows `now` from here on: standing still, or running on from it.
    pub fn set(&self, now: Timestamp) {
        self.steer(|hands| match hands {
            Hands::Still(_) => Hands::Still(now),
            Hands::Running { speed, .. } => Hands::running_from(now, speed),
        });
    }

    /// Stops the hands where they are.
    pub fn freeze(&self) {
        self.steer(|hands| Hands::Still(hands.shown_now()));
    }

    /// Lets the hands run on from where they are, as fast as the machine's.
    pub fn run(&self) {
        self.run_at(1);
    }

    /// Lets the hands run on from where they are, `speed` seconds in each second; 1 to [`FASTEST`], what is beyond is
    /// taken for the nearest of them.
    pub fn run_at(&self, speed: u32) {
        self.steer(|hands| Hands::running_from(hands.shown_now(), speed));
    }

    /// Whether the hands move by themselves.
    pub fn is_running(&self) -> bool {
        matches!(self.hands(), Hands::Running { .. })
    }

    /// How the hands stand or move, for [`SteeredClock::lay`].
    pub fn hands(&self) -> Hands {
        *self.hands.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lays hands that were taken from a clock on this one.
    pub fn lay(&self, hands: Hands) {
        self.steer(|_| hands);
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
        self.hands().shown_now()
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
                    Hands::Running { speed, .. } => {
                        // Rounded up: a nap that ends a moment early would only be followed by another.
                        let left = left / speed + Duration::from_nanos(1);
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

    #[test]
    fn a_clock_that_runs_fast_makes_many_seconds_in_one_and_keeps_its_pace_when_it_jumps() {
        let clock = SteeredClock::still_at(Timestamp::UNIX_EPOCH);
        clock.run_at(FASTEST);
        let (first, machine) = (clock.now(), SystemClock.now());
        while SystemClock.now().duration_since(machine).as_millis() < 2 {}
        assert!(clock.now().duration_since(first).as_secs() >= 172, "two milliseconds are almost three minutes");
        clock.advance(SignedDuration::from_hours(1));
        assert_eq!(clock.hands().speed(), FASTEST);
        clock.freeze();
        assert_eq!((clock.hands().speed(), clock.now()), (0, clock.now()));
    }

    #[tokio::test]
    async fn sleepers_of_a_fast_clock_wake_sooner() {
        let clock = SteeredClock::running();
        clock.run_at(3_600);
        let until = clock.now().saturating_add(SignedDuration::from_mins(10)).unwrap();
        let nap = clock.sleep_until(until);
        assert!(tokio::time::timeout(Duration::from_secs(20), nap).await.is_ok(), "ten minutes take 1/6 of a second");
        assert!(clock.now() >= until);
    }

    #[test]
    fn hands_that_are_laid_on_again_show_what_they_would_have_shown() {
        let clock = SteeredClock::still_at(Timestamp::UNIX_EPOCH);
        let kept = clock.hands();
        clock.advance(SignedDuration::from_hours(9));
        clock.lay(kept);
        assert_eq!(clock.now(), Timestamp::UNIX_EPOCH);
        clock.run();
        let running = clock.hands();
        clock.freeze();
        clock.lay(running);
        assert!(clock.is_running());
    }
}
