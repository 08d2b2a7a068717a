//! From a row's plain values to typed ones; what does not parse is [`Error::Corrupt`].

use jiff::Timestamp;

use crate::{
    error::{Error, Result},
    sealing::Place,
};

/// The row that is being read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    table: &'static str,
    key: &'a str,
}

impl<'a> Row<'a> {
    pub(crate) fn of(table: &'static str, key: &'a str) -> Self {
        Self { table, key }
    }

    pub(crate) fn corrupt(self, column: &'static str) -> Error {
        // A token's hash is 64 long; its beginning is enough to find the row.
        let row = self.key.chars().take(36).collect();
        Error::Corrupt { table: self.table, row, column }
    }

    /// The parsed value, whatever the parser says when it fails.
    pub(crate) fn take<T, E>(self, column: &'static str, parsed: Result<T, E>) -> Result<T> {
        parsed.map_err(|_| self.corrupt(column))
    }

    /// The value of a parser that answers with an option.
    pub(crate) fn some<T>(self, column: &'static str, parsed: Option<T>) -> Result<T> {
        parsed.ok_or_else(|| self.corrupt(column))
    }

    pub(crate) fn parse<T: std::str::FromStr>(self, column: &'static str, text: &str) -> Result<T> {
        self.take(column, text.parse())
    }

    pub(crate) fn parse_some<T: std::str::FromStr>(
        self,
        column: &'static str,
        text: Option<&str>,
    ) -> Result<Option<T>> {
        text.map(|text| self.parse(column, text)).transpose()
    }

    pub(crate) fn instant(self, column: &'static str, ms: i64) -> Result<Timestamp> {
        self.take(column, Timestamp::from_millisecond(ms))
    }

    pub(crate) fn instant_some(self, column: &'static str, ms: Option<i64>) -> Result<Option<Timestamp>> {
        ms.map(|ms| self.instant(column, ms)).transpose()
    }

    pub(crate) fn json(self, column: &'static str, text: &str) -> Result<serde_json::Value> {
        self.take(column, serde_json::from_str(text))
    }

    pub(crate) fn place(self, column: &'static str) -> Place<'a> {
        Place { table: self.table, column, row: self.key }
    }
}
