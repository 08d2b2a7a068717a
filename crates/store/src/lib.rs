//! How eRoom remembers: SQL for SQLite and PostgreSQL, migrations, sealing of secrets.
//!
//! Each table has one module, the only one that writes it. Its functions run on a [`Reader`] or a [`Tx`]; rows become
//! the types of `model` when they are read, and a row that does not is [`Error::Corrupt`].

#![warn(missing_docs)]

pub mod backup;
mod database;
mod engine;
mod error;
mod keyfile;
mod page;
mod retry;
mod row;
mod sealing;
mod start;
mod store;
mod table;
#[cfg(feature = "testing")]
pub mod testing;
mod token;
mod tx;

pub use database::Database;
pub use engine::Engine;
pub use error::{Error, Result};
pub use keyfile::KeySource;
pub use page::{Cursor, NotACursor, Page};
pub use sealing::KeyRing;
pub use store::{OpenOptions, Store};
pub use table::{
    address, api_token, attempt, attempt_minute, audit, change, connection, cover, grant, host, host_day, idempotency,
    inbox, job, member, member_host, one_time_link, room, session, setup, site, tally, wanted,
};
pub use token::TokenHash;
pub use tx::{Reader, Tx};
