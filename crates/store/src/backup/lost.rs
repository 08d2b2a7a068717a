//! What of a backup cannot be opened with the keys at hand, row by row.

use std::fmt;

use super::tables::{Table, Without};

/// How many rows are named before the rest is counted.
const NAMED: usize = 40;

/// What cannot be opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lost {
    rows: Vec<Row>,
    /// Contents that have no name people know: how many of what.
    counted: Vec<(&'static str, usize)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    table: &'static str,
    key: String,
    called: String,
    what: Vec<&'static str>,
}

impl Lost {
    /// Notes that `what` of a row does not open.
    pub(super) fn note(&mut self, table: &Table, key: &str, called: &str, what: &'static str, without: Without) {
        // Of an account that was disconnected an empty text is all there is.
        if table.name == "connection" && called.is_empty() {
            return;
        }
        if without == Without::NoRow {
            match self.counted.iter_mut().find(|(known, _)| *known == what) {
                Some((_, count)) => *count = count.saturating_add(1),
                None => self.counted.push((what, 1)),
            }
            return;
        }
        if let Some(row) = self.rows.last_mut().filter(|row| row.table == table.name && row.key == key) {
            row.what.push(what);
        } else {
            let (key, called) = (key.to_owned(), called.to_owned());
            self.rows.push(Row { table: table.name, key, called, what: vec![what] });
        }
    }

    /// Whether everything opens.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.counted.is_empty()
    }

    fn of(&self, table: &str) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.table == table)
    }

    /// The names of the connections whose credentials the owner has to enter again.
    pub fn connections(&self) -> Vec<&str> {
        self.of("connection").map(|row| row.called.as_str()).collect()
    }

    /// The titles of the rooms that have a new passcode now.
    pub fn rooms(&self) -> Vec<&str> {
        self.of("room").filter(|row| row.what.contains(&"the passcode")).map(|row| row.called.as_str()).collect()
    }

    /// The ids of those rooms.
    pub(super) fn room_ids(&self) -> impl Iterator<Item = &str> {
        self.of("room").filter(|row| row.what.contains(&"the passcode")).map(|row| row.key.as_str())
    }
}

/// One line for each row, each ended.
impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in self.rows.iter().take(NAMED) {
            writeln!(f, "  {} “{}”: {}", row.table, row.called, row.what.join(", "))?;
        }
        if let Some(more) = self.rows.len().checked_sub(NAMED).filter(|more| *more > 0) {
            writeln!(f, "  and the same of {more} more")?;
        }
        for (what, count) in &self.counted {
            writeln!(f, "  {what}: {count}")?;
        }
        Ok(())
    }
}
