//! The part of the handle that changes the world as a whole: reset, seed, snapshots, plan and switches.

use std::io;

use super::SandboxHandle;
use crate::{
    control,
    renew::{self, RenewError},
    seed::Seed,
    shelf::ShelfError,
    world::{AppKind, ChangeError, Plan, Snapshot},
};

impl SandboxHandle {
    /// What ids and secrets are drawn from.
    pub fn seed(&self) -> u64 {
        self.app.world.read(|state| state.seed)
    }

    /// Begins anew, as the sandbox was started: the same seed gives the same ids and secrets. Ends all faults, calls and
    /// deliveries; named snapshots stay.
    ///
    /// # Errors
    /// Where the state file cannot be written.
    pub fn reset(&self) -> Result<(), RenewError> {
        renew::reset(&self.app, None)
    }

    /// The same, by another seed.
    ///
    /// # Errors
    /// Where the state file cannot be written.
    pub fn reset_to(&self, seed: u64) -> Result<(), RenewError> {
        renew::reset(&self.app, Some(seed))
    }

    /// Adds people, meetings and webinars, all of them or none. Nobody is told of them by webhook.
    ///
    /// # Errors
    /// Where one of them cannot be, with the place in the seed; or the state file cannot be written.
    pub fn plant(&self, seed: &Seed) -> Result<(), RenewError> {
        renew::plant(&self.app, seed)
    }

    /// The world and its clock as they are.
    pub fn snapshot(&self) -> Snapshot {
        self.app.world.snapshot()
    }

    /// The world and its clock are again as they were. Whoever was in a call is sent away.
    ///
    /// # Errors
    /// Where the state file cannot be written.
    pub fn restore(&self, snapshot: Snapshot) -> Result<(), RenewError> {
        renew::restore(&self.app, snapshot)
    }

    /// Keeps a snapshot in memory under a name, for whoever looks at the workbench.
    ///
    /// # Errors
    /// Where the name is none, or there are too many.
    pub fn keep_snapshot(&self, name: &str, snapshot: Snapshot) -> Result<(), ShelfError> {
        self.app.shelf.put(name, snapshot)
    }

    /// A snapshot by its name.
    pub fn kept_snapshot(&self, name: &str) -> Option<Snapshot> {
        self.app.shelf.get(name)
    }

    /// Gives the ready-made Server-to-Server app exactly these scopes, as its owner would in the Marketplace: tokens that
    /// were issued keep theirs.
    ///
    /// # Errors
    /// Where the state file cannot be written.
    pub fn grant<S: Into<String>>(&self, scopes: impl IntoIterator<Item = S>) -> io::Result<()> {
        let scopes: Vec<String> = scopes.into_iter().map(Into::into).collect();
        settled(self.app.world.change(|change| {
            let mut apps = change.state.apps.iter_mut();
            if let Some(app) = apps.find(|app| app.kind == AppKind::ServerToServer) {
                app.scopes = scopes;
            }
            Ok::<_, std::convert::Infallible>(())
        }))
    }

    /// Activates or deactivates the ready-made Server-to-Server app, as its owner would in the Marketplace. Deactivated it
    /// gets no token, and those it has are refused.
    ///
    /// # Errors
    /// Where the state file cannot be written.
    pub fn set_active(&self, active: bool) -> io::Result<()> {
        settled(self.app.world.change(|change| {
            let mut apps = change.state.apps.iter_mut();
            if let Some(app) = apps.find(|app| app.kind == AppKind::ServerToServer) {
                app.active = active;
            }
            Ok::<_, std::convert::Infallible>(())
        }))
    }

    /// Gives the account and its sub-accounts another plan; what was counted so far is forgotten.
    ///
    /// # Errors
    /// Where the state file cannot be written.
    pub fn set_plan(&self, plan: Plan) -> io::Result<()> {
        settled(control::set_plan(&self.app, plan))?;
        settled(control::forget_counts(&self.app))
    }

    /// Whether calls, plans and registrations beyond the limits are refused.
    pub fn enforce_limits(&self, enforced: bool) {
        self.app.limits.set_enforced(enforced);
    }

    /// Whether the calls of the last second are counted one by one, in place of a bucket that fills evenly.
    pub fn count_strictly(&self, strict: bool) {
        self.app.limits.set_strict_window(strict);
    }

    /// Whether every answer has the headers of the limits, not only 429.
    pub fn show_limits(&self, always: bool) {
        self.app.limits.set_all_headers(always);
    }

    /// Whether an app's new token ends its older ones, from the next token on.
    ///
    /// # Errors
    /// Where the state file cannot be written.
    pub fn let_newest_token_win(&self, wins: bool) -> io::Result<()> {
        settled(control::set_newest_token_wins(&self.app, wins))
    }
}

fn settled(kept: Result<(), ChangeError<std::convert::Infallible>>) -> io::Result<()> {
    kept.map_err(|problem| match problem {
        ChangeError::Disk(problem) => problem,
        ChangeError::Refused(never) => match never {},
    })
}
