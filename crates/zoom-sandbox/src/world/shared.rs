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

impl<T> Shared<T> {
    /// Whether both are one value that neither has changed.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: Clone> Shared<Vec<T>> {
    /// The rows that are meant, to change them. Where none is, nothing is copied.
    pub(crate) fn rows_mut(&mut self, is_meant: impl Fn(&T) -> bool) -> impl Iterator<Item = &mut T> {
        let rows = if self.iter().any(&is_meant) { self.as_mut_slice() } else { &mut [] };
        rows.iter_mut().filter(move |row| is_meant(row))
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

impl<T: PartialEq> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other) || self.0 == other.0
    }
}

#[expect(clippy::into_iter_without_iter, reason = "what is inside has an `iter` of its own")]
impl<'a, T> IntoIterator for &'a Shared<T>
where
    &'a T: IntoIterator,
{
    type Item = <&'a T as IntoIterator>::Item;
    type IntoIter = <&'a T as IntoIterator>::IntoIter;
    fn into_iter(self) -> Self::IntoIter {
        <&T>::into_iter(&self.0)
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
        assert!(first.get(&2).unwrap().is_same(second.get(&2).unwrap()), "the untouched one is shared");
    }

    #[test]
    fn looking_for_rows_to_change_copies_nothing_where_there_are_none() {
        let first = Shared::new(vec![1, 2, 3]);
        let mut second = first.clone();
        assert_eq!(second.rows_mut(|row| *row > 3).count(), 0);
        assert!(first.is_same(&second));
        second.rows_mut(|row| *row > 2).for_each(|row| *row = 9);
        assert_eq!((&*first, &*second), (&vec![1, 2, 3], &vec![1, 2, 9]));
    }
}
