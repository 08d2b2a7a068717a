//! The start: looks before it touches, then migrates, then notes which key seals here.

use std::path::Path;

use clock::Entropy;
use sqlx::{Connection as _, PgConnection, SqliteConnection, migrate::Migrator, sqlite::SqliteConnectOptions};

use crate::{
    database::{Database, Pools},
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
    let _turn = match database {
        Database::Sqlite(path) => Some(take_turn(path).await?),
        Database::Postgres(_) => None,
    };
    let found = look(database).await?;
    let known = newest(database);
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

fn newest(database: &Database) -> i64 {
    let migrator = match database {
        Database::Sqlite(_) => &SQLITE,
        Database::Postgres(_) => &POSTGRES,
    };
    migrator.iter().map(|migration| migration.version).max().unwrap_or(0)
}

/// Two processes that start on one new SQLite file take turns; PostgreSQL's migrator locks by itself.
async fn take_turn(path: &Path) -> Result<std::fs::File> {
    let lock = path.with_extension("lock");
    let opened = tokio::task::spawn_blocking(move || {
        if let Some(folder) = lock.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let file = std::fs::OpenOptions::new().create(true).append(true).open(&lock)?;
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

/// Applies the migrations and nothing else: what a template for tests is made with.
#[cfg(feature = "testing")]
pub(crate) async fn migrate_only(database: &Database) -> Result<()> {
    let pools = Pools::open(database).await?;
    let outcome = migrate(&pools).await;
    pools.close().await;
    outcome
}

/// The checksums of PostgreSQL's migrations.
#[cfg(feature = "testing")]
pub(crate) fn postgres_migrations() -> impl Iterator<Item = &'static [u8]> {
    POSTGRES.iter().map(|migration| &*migration.checksum)
}
