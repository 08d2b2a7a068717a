//! The start: looks before it touches, then migrates, then notes which key seals here.

use std::{os::unix::fs::OpenOptionsExt as _, path::Path};

use clock::Entropy;
use sqlx::{Connection as _, PgConnection, SqliteConnection, migrate::Migrator, sqlite::SqliteConnectOptions};

use crate::{
    database::{Database, Pools},
    engine::Session,
    error::{Error, Result},
    keyfile::{self, KeySource},
    sealing::KeyRing,
    table::seal,
};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// What a look at a database showed, before anything is changed.
#[derive(Debug, Default)]
struct Found {
    /// The newest migration in it; `None` where it is new.
    version: Option<i64>,
    proofs: Vec<seal::Proof>,
}

/// A database that is up to date.
pub(crate) struct Prepared {
    pub(crate) keys: KeyRing,
    pub(crate) pools: Pools,
    /// Whether the key that seals from now on is known there.
    pub(crate) key_is_noted: bool,
}

/// Brings the database up to date, and finds the keys that fit it.
pub(crate) async fn prepare(database: &Database, keys: &KeySource, entropy: &dyn Entropy) -> Result<Prepared> {
    // Before the look, so that who starts second finds what who starts first has made, its key file included.
    let _turn = turn(database).await?;
    let found = look(database).await?;
    let known = newest_known();
    if let Some(found) = found.version.filter(|found| *found > known) {
        return Err(Error::NewerDatabase { found, known });
    }
    let ring = match keys.ring()? {
        Some(ring) => ring,
        None if found.proofs.is_empty() => keyfile::create(&keys.path(), entropy)?,
        None => return Err(Error::KeyMissing { path: keys.path() }),
    };
    for proof in &found.proofs {
        proof.check(&ring)?;
    }
    let pools = Pools::open(database).await?;
    migrate(&pools).await?;
    let key_is_noted = found.proofs.iter().any(|proof| proof.is_of_newest(&ring));
    Ok(Prepared { keys: ring, pools, key_is_noted })
}

/// The newest migration of this program; both engines have the same.
pub(crate) fn newest_known() -> i64 {
    SQLITE.iter().map(|migration| migration.version).max().unwrap_or(0)
}

/// Waits for whoever else starts on this database, where that is needed; held until it is dropped.
pub(crate) async fn turn(database: &Database) -> Result<Option<std::fs::File>> {
    match database {
        Database::Sqlite(path) => take_turn(path).await.map(Some),
        Database::Postgres(_) => Ok(None),
    }
}

/// Two processes that start on one new SQLite file take turns; PostgreSQL's migrator locks by itself.
async fn take_turn(path: &Path) -> Result<std::fs::File> {
    let lock = path.with_extension("lock");
    let opened = tokio::task::spawn_blocking(move || {
        if let Some(folder) = lock.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let file = std::fs::OpenOptions::new().create(true).append(true).mode(0o600).open(&lock)?;
        file.lock()?;
        Ok::<_, std::io::Error>(file)
    });
    let failed = |error| Error::Unreachable { engine: "SQLite", source: sqlx::Error::Io(error) };
    opened.await.map_err(|_| failed(std::io::Error::other("the program is stopping")))?.map_err(failed)
}

async fn look(database: &Database) -> Result<Found> {
    let failed = database.unreachable();
    match database {
        Database::Sqlite(path) if !path.exists() => Ok(Found::default()),
        Database::Sqlite(path) => {
            let options = SqliteConnectOptions::new().filename(path).read_only(true);
            let mut connection = SqliteConnection::connect_with(&options).await.map_err(&failed)?;
            let found = look_sqlite(&mut connection).await.map_err(&failed);
            connection.close().await.map_err(&failed)?;
            found
        }
        Database::Postgres(options) => {
            let mut connection = PgConnection::connect_with(options).await.map_err(&failed)?;
            let found = look_postgres(&mut connection).await.map_err(&failed);
            connection.close().await.map_err(&failed)?;
            found
        }
    }
}

macro_rules! look_at {
    ($connection:expr, $tables:literal) => {{
        let tables: Vec<(String,)> = sqlx::query_as(include_str!($tables)).fetch_all(&mut *$connection).await?;
        let has = |name: &str| tables.iter().any(|(table,)| table == name);
        let version = if has("_sqlx_migrations") {
            let sql = include_str!("../sql/start/version.sql");
            let (version,): (Option<i64>,) = sqlx::query_as(sql).fetch_one(&mut *$connection).await?;
            version
        } else {
            None
        };
        let proofs = if has("seal") {
            sqlx::query_as(include_str!("../sql/seal/list.sql")).fetch_all(&mut *$connection).await?
        } else {
            Vec::new()
        };
        Ok(Found { version, proofs })
    }};
}

async fn look_sqlite(connection: &mut SqliteConnection) -> sqlx::Result<Found> {
    look_at!(connection, "../sql/start/tables.sqlite.sql")
}

async fn look_postgres(connection: &mut PgConnection) -> sqlx::Result<Found> {
    look_at!(connection, "../sql/start/tables.postgres.sql")
}

async fn migrate(pools: &Pools) -> Result<()> {
    let outcome = match pools {
        Pools::Sqlite { writer, .. } => SQLITE.run(writer).await,
        Pools::Postgres(pool) => POSTGRES.run(pool).await,
    };
    outcome.map_err(|source| Error::Migration { source: Box::new(source) })
}

/// Applies the migrations up to a version, or all, inside of a transaction.
pub(crate) async fn migrate_to(session: &mut Session, version: Option<i64>) -> Result<()> {
    let version = version.unwrap_or(i64::MAX);
    let outcome = match session {
        Session::SqliteTx(tx) => SQLITE.run_to(version, &mut **tx).await,
        Session::Sqlite(connection) => SQLITE.run_to(version, &mut **connection).await,
        Session::PostgresTx(tx) => POSTGRES.run_to(version, &mut **tx).await,
        Session::Postgres(connection) => POSTGRES.run_to(version, &mut **connection).await,
    };
    outcome.map_err(|source| Error::Migration { source: Box::new(source) })
}

/// Applies the migrations, up to a version or all, and does nothing else: for templates and upgrades in tests.
#[cfg(feature = "testing")]
pub(crate) async fn migrate_only(database: &Database, version: Option<i64>) -> Result<()> {
    let pools = Pools::open(database).await?;
    let failed = |source| Error::Database { during: "opening a test's database", source };
    let session = match &pools {
        Pools::Sqlite { writer, .. } => writer.acquire().await.map(Session::Sqlite),
        Pools::Postgres(pool) => pool.acquire().await.map(Session::Postgres),
    };
    let mut session = session.map_err(failed)?;
    let outcome = migrate_to(&mut session, version).await;
    drop(session);
    pools.close().await;
    outcome
}

/// The checksums of PostgreSQL's migrations.
#[cfg(feature = "testing")]
pub(crate) fn postgres_migrations() -> impl Iterator<Item = &'static [u8]> {
    POSTGRES.iter().map(|migration| &*migration.checksum)
}
