//! Where the database is: a file or a server, read from `database.url`, and the pools to it.

use std::{
    fmt, fs, io,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    str::FromStr as _,
    time::Duration,
};

use sqlx::{
    PgPool, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{
    engine::Engine,
    error::{Error, Result},
};

/// How long SQLite waits for another process that writes, before it says BUSY.
const BUSY: Duration = Duration::from_secs(5);
/// How long a request waits for a connection of the pool: long enough for a crowd, short enough that a visitor of a site
/// whose database is gone is told so.
pub(crate) const PATIENCE: Duration = Duration::from_secs(8);
const SQLITE_READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 10;

/// A parsed database address. `Debug` and `Display` show no password.
#[derive(Clone)]
pub enum Database {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL server.
    Postgres(Box<PgConnectOptions>),
}

impl Database {
    /// Reads `sqlite:///absolute/path`, `sqlite:relative/path`, `postgres://…` or `postgresql://…`.
    ///
    /// ```
    /// let database = store::Database::parse("sqlite:data/eroom.db")?;
    /// assert_eq!(database.engine(), store::Engine::Sqlite);
    /// # Ok::<(), store::Error>(())
    /// ```
    pub fn parse(url: &str) -> Result<Self> {
        let url = url.trim();
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let options = PgConnectOptions::from_str(url)
                .map_err(|_| Error::BadUrl { why: "is not a PostgreSQL address".into() })?;
            return Ok(Self::Postgres(Box::new(options.application_name("eroom"))));
        }
        let Some(path) = url.strip_prefix("sqlite:") else {
            return Err(Error::BadUrl { why: "begins with neither sqlite: nor postgres://".into() });
        };
        let path = path.strip_prefix("//").unwrap_or(path);
        if path.is_empty() || path == ":memory:" || path.contains(['?', '\0']) {
            return Err(Error::BadUrl { why: "names no file".into() });
        }
        Ok(Self::Sqlite(path.into()))
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    pub(crate) fn unreachable(&self) -> impl Fn(sqlx::Error) -> Error + use<> {
        let engine = self.engine().name();
        move |source| Error::Unreachable { engine, source }
    }
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "SQLite {}", path.display()),
            Self::Postgres(options) => {
                let name = options.get_database().unwrap_or_default();
                write!(f, "PostgreSQL {}:{}/{name}", options.get_host(), options.get_port())
            }
        }
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Database({self})")
    }
}

/// The connections to a database.
#[derive(Clone)]
pub(crate) enum Pools {
    /// One connection writes, the others read.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
    },
    Postgres(PgPool),
}

/// A new database file is for its owner only, as the files are that SQLite puts beside it; also where a link leads to it.
fn make_private(path: &Path) -> io::Result<()> {
    fs::OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path).map(drop)
}

fn sqlite_options(path: &PathBuf) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY)
        .foreign_keys(true)
}

impl Pools {
    /// Opens the pools, and the SQLite file where there is none yet.
    pub(crate) async fn open(database: &Database) -> Result<Self> {
        let failed = database.unreachable();
        match database {
            Database::Sqlite(path) => {
                make_private(path).map_err(|error| failed(sqlx::Error::Io(error)))?;
                let writer = SqlitePoolOptions::new().max_connections(1).acquire_timeout(PATIENCE);
                let writer =
                    writer.connect_with(sqlite_options(path).create_if_missing(true)).await.map_err(&failed)?;
                // Readers are told so: a statement that writes through one of them fails.
                let options = sqlite_options(path).pragma("query_only", "on");
                let readers = SqlitePoolOptions::new().max_connections(SQLITE_READERS).acquire_timeout(PATIENCE);
                Ok(Self::Sqlite { writer, readers: readers.connect_with(options).await.map_err(&failed)? })
            }
            Database::Postgres(options) => {
                let pool = PgPoolOptions::new().max_connections(POSTGRES_CONNECTIONS).acquire_timeout(PATIENCE);
                Ok(Self::Postgres(pool.connect_with((**options).clone()).await.map_err(&failed)?))
            }
        }
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn pragma(pool: &SqlitePool, sql: &'static str) -> String {
        let (value,): (String,) = sqlx::query_as(sql).fetch_one(pool).await.unwrap();
        value
    }

    #[tokio::test]
    async fn sqlite_keeps_what_it_said_it_kept_and_readers_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::Sqlite(folder.path().join("eroom.db"));
        let Pools::Sqlite { writer, readers } = Pools::open(&database).await.unwrap() else { panic!("{database}") };
        assert_eq!(pragma(&writer, "SELECT journal_mode FROM pragma_journal_mode").await, "wal");
        // 2 is FULL: a commit is on the disk before it is answered.
        assert_eq!(pragma(&writer, "SELECT CAST(synchronous AS TEXT) FROM pragma_synchronous").await, "2");
        assert_eq!(pragma(&writer, "SELECT CAST(foreign_keys AS TEXT) FROM pragma_foreign_keys").await, "1");
        assert_eq!(pragma(&writer, "SELECT CAST(timeout AS TEXT) FROM pragma_busy_timeout").await, "5000");
        sqlx::raw_sql("CREATE TABLE t (x BIGINT)").execute(&writer).await.unwrap();
        let refused = sqlx::raw_sql("INSERT INTO t VALUES (1)").execute(&readers).await.unwrap_err();
        assert!(refused.to_string().contains("readonly"), "{refused}");
    }
}
