//! Hands out a lane's instants to those who wait for them.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use clock::{SharedClock, Timestamp};
use jiff::SignedDuration;
use tokio::sync::oneshot;
use zoom_spec::Label;

use super::{Attempt, Book, MemoryBook, Outcome, Reserved, Work, line::Line};
use crate::{Error, Limit};

/// An instant that has passed by this much is not used any more: what was meant to be a second apart must not go
/// together.
const TOO_LATE: SignedDuration = SignedDuration::from_millis(150);
/// Where instants are farther apart than this, a person waits for nobody else.
const SLOW: SignedDuration = SignedDuration::from_millis(300);

type Told = Result<(), (Limit, Timestamp)>;

#[derive(Debug, Default)]
struct Lane {
    line: Line<oneshot::Sender<Told>>,
    /// Whether somebody hands out its instants.
    served: bool,
}

/// Lets the calls of one account go at the pace of its plan. Clones share the lanes.
#[derive(Clone, Debug)]
pub(crate) struct Pacer {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    book: Arc<dyn Book>,
    /// For as long as the book cannot be written.
    own: MemoryBook,
    clock: SharedClock,
    lanes: [Mutex<Lane>; 4],
}

impl Pacer {
    pub(crate) fn new(book: Arc<dyn Book>, clock: SharedClock) -> Self {
        let inner = Inner { book, own: MemoryBook::default(), clock, lanes: Default::default() };
        Self { inner: Arc::new(inner) }
    }

    /// Waits for an instant of the lane. `latest`: when a call that does not have time gives up.
    pub(crate) async fn enter(
        &self,
        operation: &'static str,
        label: Label,
        work: Work,
        latest: Timestamp,
    ) -> Result<(), Error> {
        let (tell, told) = oneshot::channel();
        let first = self.with_lane(label, |lane| {
            lane.line.push(work, tell);
            !std::mem::replace(&mut lane.served, true)
        });
        if first {
            let pacer = self.clone();
            #[expect(clippy::disallowed_methods, reason = "it is over once nobody waits, and nothing is lost with it")]
            tokio::spawn(async move { pacer.serve(label).await });
        }
        let limited = |limit, retry_after| Err(Error::RateLimited { operation, limit, retry_after });
        let crowded = async {
            if work.has_time() { std::future::pending().await } else { self.inner.clock.sleep_until(latest).await }
        };
        tokio::select! {
            biased;
            told = told => match told {
                Ok(Ok(())) => Ok(()),
                Ok(Err((limit, until))) => limited(limit, until),
                // Whoever handed out the instants is gone, with the runtime it ran on.
                Err(_) => limited(Limit::PerSecond, self.inner.clock.now()),
            },
            () = crowded => limited(Limit::PerSecond, crate::limit::after(self.inner.clock.now(), 1)),
        }
    }

    /// Tells the book how an attempt ended, and of a 429 at once.
    pub(crate) async fn over(&self, attempt: Attempt, until: Option<Timestamp>) {
        let Inner { book, own, clock, .. } = &*self.inner;
        if let Outcome::Limited(limit) = attempt.outcome {
            let (label, now) = (attempt.label, clock.now());
            let until = until.unwrap_or(now);
            if let Err(failure) = book.refused(label, limit, until, now).await {
                tracing::warn!(%failure, "a refusal for being too many");
                drop(own.refused(label, limit, until, now).await);
            }
        }
        book.note(attempt);
    }

    fn with_lane<T>(&self, label: Label, look: impl FnOnce(&mut Lane) -> T) -> T {
        let [light, medium, heavy, intensive] = &self.inner.lanes;
        let lane = match label {
            Label::Light => light,
            Label::Medium => medium,
            Label::Heavy => heavy,
            Label::ResourceIntensive => intensive,
        };
        look(&mut lane.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// How many wait for the lane; nobody hands out its instants any more where nobody does.
    fn waiting(&self, label: Label) -> usize {
        self.with_lane(label, |lane| {
            lane.line.retain(|one| !one.is_closed());
            lane.served = lane.line.len() > 0;
            lane.line.len()
        })
    }

    /// Hands out instants for as long as somebody waits.
    async fn serve(&self, label: Label) {
        let mut held: VecDeque<Timestamp> = VecDeque::new();
        let mut leaving = Leaving { pacer: self, label, done: false };
        loop {
            let waiting = self.waiting(label);
            if waiting == 0 {
                leaving.done = true;
                return;
            }
            if held.len() < waiting && held.len() <= Self::few(&held) {
                match self.reserve(label, waiting - held.len()).await {
                    Reserved::Run(run) => held.extend(run),
                    Reserved::Closed { limit, until } if held.is_empty() => {
                        let all: Vec<_> = self.with_lane(label, |lane| lane.line.drain().collect());
                        for one in all {
                            let _ = one.send(Err((limit, until)));
                        }
                        continue;
                    }
                    Reserved::Closed { .. } => {}
                }
            }
            let Some(instant) = held.pop_front() else { continue };
            self.inner.clock.sleep_until(instant).await;
            if self.inner.clock.now().duration_since(instant) > TOO_LATE {
                continue;
            }
            let slow = held.front().is_none_or(|next| next.duration_since(instant) > SLOW);
            self.hand_out(label, slow);
        }
    }

    /// With so few instants left the next ones are asked for, so that there is no gap while the book is written.
    fn few(held: &VecDeque<Timestamp>) -> usize {
        match (held.front(), held.get(1)) {
            // At a tenth of a second and more apart, one is enough.
            (Some(one), Some(next)) if next.duration_since(*one) < SignedDuration::from_millis(100) => 4,
            _ => 1,
        }
    }

    /// Gives the instant that is now to the first who still waits.
    fn hand_out(&self, label: Label, slow: bool) {
        while let Some(one) = self.with_lane(label, |lane| lane.line.pop(slow)) {
            if one.send(Ok(())).is_ok() {
                return;
            }
        }
    }

    async fn reserve(&self, label: Label, wanted: usize) -> Reserved {
        let Inner { book, own, clock, .. } = &*self.inner;
        let wanted = u32::try_from(wanted).unwrap_or(u32::MAX);
        match book.reserve(label, wanted, clock.now()).await {
            Ok(reserved) => reserved,
            Err(failure) => {
                tracing::warn!(%failure, "pacing alone");
                own.reserve_now(label, wanted, clock.now())
            }
        }
    }
}

/// Whoever hands out the instants, until it is done. Where it is dropped before, with its runtime, the next call that
/// comes hands them out.
struct Leaving<'a> {
    pacer: &'a Pacer,
    label: Label,
    done: bool,
}

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        if !self.done {
            self.pacer.with_lane(self.label, |lane| *lane = Lane::default());
        }
    }
}
