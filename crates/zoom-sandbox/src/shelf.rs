//! Snapshots that were given a name. They are kept in memory and outlive a reset, but not the sandbox.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::world::Snapshot;

/// How many there may be.
const MOST: usize = 50;
/// The longest name, in characters.
const LONGEST_NAME: usize = 64;

/// Why a snapshot was not put on the shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShelfError {
    /// No name, or too long a one.
    #[error("a snapshot's name has 1 to {LONGEST_NAME} characters, and neither a slash nor a control character")]
    Name,
    /// There is no room.
    #[error("there are {MOST} snapshots already; delete one, or give the name of one to replace it")]
    Full,
}

/// The named snapshots.
#[derive(Debug, Default)]
pub(crate) struct Shelf(Mutex<BTreeMap<String, Snapshot>>);

impl Shelf {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Snapshot>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a snapshot there; one with the same name goes.
    pub(crate) fn put(&self, name: &str, snapshot: Snapshot) -> Result<(), ShelfError> {
        let sayable = !name.trim().is_empty()
            && name.chars().count() <= LONGEST_NAME
            && !name.contains(|c: char| c.is_control() || c == '/');
        if !sayable {
            return Err(ShelfError::Name);
        }
        let mut kept = self.lock();
        if kept.len() >= MOST && !kept.contains_key(name) {
            return Err(ShelfError::Full);
        }
        kept.insert(name.to_owned(), snapshot);
        Ok(())
    }

    pub(crate) fn get(&self, name: &str) -> Option<Snapshot> {
        self.lock().get(name).cloned()
    }

    /// Says whether there was one.
    pub(crate) fn remove(&self, name: &str) -> bool {
        self.lock().remove(name).is_some()
    }

    /// Name and snapshot, in the order of the names.
    pub(crate) fn all(&self) -> Vec<(String, Snapshot)> {
        self.lock().iter().map(|(name, snapshot)| (name.clone(), snapshot.clone())).collect()
    }
}
