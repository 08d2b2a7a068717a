//! The database at either end: one connection, what is there, a transaction.

use std::path::PathBuf;

use sqlx::{
    PgPool, SqlitePool,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};

use super::{sql, tables::TABLES};
use crate::{
    Database, Error, Result,
    database::{PATIENCE, Pools},
    engine::{Session, params},
};

/// A database with one connection to it.
pub(super) enum Place {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// Opens what is there, without changing anything; `None` where there is no file.
pub(super) async fn to_read(database: &Database) -> Result<Option<Place>> {
    let failed = database.unreachable();
    match database {
        Database::Sqlite(path) if !path.exists() => Ok(None),
        Database::Sqlite(path) => {
            let options = SqliteConnectOptions::new().filename(path).read_only(true);
            let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await;
            Ok(Some(Place::Sqlite(pool.map_err(failed)?)))
        }
        Database::Postgres(options) => {
            let pool = PgPoolOptions::new()
                .max_connections(1)
                .acquire_timeout(PATIENCE)
                .connect_with((**options).clone())
                .await;
            Ok(Some(Place::Postgres(pool.map_err(failed)?)))
        }
    }
}

impl Place {
    /// A transaction that sees the database as it is at one moment, whatever others write meanwhile. On PostgreSQL it
    /// waits for a moment at which nothing that is under way can still contradict what it sees.
    pub(super) async fn begin_snapshot(&self) -> Result<Session> {
        let begun = match self {
            Self::Sqlite(pool) => pool.begin_with("BEGIN").await.map(Session::SqliteTx),
            Self::Postgres(pool) => {
                let begin = "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE";
                pool.begin_with(begin).await.map(Session::PostgresTx)
            }
        };
        begun.map_err(|source| Error::Database { during: "beginning a backup", source })
    }

    pub(super) async fn close(self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// The transaction in which everything is restored.
pub(super) async fn begin_restore(pools: &Pools) -> Result<Session> {
    let begun = match pools {
        Pools::Sqlite { writer, .. } => writer.begin_with("BEGIN IMMEDIATE").await.map(Session::SqliteTx),
        Pools::Postgres(pool) => pool.begin_with("BEGIN").await.map(Session::PostgresTx),
    };
    begun.map_err(|source| Error::Database { during: "beginning to restore", source })
}

/// The newest migration of a database; `None` where there was none.
pub(super) async fn version(session: &mut Session) -> Result<Option<i64>> {
    let failed = |source| Error::Database { during: "looking at the database", source };
    let tables = match session {
        Session::SqliteTx(_) | Session::Sqlite(_) => include_str!("../../sql/start/tables.sqlite.sql"),
        Session::PostgresTx(_) | Session::Postgres(_) => include_str!("../../sql/start/tables.postgres.sql"),
    };
    let tables: Vec<(String,)> = session.rows(tables, params![]).await.map_err(failed)?;
    if !tables.iter().any(|(name,)| name == "_sqlx_migrations") {
        return Ok(None);
    }
    let text = include_str!("../../sql/start/version.sql");
    let row: Option<(Option<i64>,)> = session.row(text, params![]).await.map_err(failed)?;
    Ok(row.and_then(|(version,)| version))
}

/// The tables of ours that hold something.
pub(super) async fn filled(session: &mut Session) -> Result<Vec<&'static str>> {
    let mut filled = Vec::new();
    for table in TABLES {
        if !sql::columns(session, table).await?.is_empty() && sql::has_rows(session, table).await? {
            filled.push(table.name);
        }
    }
    Ok(filled)
}

/// A SQLite file that is made for a restore, and goes again where nothing comes of it.
pub(super) struct NewFile(Option<PathBuf>);

impl NewFile {
    pub(super) fn of(database: &Database) -> Self {
        match database {
            Database::Sqlite(path) if !path.exists() => Self(Some(path.clone())),
            Database::Sqlite(_) | Database::Postgres(_) => Self(None),
        }
    }

    pub(super) fn stays(mut self) {
        self.0 = None;
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        let Some(path) = &self.0 else { return };
        for end in ["", "-wal", "-shm"] {
            let mut name = path.clone().into_os_string();
            name.push(end);
            // What is not there need not go.
            drop(std::fs::remove_file(name));
        }
    }
}
