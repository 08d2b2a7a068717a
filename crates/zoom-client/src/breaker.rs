//! Leaves Zoom alone while it is down, and a token server that refuses the credentials.

use std::sync::{Mutex, PoisonError};

use clock::{SharedEntropy, Timestamp};
use jiff::SignedDuration;

use crate::{Error, pacing::Work};

/// When Zoom is left alone, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rests {
    /// So many failures in a row, with no answer between them, and nothing more is sent for a while.
    pub after: u32,
    /// The first rest; each further one is twice as long, and up to a quarter longer by chance.
    pub first: SignedDuration,
    /// The longest rest while Zoom is down.
    pub longest: SignedDuration,
    /// The first rest where the credentials are refused: nothing but somebody's hand will change that.
    pub first_refused: SignedDuration,
    /// The longest rest where the credentials are refused.
    pub longest_refused: SignedDuration,
}

impl Default for Rests {
    /// After 5 failures for 2 seconds, at most for a minute; after refused credentials for 10 seconds, at most for 10
    /// minutes.
    fn default() -> Self {
        Self {
            after: 5,
            first: SignedDuration::from_secs(2),
            longest: SignedDuration::from_mins(1),
            first_refused: SignedDuration::from_secs(10),
            longest_refused: SignedDuration::from_mins(10),
        }
    }
}

impl Rests {
    /// None at all: every call is sent.
    pub fn never() -> Self {
        let zero = SignedDuration::ZERO;
        Self { after: u32::MAX, first: zero, longest: zero, first_refused: zero, longest_refused: zero }
    }
}

#[derive(Debug, Default)]
struct State {
    /// Failures since the last answer.
    failures: u32,
    /// Rests since the last answer.
    rests: u32,
    rest: Option<(Timestamp, Error)>,
    /// Since when somebody looks whether it is over.
    probe: Option<Timestamp>,
}

/// Whether to send anything. One for each account.
#[derive(Debug)]
pub(crate) struct Breaker {
    rests: Rests,
    entropy: SharedEntropy,
    state: Mutex<State>,
}

/// A probe that has not come back after this time is taken for lost: whoever sent it may have been cancelled.
const PROBE_LASTS: SignedDuration = SignedDuration::from_secs(30);

impl Breaker {
    pub(crate) fn new(rests: Rests, entropy: SharedEntropy) -> Self {
        Self { rests, entropy, state: Mutex::default() }
    }

    /// Whether a call may be sent. While Zoom rests, one call at a time may look whether it is over: a person's at any
    /// time, others' when the rest has passed.
    pub(crate) fn may_send(&self, operation: &'static str, work: Work, now: Timestamp) -> Result<(), Error> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((until, because)) = state.rest.clone() else { return Ok(()) };
        let probed = state.probe.is_some_and(|since| now.duration_since(since) < PROBE_LASTS);
        if !probed && (now >= until || work == Work::Person) {
            state.probe = Some(now);
            return Ok(());
        }
        let until = until.max(crate::limit::after(now, 1));
        Err(Error::Resting { operation, until, because: Box::new(because) })
    }

