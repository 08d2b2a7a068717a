//! Looking a backup through before anything is done with it: that it is whole, and what in it the keys open.

use std::path::Path;

use serde_json::Value as Json;

use super::{
    error::{Error, Result},
    file::{self, Header, Line, Reader},
    lost::Lost,
    tables::{self, Table},
};
use crate::{
    sealing::{KeyRing, Place},
    start,
};

/// What a look through a whole backup showed.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) header: Header,
    pub(super) rows: u64,
    /// What the keys do not open.
    pub(super) lost: Lost,
}

/// The table whose rows are being read.
pub(super) struct Current {
    pub(super) table: &'static Table,
    pub(super) columns: Vec<String>,
}

impl Current {
    pub(super) fn of(name: &str, columns: Vec<String>) -> Option<Self> {
        let table = tables::table(name)?;
        let has = |column: &&str| columns.iter().any(|known| known == column);
        table.key.iter().all(has).then_some(Self { table, columns })
    }

    pub(super) fn at(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|known| known == column)
    }

    fn text<'a>(&self, row: &'a [Json], column: &str) -> &'a str {
        self.at(column).and_then(|at| row.get(at)).and_then(Json::as_str).unwrap_or_default()
    }

    /// What a sealed value of this row is bound to.
    pub(super) fn key(&self, row: &[Json]) -> String {
        self.table.key.iter().map(|column| self.text(row, column)).collect::<Vec<_>>().join("/")
    }
}

/// Whether what stands in a column of a row opens; nothing opens where there are no keys.
pub(super) fn opens(keys: Option<&KeyRing>, table: &Table, column: &'static str, row: &str, sealed: &[u8]) -> bool {
    keys.is_some_and(|keys| keys.open(Place { table: table.name, column, row }, sealed).is_ok())
}

/// Reads a backup to its end.
pub(super) fn through(path: &Path, keys: Option<&KeyRing>) -> Result<Seen> {
    let mut reader = Reader::open(path)?;
    let header = reader.header().clone();
    let known = start::newest_known();
    if header.migration > known {
        return Err(Error::Newer { path: path.to_owned(), eroom: header.eroom, found: header.migration, known });
    }
    let (mut current, mut lost) = (None, Lost::default());
    while let Some(line) = reader.next()? {
        match line {
            Line::Table { name, columns } => {
                let known = Current::of(&name, columns);
                current = Some(known.ok_or_else(|| reader.damaged(format!("a table {name:?} is unknown")))?);
            }
            Line::Row(row) => {
                let current = current.as_ref().filter(|current| current.columns.len() == row.len());
                let current = current.ok_or_else(|| reader.damaged("a row is not of its table"))?;
                note_lost(current, &row, keys, &mut lost).map_err(|why| reader.damaged(why))?;
            }
        }
    }
    Ok(Seen { header, rows: reader.rows(), lost })
}

fn note_lost(current: &Current, row: &[Json], keys: Option<&KeyRing>, lost: &mut Lost) -> Result<(), &'static str> {
    // A proof is worth nothing to anybody: what its key has sealed is what counts.
    for sealed in current.table.sealed.iter().filter(|_| current.table.name != "seal") {
        let Some(value) = current.at(sealed.column).and_then(|at| row.get(at)).filter(|value| !value.is_null()) else {
            continue;
        };
        let bytes = file::bytes(value).ok_or("a sealed value is no bytes")?;
        let key = current.key(row);
        if !opens(keys, current.table, sealed.column, &key, &bytes) {
            let called = current.table.called.map_or(key.as_str(), |column| current.text(row, column));
            lost.note(current.table, &key, called, sealed.what, sealed.without);
        }
    }
    Ok(())
}

/// What is to be said of keys that do not open everything.
pub(super) fn why(keys: Option<&KeyRing>, at: &Path) -> String {
    match keys {
        None if at.as_os_str().is_empty() => "No key was given.".into(),
        None => format!("There is no key file {}.", at.display()),
        Some(_) => "The key that was given does not open what is sealed in this backup.".into(),
    }
}
