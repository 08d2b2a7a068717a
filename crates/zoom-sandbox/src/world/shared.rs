//! A value that copies share until one of them changes it: what makes a copy of the whole state cheap.

use std::{
    fmt,
    ops::{Deref, DerefMut},
    sync::{Arc, OnceLock},
};

use bytes::Bytes;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A clone costs nothing; the first change through a clone copies what is inside, once.
pub struct Shared<T>(Arc<Inner<T>>);

struct Inner<T> {
    value: T,
    /// What was written of the value as it is.
    written: OnceLock<Bytes>,
}

impl<T: Clone> Clone for Inner<T> {
    /// A clone is made to be changed, so nothing that was written of it will hold.
    fn clone(&self) -> Self {
        Self::of(self.value.clone())
    }
}

impl<T> Inner<T> {
    fn of(value: T) -> Self {
        Self { value, written: OnceLock::new() }
    }
}

impl<T> Shared<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(Arc::new(Inner::of(value)))
    }

    /// What `write` makes of the value: written once, and again after a change. There is one such text of a value, and so
    /// one `write` for a type.
    pub(crate) fn written(&self, write: impl FnOnce(&T) -> Bytes) -> &Bytes {
        self.0.written.get_or_init(|| write(&self.0.value))
    }
}

impl<T> Shared<T> {
    /// Whether both are one value that neither has changed.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Shared<Vec<T>> {
    /// The first row that is meant, to keep as it is now without copying it.
    pub(crate) fn row(&self, is_meant: impl FnMut(&T) -> bool) -> Option<Row<T>> {
        let at = self.iter().position(is_meant)?;
        Some(Row { rows: self.clone(), at })
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
        &self.0.value
    }
}

impl<T: Clone> DerefMut for Shared<T> {
    fn deref_mut(&mut self) -> &mut T {
        let inner = Arc::make_mut(&mut self.0);
        inner.written.take();
        &mut inner.value
    }
}

impl<T: PartialEq> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other) || **self == **other
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
        <&T>::into_iter(&**self)
    }
}

impl<T: fmt::Debug> fmt::Debug for Shared<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::fmt(self, f)
    }
}

impl<T: Serialize> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        T::serialize(self, serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Shared<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::new)
    }
}

/// Rows by their key, of which a changed copy shares all but what was changed: a change among thousands costs no more than
/// one among few.
pub(crate) type Table<K, V> = imbl::OrdMap<K, Shared<V>>;

/// What is done to several rows of a table at once.
pub(crate) trait Rows<V> {
    /// Takes out the rows that are not to stay.
    fn keep(&mut self, stays: impl Fn(&V) -> bool);

    /// Changes the rows that are meant, in the order of their keys.
    fn change(&mut self, is_meant: impl Fn(&V) -> bool, change: impl FnMut(&mut V));
}

impl<K: Ord + Clone, V: Clone> Rows<V> for Table<K, V> {
    fn keep(&mut self, stays: impl Fn(&V) -> bool) {
        let gone: Vec<K> = self.iter().filter(|(_, row)| !stays(row)).map(|(key, _)| key.clone()).collect();
        for key in gone {
            self.remove(&key);
        }
    }

    fn change(&mut self, is_meant: impl Fn(&V) -> bool, mut change: impl FnMut(&mut V)) {
        let meant: Vec<K> = self.iter().filter(|(_, row)| is_meant(row)).map(|(key, _)| key.clone()).collect();
        for key in meant {
            if let Some(row) = self.get_mut(&key) {
                change(row);
            }
        }
    }
}

/// A row of a list, as it was when it was taken out.
pub(crate) struct Row<T> {
    rows: Shared<Vec<T>>,
    /// One of the rows: they never change behind it.
    at: usize,
}

impl<T> From<T> for Row<T> {
    fn from(row: T) -> Self {
        Self { rows: Shared::new(vec![row]), at: 0 }
    }
}

impl<T> Deref for Row<T> {
    type Target = T;
    #[expect(clippy::indexing_slicing, reason = "the list is the one in which the row was found")]
    fn deref(&self) -> &T {
        &self.rows[self.at]
    }
}

impl<T: fmt::Debug> fmt::Debug for Row<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_to_one_copy_is_not_seen_in_the_other_and_copies_only_what_it_touches() {
        let mut first: Table<u8, Vec<u8>> = Table::new();
        first.insert(1, Shared::new(vec![1]));
        first.insert(2, Shared::new(vec![2]));
        let mut second = first.clone();
        second.get_mut(&1).unwrap().push(9);
        assert_eq!((&**first.get(&1).unwrap(), &**second.get(&1).unwrap()), (&vec![1], &vec![1, 9]));
        assert!(first.get(&2).unwrap().is_same(second.get(&2).unwrap()), "the untouched one is shared");
    }

    #[test]
    fn what_was_written_of_a_value_is_written_again_after_a_change() {
        let text = |number: &u8| Bytes::from(number.to_string());
        let mut first = Shared::new(1);
        let mut second = first.clone();
        assert_eq!(first.written(text), "1");
        assert_eq!(second.written(|_| Bytes::new()), "1", "both are one value, of which something was written");
        *second = 2;
        assert_eq!((second.written(text), first.written(text)), (&Bytes::from("2"), &Bytes::from("1")));
        drop(second);
        *first = 3;
        assert_eq!(first.written(text), "3", "nobody else had it, so it was changed in place");
    }

    #[test]
    fn a_row_stays_what_it_was_when_it_was_taken_out() {
        let mut list = Shared::new(vec![1, 2, 3]);
        let two = list.row(|row| *row == 2).unwrap();
        list.clear();
        assert_eq!((*two, *Row::from(9)), (2, 9));
        assert!(list.row(|_| true).is_none());
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