    /// Whether a token may be asked for: not while refused credentials rest.
    pub(crate) fn may_fetch(&self, operation: &'static str, now: Timestamp) -> Result<(), Error> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match &state.rest {
            Some((until, because @ Error::Credentials { .. })) if now < *until => {
                Err(Error::Resting { operation, until: *until, because: Box::new(because.clone()) })
            }
            _ => Ok(()),
        }
    }

    /// Something came back: an answer, or a failure that is not Zoom's.
    pub(crate) fn answered(&self) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = State::default();
    }

    /// A call failed, or no token was to be had.
    pub(crate) fn failed(&self, error: &Error, now: Timestamp) {
        let (refused, down) = match error {
            Error::Credentials { .. } => (true, false),
            Error::Unreachable { .. } | Error::AnswerLost { .. } | Error::Unavailable { .. } => (false, true),
            _ => (false, false),
        };
        if !refused && !down {
            return;
        }
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.failures = state.failures.saturating_add(1);
        state.probe = None;
        // What was under way when the rest began says nothing new.
        let resting = state.rest.as_ref().is_some_and(|(until, _)| now < *until) && !refused;
        let enough =
            state.rest.is_some() || state.failures >= self.rests.after || refused && self.rests.after < u32::MAX;
        if !enough || resting {
            return;
        }
        let (first, longest) = if refused {
            (self.rests.first_refused, self.rests.longest_refused)
        } else {
            (self.rests.first, self.rests.longest)
        };
        let doubled = first.saturating_mul(1_i32.checked_shl(state.rests.min(20)).unwrap_or(i32::MAX));
        let rest = clock::with_jitter(doubled.min(longest), &*self.entropy);
        state.rests = state.rests.saturating_add(1);
        let until = now.checked_add(rest).unwrap_or(Timestamp::MAX);
        tracing::warn!(%error, %until, "Zoom is left alone for a while");
        state.rest = Some((until, error.clone()));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use clock::SeededEntropy;

    use super::*;
    use crate::{CredentialProblem, Place};

    fn noon() -> Timestamp {
        "2026-11-23T12:00:00Z".parse().unwrap()
    }

    fn breaker() -> Breaker {
        Breaker::new(Rests::default(), Arc::new(SeededEntropy::new(3)))
    }

    fn down() -> Error {
        Error::Unavailable { place: Place::Api, operation: "user", status: 503 }
    }

    fn refused() -> Error {
        Error::Credentials { problem: CredentialProblem::Client, reason: None }
    }

    /// Until when it rests, as somebody hears who is in the background.
    fn rest(breaker: &Breaker, now: Timestamp) -> Option<SignedDuration> {
        match breaker.may_send("user", Work::Bulk, now) {
            Ok(()) => None,
            Err(Error::Resting { until, .. }) => Some(until.duration_since(now)),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn five_failures_in_a_row_are_followed_by_rests_that_double_up_to_a_minute() {
        let (breaker, mut now) = (breaker(), noon());
        for _ in 0..4 {
            breaker.failed(&down(), now);
        }
        assert_eq!(rest(&breaker, now), None);
        let mut lengths = Vec::new();
        for _ in 0..9 {
            breaker.failed(&down(), now);
            let length = rest(&breaker, now).unwrap();
            now += length;
            assert_eq!(rest(&breaker, now), None, "the rest is over: one may look");
            lengths.push(length.as_secs());
        }
        assert!((2..=2).contains(&lengths[0]) && (4..=5).contains(&lengths[1]), "{lengths:?}");
        assert!(lengths.iter().all(|length| *length <= 75) && lengths[8] >= 60, "{lengths:?}");
        breaker.answered();
        breaker.failed(&down(), now);
        assert_eq!(rest(&breaker, now), None, "an answer forgives everything");
    }

    #[test]
    fn one_looks_whether_it_is_over_and_the_others_wait_for_it() {
        let breaker = breaker();
        (0..5).for_each(|_| breaker.failed(&down(), noon()));
        assert!(breaker.may_send("user", Work::Person, noon()).is_ok(), "a person may ask at any time");
        assert!(breaker.may_send("user", Work::Person, noon()).is_err(), "one at a time");
        let later = noon() + SignedDuration::from_secs(10);
        assert!(breaker.may_send("user", Work::Bulk, later).is_err(), "somebody is looking");
        let lost = noon() + SignedDuration::from_secs(31);
        assert!(breaker.may_send("user", Work::Bulk, lost).is_ok(), "whoever looked did not come back");
    }

    #[test]
    fn refused_credentials_are_not_asked_about_again_for_longer_and_longer() {
        let (breaker, mut now) = (breaker(), noon());
        let mut asked = 0;
        let end = now + SignedDuration::from_hours(1);
        while now < end {
            if breaker.may_send("user", Work::Bulk, now).is_ok() {
                asked += 1;
                breaker.failed(&refused(), now);
            }
            now += SignedDuration::from_secs(1);
        }
        assert!((8..=14).contains(&asked), "asked {asked} times in an hour");
        let Err(Error::Resting { because, .. }) = breaker.may_send("user", Work::Bulk, now) else { panic!("no rest") };
        assert_eq!(*because, refused());
    }
}
