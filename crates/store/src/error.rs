//! What can go wrong with what we remember, in words of the choices a caller has.

use std::path::PathBuf;

/// Why the store did not do it. Nothing here holds a secret or a database's address with its password.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The configured database address cannot be used.
    #[error("database.url {why}; write sqlite:///path/eroom.db or postgres://user:password@host/database")]
    BadUrl {
        /// What is wrong with it.
        why: String,
    },
    /// No connection to the database.
    #[error("the database ({engine}) cannot be opened; check database.url, and that {}", working(engine))]
    Unreachable {
        /// `SQLite` or `PostgreSQL`.
        engine: &'static str,
        /// What the driver said.
        source: sqlx::Error,
    },
    /// The database was migrated by a newer eRoom.
    #[error(
        "this database is of version {found}, this eRoom knows versions up to {known}; nothing was changed. \
         Start the newer eRoom, or restore a backup made by this one"
    )]
    NewerDatabase {
        /// The newest migration in the database.
        found: i64,
        /// The newest migration of this program.
        known: i64,
    },
    /// The database holds secrets that none of the given keys opens.
    #[error(
        "secrets in this database are sealed under key {key_id}, which is not among the given keys; nothing was \
         changed. Give the key file that belongs to this database, or EROOM_KEY"
    )]
    WrongKey {
        /// The id of the key that is missing, or that does not open its proof.
        key_id: String,
    },
    /// The database holds sealed secrets and the key file is not there.
    #[error(
        "the key file {} is missing, and this database holds secrets sealed under a key; nothing was changed. \
         Put the key file back, or give EROOM_KEY", path.display()
    )]
    KeyMissing {
        /// Where the key was looked for.
        path: PathBuf,
    },
    /// A key text that is not one.
    #[error("the key text {why}; a key is 32 bytes in base64, several keys stand one to a line, the newest last")]
    BadKey {
        /// What is wrong, without the text.
        why: &'static str,
    },
    /// The key file cannot be read or made.
    #[error("the key file {} cannot be used", path.display())]
    KeyFile {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The migrations could not be applied.
    #[error("the database could not be brought up to date")]
    Migration {
        /// Which migration, and what the database said.
        source: Box<sqlx::migrate::MigrateError>,
    },
    /// A row that is not what this program writes.
    #[error("{table} {row}: {column} cannot be read; the row was changed by hand, or moved, or its file is damaged")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The row's key (shortened where it is a token's hash).
        row: String,
        /// The column.
        column: &'static str,
    },
    /// Another room has this slug.
    #[error("another room has this slug")]
    SlugTaken,
    /// Another member has this e-mail address.
    #[error("another member has this e-mail address")]
    EmailTaken,
    /// Somebody else changed it since it was read, or it is gone.
    #[error("{table} {row} was changed or removed by somebody else; read it again")]
    Stale {
        /// The table.
        table: &'static str,
        /// The row's key.
        row: String,
    },
    /// The lease of a job ran out and another worker has it.
    #[error("job {job} is no longer held by this worker")]
    LostClaim {
        /// The job.
        job: model::JobId,
    },
    /// Too many others wrote at the same time.
    #[error("the database was busy through {attempts} attempts; try again")]
    Busy {
        /// How often it was tried.
        attempts: u32,
    },
    /// The database refused or lost a statement.
    #[error("the database could not do it ({during})")]
    Database {
        /// What was being done.
        during: &'static str,
        /// What the driver said.
        source: sqlx::Error,
    },
    /// The value is too long to be sealed, or cannot be written as JSON.
    #[error("{table}: {column} cannot be stored")]
    Unstorable {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
}

/// A result of the store.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What must be so for a database to open.
fn working(engine: &str) -> &'static str {
    if engine == "SQLite" { "its folder can be written to" } else { "the server runs" }
}
