//! One change of a user at a time: Zoom turns away the second while the first is being carried out.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Who is being changed, by their id, and what is done to them.
#[derive(Debug, Default)]
pub(crate) struct Locks(Mutex<BTreeMap<String, &'static str>>);

/// The right to change one user; whoever waits for it is turned away until it is dropped.
#[derive(Debug)]
pub(crate) struct Held<'a> {
    locks: &'a Locks,
    user: String,
}

impl Locks {
    fn all(&self) -> MutexGuard<'_, BTreeMap<String, &'static str>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins to change a user, or says what is being done to them already.
    pub(crate) fn hold(&self, user: String, doing: &'static str) -> Result<Held<'_>, &'static str> {
        let mut all = self.all();
        if let Some(other) = all.get(&user) {
            return Err(other);
        }
        all.insert(user.clone(), doing);
        drop(all);
        Ok(Held { locks: self, user })
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.locks.all().remove(&self.user);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_changed_by_one_at_a_time_and_others_meanwhile() {
        let locks = Locks::default();
        let held = locks.hold("ada".to_owned(), "delete").unwrap();
        assert_eq!(locks.hold("ada".to_owned(), "update").unwrap_err(), "delete");
        assert!(locks.hold("lucia".to_owned(), "update").is_ok());
        drop(held);
        assert!(locks.hold("ada".to_owned(), "update").is_ok());
    }
}
