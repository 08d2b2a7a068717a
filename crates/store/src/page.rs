//! Long lists come in pages, each with a cursor to the next.

use std::{fmt, str::FromStr};

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// Each item turned into another.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next: self.next }
    }

    /// A page from one row more than `size`, which tells whether there is a next one.
    pub(crate) fn cut(mut items: Vec<T>, size: usize, cursor: impl Fn(&T) -> Cursor) -> Self {
        let more = items.len() > size;
        items.truncate(size);
        let next = if more { items.last().map(cursor) } else { None };
        Self { items, next }
    }
}

/// The last item of a page, by what the list is sorted by: an instant in milliseconds, then an id. Its text is for
/// addresses and API answers; nobody else needs to read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub(crate) at: i64,
    pub(crate) id: String,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.at, self.id)
    }
}

/// A text that no list gave out as a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not a cursor that a list gave out")]
pub struct NotACursor;

impl FromStr for Cursor {
    type Err = NotACursor;
    fn from_str(text: &str) -> Result<Self, NotACursor> {
        let (at, id) = text.split_once('.').ok_or(NotACursor)?;
        let at = at.parse().map_err(|_| NotACursor)?;
        let id = uuid::Uuid::try_parse(id).map_err(|_| NotACursor)?;
        Ok(Self { at, id: id.as_hyphenated().to_string() })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_page_has_a_next_one_only_where_there_is_more() {
        let cursor = |n: &i64| Cursor { at: *n, id: String::new() };
        assert_eq!(Page::cut(vec![1, 2], 2, cursor).next, None);
        let page = Page::cut(vec![1, 2, 3], 2, cursor);
        assert_eq!((page.items, page.next.map(|cursor| cursor.at)), (vec![1, 2], Some(2)));
    }

    proptest! {
        #[test]
        fn a_cursor_survives_its_text_and_nonsense_is_answered(at: i64, id: u128, nonsense in any::<String>()) {
            let cursor = Cursor { at, id: uuid::Uuid::from_u128(id).to_string() };
            prop_assert_eq!(cursor.to_string().parse(), Ok(cursor));
            prop_assert!(nonsense.parse::<Cursor>().is_err());
        }
    }
}
