//! A value that copies share until one of them changes it: what makes a copy of the whole state cheap.

use std::{
    fmt,
    ops::{Deref, DerefMut},
    sync::Arc,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A clone costs nothing; the first change through a clone copies what is inside, once.
pub struct Shared<T>(Arc<T>);

impl<T> Shared<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: Default> Default for Shared<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> From<T> for Shared<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Clone> DerefMut for Shared<T> {
    fn deref_mut(&mut self) -> &mut T {
        Arc::make_mut(&mut self.0)
    }
}

impl<T: fmt::Debug> fmt::Debug for Shared<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Serialize> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Shared<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_change_to_one_copy_is_not_seen_in_the_other_and_copies_only_what_it_touches() {
        let mut first: Shared<BTreeMap<u8, Shared<Vec<u8>>>> = Shared::default();
        first.insert(1, Shared::new(vec![1]));
        first.insert(2, Shared::new(vec![2]));
        let mut second = first.clone();
        second.get_mut(&1).unwrap().push(9);
        assert_eq!((&**first.get(&1).unwrap(), &**second.get(&1).unwrap()), (&vec![1], &vec![1, 9]));
        assert!(Arc::ptr_eq(&first.get(&2).unwrap().0, &second.get(&2).unwrap().0), "the untouched one is shared");
    }
}
