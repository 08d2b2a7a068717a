//! Another world in place of the one there is: a reset, a restored snapshot, one's own people and meetings.

use std::{io, sync::Arc};

use clock::{Clock as _, Hands, SeededEntropy, SteeredClock, SystemEntropy, Timestamp};
use tokio::sync::mpsc;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    app::{App, Parts},
    call::Calls,
    faults::Faults,
    hooks::Hooks,
    limits::Limits,
    locks::Locks,
    log::CallLog,
    rest,
    seed::{Seed, SeedError},
    shelf::Shelf,
    stream::{Stream, drawn, noise},
    world::{Plan, Snapshot, State, World},
};

/// How often a seed is planted anew because the world changed meanwhile.
const TRIES: usize = 20;

/// How a sandbox was started: what a reset goes back to.
#[derive(Clone, Debug)]
pub(crate) struct Start {
    pub(crate) scopes: Vec<String>,
    pub(crate) plan: Plan,
    pub(crate) unlimited: bool,
    pub(crate) hands: Hands,
    pub(crate) seed: Option<Seed>,
}

/// Why there is no other world; the one there was goes on.
#[derive(Debug, thiserror::Error)]
pub enum RenewError {
    /// The people or meetings of a seed cannot be.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// The state file cannot be written.
    #[error("the state file cannot be written ({0}); free space there")]
    Disk(#[from] io::Error),
    /// Everybody else was faster, many times.
    #[error("the world kept changing while the seed was planted; send it again when fewer programs are calling")]
    Busy,
}

impl Start {
    /// The world of this seed as it begins at `now`, and what its next ids are drawn from.
    pub(crate) fn fresh(&self, seed: u64, now: Timestamp) -> Result<(State, SeededEntropy), RenewError> {
        let source = SeededEntropy::new(seed);
        let state = State::fresh(now, seed, &source, self.scopes.clone(), self.plan);
        match &self.seed {
            Some(planted) => {
                let (mut state, source) = grown(state, source, planted, now)?;
                state.planted = Some(planted.clone()).into();
                Ok((state, source))
            }
            None => Ok((state, source)),
        }
    }
}

/// The state with the people and meetings of a seed in it. They are made by the rules of the API, in a world of its own
/// that nobody else sees: what cannot be leaves nothing behind, and nobody is told of it.
fn grown(
    state: State,
    source: SeededEntropy,
    planted: &Seed,
    now: Timestamp,
) -> Result<(State, SeededEntropy), RenewError> {
    let (entropy, clock) = (Arc::new(Stream::new(source)), Arc::new(SteeredClock::still_at(now)));
    let (tell, _nobody) = mpsc::unbounded_channel();
    let world = Arc::new(World::new(state, None, Arc::clone(&clock), Arc::clone(&entropy), tell));
    let limits = Limits::default();
    limits.set_enforced(false);
    let hands = clock.hands();
    let app = App::new(Parts {
        calls: Calls::new(world.clone(), clock.clone(), Arc::new(SystemEntropy)),
        world,
        clock,
        entropy,
        noise: noise(),
        start: Start { scopes: Vec::new(), plan: Plan::default(), unlimited: true, hands, seed: None },
        shelf: Shelf::default(),
        log: CallLog::default(),
        faults: Faults::default(),
        limits,
        locks: Locks::default(),
        hooks: Hooks::new(Vec::new()),
        tasks: TaskTracker::new(),
        stop: CancellationToken::new(),
        base: String::new(),
        reach: None,
        hosts: Vec::new(),
    });
    rest::plant(&app, planted)?;
    let (state, _) = app.world.copy();
    Ok((state, SeededEntropy::new(drawn(app.entropy.as_ref()))))
}

/// Puts the people and meetings of a seed into the world, all of them or none.
pub(crate) fn plant(app: &App, seed: &Seed) -> Result<(), RenewError> {
    for _ in 0..TRIES {
        let (state, since) = app.world.copy();
        let source = SeededEntropy::new(drawn(app.entropy.as_ref()));
        let (state, _) = grown(state, source, seed, app.clock.now())?;
        if app.world.replace_since(since, state)? {
            return Ok(());
        }
    }
    Err(RenewError::Busy)
}

/// Begins anew: the world as it was at the start, by the same seed or another, its clock, limits and switches; no
/// fault, no call in the log.
pub(crate) fn reset(app: &App, seed: Option<u64>) -> Result<(), RenewError> {
    let seed = seed.unwrap_or_else(|| app.world.read(|state| state.seed));
    let (state, source) = app.start.fresh(seed, app.start.hands.shown_now())?;
    change_worlds(app, state, source, app.start.hands)?;
    app.limits.set_enforced(!app.start.unlimited);
    app.limits.set_strict_window(false);
    app.limits.set_all_headers(false);
    app.faults.clear();
    app.log.clear();
    Ok(())
}

/// The world and the clock are again as they were. Faults, switches of the limits and the log stay as they are.
pub(crate) fn restore(app: &App, snapshot: Snapshot) -> Result<(), RenewError> {
    let Snapshot { state, draws, clock, .. } = snapshot;
    change_worlds(app, state, SeededEntropy::new(draws), clock.into())?;
    Ok(app.world.cut_calls_off()?)
}

fn change_worlds(app: &App, state: State, source: SeededEntropy, hands: Hands) -> io::Result<()> {
    app.world.replace(state, source, hands)?;
    app.calls.forget();
    app.hooks.forget();
    app.limits.clear();
    Ok(())
}
