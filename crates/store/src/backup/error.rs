//! Why a backup was not made or not taken in, in words that say what to do.

use std::{io, path::PathBuf};

use super::lost::Lost;
use crate::error::Error as StoreError;

/// Why it was not done. Where it is about restoring, nothing was changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is a file already where the backup should be written.
    #[error("{} is there already and was left as it is; name another file, or say --force to replace it", path.display())]
    Exists {
        /// Which file.
        path: PathBuf,
    },
    /// What is there is no backup, and may be precious.
    #[error(
        "{} is there already and is no backup: it was left as it is. --force replaces earlier backups only; name another file",
        path.display()
    )]
    Precious {
        /// Which file.
        path: PathBuf,
    },
    /// The file cannot be read or written.
    #[error("the backup file {} cannot be used", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is nothing to back up.
    #[error("there is no eRoom in {database}: nothing was written. Check --data-dir and database.url")]
    NothingThere {
        /// Which database.
        database: String,
    },
    /// The file is something else.
    #[error("{} is no backup of eRoom; nothing was changed", path.display())]
    NotABackup {
        /// Which file.
        path: PathBuf,
    },
    /// The file is not as it was written.
    #[error(
        "the backup {} is damaged or cut off ({why}); nothing was changed. Take another copy of it, or an earlier backup",
        path.display()
    )]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A newer eRoom wrote it.
    #[error(
        "the backup {} was made by eRoom {eroom}, whose database is of version {found}; this eRoom knows versions up to \
         {known}, and nothing was changed. Restore it with eRoom {eroom} or newer", path.display()
    )]
    Newer {
        /// Which file.
        path: PathBuf,
        /// The version of the program that wrote it.
        eroom: String,
        /// The newest migration of the database it was made from.
        found: i64,
        /// The newest migration of this program.
        known: i64,
    },
    /// The database holds something.
    #[error(
        "{database} is not empty (it has rows in {tables}); nothing was changed. A backup is restored into an empty \
         database: give another --data-dir, or a new PostgreSQL database in database.url"
    )]
    NotEmpty {
        /// Which database.
        database: String,
        /// Tables with rows.
        tables: String,
    },
    /// The database is empty, but a later one than the backup's.
    #[error(
        "{database} is empty but already of version {found}, and the backup is of version {wanted}; nothing was changed. \
         Give a database in which no eRoom was started yet"
    )]
    Ahead {
        /// Which database.
        database: String,
        /// Its version.
        found: i64,
        /// The backup's.
        wanted: i64,
    },
    /// The keys do not open what is sealed.
    #[error(
        "{why} This would be lost:\n{lost}Nothing was changed. Give the key file that belongs to this backup (eroom.key in \
         the data folder, or EROOM_KEY), or say --without-secrets to restore without all this"
    )]
    Sealed {
        /// What is the case with the keys.
        why: String,
        /// What does not open.
        lost: Lost,
    },
    /// The database did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A result of a backup or a restore.
pub type Result<T, E = Error> = std::result::Result<T, E>;
