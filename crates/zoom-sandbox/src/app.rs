//! Everything a handler needs, shared by all of them.

use std::{ops::Deref, sync::Arc};

use clock::{Clock as _, SeededEntropy, SteeredClock, SystemClock, Timestamp};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    call, faults::Faults, hooks::Hooks, limits::Limits, locks::Locks, log::CallLog, reach::Reach, renew::Start,
    shelf::Shelf, stream::Stream, world::World,
};

/// The running sandbox, as its handlers see it; a clone is the same one.
#[derive(Clone, Debug)]
pub(crate) struct App(Arc<Parts>);

/// What the sandbox is made of.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) world: Arc<World>,
    pub(crate) clock: Arc<SteeredClock>,
    /// What ids and secrets are drawn from.
    pub(crate) entropy: Arc<Stream>,
    /// What nobody wants to see again is drawn from: tracking ids and the like, in whatever order calls come.
    pub(crate) noise: SeededEntropy,
    /// How it was started, for starting anew.
    pub(crate) start: Start,
    /// The snapshots that were given a name.
    pub(crate) shelf: Shelf,
    pub(crate) log: CallLog,
    pub(crate) faults: Faults,
    pub(crate) limits: Limits,
    pub(crate) locks: Locks,
    pub(crate) hooks: Hooks,
    pub(crate) calls: call::Calls,
    pub(crate) tasks: TaskTracker,
    pub(crate) stop: CancellationToken,
    /// The sandbox's own address, without a slash at the end.
    pub(crate) base: String,
    /// The ways in by Zoom's own names, where they were asked for.
    pub(crate) reach: Option<Reach>,
    /// Names beside `localhost` and IP addresses under which people reach the controls.
    pub(crate) hosts: Vec<String>,
}

impl App {
    pub(crate) fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Ends the call that this number leads to, for everybody. Says whether it ended now.
    pub(crate) fn end_call(&self, number: i64) -> bool {
        let number = self.world.called_number(number);
        // A call that the API or a test began has nobody in it, and is not among those that people are in.
        self.calls.end(number.unsigned_abs()) || self.world.call_ended(number)
    }

    /// Begins to measure.
    pub(crate) fn watch(&self) -> Stopwatch {
        Stopwatch { begun: self.now(), machine: SystemClock.now() }
    }
}

/// How long something takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stopwatch {
    /// When it began, by the sandbox's clock.
    pub(crate) begun: Timestamp,
    machine: Timestamp,
}

impl Stopwatch {
    /// Milliseconds since the beginning, to a hundredth: of the sandbox's clock, or of the machine's where that stands
    /// still.
    pub(crate) fn ms(&self, app: &App) -> f64 {
        let passed = app.now().duration_since(self.begun);
        let passed = if passed.is_zero() { SystemClock.now().duration_since(self.machine) } else { passed };
        (passed.as_secs_f64() * 100_000.0).round() / 100.0
    }
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}
