//! A backup: one file with everything in a database, whichever the engine, made while the database is in use; and taking
//! it in again, in either engine. What is sealed stays sealed in it, and the key is not in it.
//!
//! [`write`] reads one snapshot and needs no key. [`restore`] looks the whole file through before it begins, and is one
//! transaction: what is refused has changed nothing.

mod after;
mod dump;
mod error;
mod file;
mod load;
mod look;
mod lost;
mod place;
mod sql;
mod tables;

pub use dump::{Plan, Written, write};
pub use error::{Error, Result};
pub use file::Header;
pub use load::{Restored, Secrets, restore};
pub use lost::Lost;

/// The tables of a backup, each with its columns of bytes, sealed or not: for the test that holds them against the
/// migrations.
#[cfg(feature = "testing")]
pub fn tables() -> Vec<(&'static str, Vec<&'static str>)> {
    let bytes = |table: &tables::Table| {
        let sealed = table.sealed.iter().map(|sealed| sealed.column);
        sealed.chain(table.open.iter().copied()).collect()
    };
    tables::TABLES.iter().map(|table| (table.name, bytes(table))).collect()
}
