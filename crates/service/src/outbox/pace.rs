//! When things are tried again: deadlines, pauses and growing waits of the outbox.

use clock::{Entropy, with_jitter};
use jiff::{SignedDuration, Timestamp};

/// The outbox's times. The defaults are right for Zoom; tests make them shorter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// How long a claimed job belongs to its worker unless renewed; after a crash it is free that much later.
    pub lease: SignedDuration,
    /// How long after it was marked as sent a create may still be carried out at Zoom. The client begins it within 10
    /// seconds and waits 15 for an answer; where that is a refused token, it waits 10 for another one and 15 for the
    /// second answer; and what it sent may be on its way for a while longer.
    pub in_flight: SignedDuration,
    /// How long Zoom may still carry out a create after this process gave it up: nothing more is sent then, so this is
    /// shorter than `in_flight`, which also covers a process that died.
    pub aftermath: SignedDuration,
    /// How long lies between the two looks that must both find nothing before a create is sent again: a new meeting
    /// may be missing in lists for a while.
    pub between_looks: SignedDuration,
    /// How long work that lacks a scope is left before Zoom is asked again. The client asks for another token at most as
    /// often: tokens never gain scopes.
    pub scope_check: SignedDuration,
    /// The wait after the first failure; it doubles with each further one.
    pub first_wait: SignedDuration,
    /// The longest wait between two tries.
    pub longest_wait: SignedDuration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            lease: SignedDuration::from_secs(15),
            in_flight: SignedDuration::from_secs(65),
            aftermath: SignedDuration::from_secs(15),
            between_looks: SignedDuration::from_secs(30),
            scope_check: SignedDuration::from_mins(5),
            first_wait: SignedDuration::from_secs(2),
            longest_wait: SignedDuration::from_mins(5),
        }
    }
}

impl Pace {
    /// For the demo, whose Zoom is in the same process: nothing is on its way for long, and its lists show a meeting at
    /// once. Whoever plugs it in again should see what waited arrive.
    pub fn of_demo() -> Self {
        Self {
            aftermath: SignedDuration::from_secs(5),
            between_looks: SignedDuration::from_secs(3),
            first_wait: SignedDuration::from_secs(1),
            longest_wait: SignedDuration::from_secs(4),
            ..Self::default()
        }
    }

    /// The wait after `failures` failures in a row: doubling, with up to a quarter more, so that not all come at once.
    pub(crate) fn wait(&self, failures: i64, entropy: &dyn Entropy) -> SignedDuration {
        let doublings = u32::try_from(failures.clamp(1, 20) - 1).unwrap_or(0);
        let wait = self.first_wait.saturating_mul(1_i32.checked_shl(doublings).unwrap_or(i32::MAX));
        with_jitter(wait.min(self.longest_wait), entropy)
    }
}

/// `at` plus `by`, at most the end of time.
pub(crate) fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use clock::SeededEntropy;

    use super::*;

    #[test]
    fn a_create_is_over_before_it_is_taken_for_over() {
        let patience = zoom_client::Timeouts::default();
        let longest = SignedDuration::try_from(patience.over()).unwrap();
        assert!(Pace::default().in_flight >= longest + SignedDuration::from_secs(15), "{longest}");
    }

    #[test]
    fn waits_double_up_to_the_longest() {
        let (pace, dice) = (Pace::default(), SeededEntropy::new(3));
        let wait = |n| pace.wait(n, &dice).as_secs();
        assert!((2..=2).contains(&wait(1)), "{}", wait(1));
        assert!((8..=10).contains(&wait(3)));
        assert!((300..=375).contains(&wait(30)));
    }
}
