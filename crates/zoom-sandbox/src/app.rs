//! Everything a handler needs, shared by all of them.

use std::{ops::Deref, sync::Arc};

use clock::{Clock as _, SharedEntropy, SteeredClock, Timestamp};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{call, faults::Faults, hooks::Hooks, limits::Limits, log::CallLog, reach::Reach, world::World};

/// The running sandbox, as its handlers see it; a clone is the same one.
#[derive(Clone, Debug)]
pub(crate) struct App(Arc<Parts>);

/// What the sandbox is made of.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) world: Arc<World>,
    pub(crate) clock: Arc<SteeredClock>,
    pub(crate) entropy: SharedEntropy,
    pub(crate) log: CallLog,
    pub(crate) faults: Faults,
    pub(crate) limits: Limits,
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
    pub(crate) pages: minijinja::Environment<'static>,
}

impl App {
    pub(crate) fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}
