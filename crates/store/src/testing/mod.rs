//! A fresh store on either engine, for the tests of every crate that has one.
#![expect(
    clippy::panic,
    clippy::expect_used,
    reason = "this is for tests only, and a test that cannot begin must say so"
)]

mod postgres;

use std::{ops::Deref, sync::Arc};

use clock::{SystemClock, SystemEntropy};
use tempfile::TempDir;

use crate::{Database, Engine, KeyRing, KeySource, OpenOptions, Store, sealing::Place, start};

/// A store of its own for one test. A SQLite file goes when it is dropped, a PostgreSQL database with its server.
#[derive(Debug)]
pub struct TestStore {
    store: Store,
    database: Database,
    keys: KeyRing,
    /// Where the SQLite file is.
    _folder: Option<TempDir>,
}

impl TestStore {
    /// Where the database is.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// The keys it is sealed under.
    pub fn keys(&self) -> KeySource {
        KeySource::Text(self.keys.to_text())
    }

    /// A second store on the same database, as another process has one.
    ///
    /// # Panics
    /// Where it does not open.
    pub async fn again(&self) -> Store {
        Store::open(options(&self.database, self.keys())).await.expect("the database opens a second time")
    }
}

impl Deref for TestStore {
    type Target = Store;
    fn deref(&self) -> &Store {
        &self.store
    }
}

/// What opens `database` in a test: the machine's clock (only pauses between attempts wait by it) and its entropy.
pub fn options(database: &Database, keys: KeySource) -> OpenOptions {
    OpenOptions { database: database.clone(), keys, clock: Arc::new(SystemClock), entropy: Arc::new(SystemEntropy) }
}

/// The engines that tests run on: both, unless `EROOM_TEST_WITHOUT=postgres` says that PostgreSQL is left out.
pub fn engines() -> Vec<Engine> {
    if postgres_is_left_out() { vec![Engine::Sqlite] } else { vec![Engine::Sqlite, Engine::Postgres] }
}

/// A new, empty store on `engine`; `None` only where `EROOM_TEST_WITHOUT=postgres` was said.
///
/// PostgreSQL is the server at `EROOM_TEST_POSTGRES`, or one that the tests start for themselves.
///
/// # Panics
/// Where there is no PostgreSQL on this machine.
pub async fn store(engine: Engine) -> Option<TestStore> {
    let (database, folder) = empty_database(engine).await?;
    let keys = KeyRing::generate(&SystemEntropy);
    let source = KeySource::Text(keys.to_text());
    let store = Store::open(options(&database, source)).await.expect("a new store opens");
    Some(TestStore { store, database, keys, _folder: folder })
}

/// A database without keys or rows, and the folder that must live as long as it; `None` as for [`store()`].
///
/// # Panics
/// Where there is no PostgreSQL on this machine.
pub async fn empty_database(engine: Engine) -> Option<(Database, Option<TempDir>)> {
    match engine {
        Engine::Sqlite => {
            let folder = tempfile::tempdir().expect("a temporary folder");
            Some((Database::Sqlite(folder.path().join("eroom.db")), Some(folder)))
        }
        Engine::Postgres if postgres_is_left_out() => None,
        Engine::Postgres => Some((postgres::migrated_database().await, None)),
    }
}

/// A database with no tables at all; `None` as for [`store()`].
///
/// # Panics
/// Where there is no PostgreSQL on this machine.
pub async fn bare_database(engine: Engine) -> Option<(Database, Option<TempDir>)> {
    match engine {
        Engine::Sqlite => empty_database(engine).await,
        Engine::Postgres if postgres_is_left_out() => None,
        Engine::Postgres => Some((postgres::bare_database().await, None)),
    }
}

/// The address of a database, as `database.url` takes it.
pub fn url(database: &Database) -> String {
    match database {
        Database::Sqlite(path) => format!("sqlite:{}", path.display()),
        Database::Postgres(options) => sqlx::ConnectOptions::to_url_lossy(&**options).to_string(),
    }
}

/// The versions there have been: each is what the migration of this number made.
pub fn versions() -> std::ops::RangeInclusive<i64> {
    1..=start::newest_known()
}

/// Applies the migrations up to `version` to a database, as an eRoom of that day did.
///
/// # Panics
/// Where they do not apply.
pub async fn migrate_to(database: &Database, version: i64) {
    start::migrate_only(database, Some(version)).await.expect("the migrations apply");
}

/// Seals a text as the store does, for rows that a test writes by hand.
///
/// # Panics
/// Where it cannot be sealed.
pub fn seal(keys: &KeyRing, table: &'static str, column: &'static str, row: &str, text: &str) -> Vec<u8> {
    keys.seal(&SystemEntropy, Place { table, column, row }, text.as_bytes()).expect("a short text can be sealed")
}

fn postgres_is_left_out() -> bool {
    said("EROOM_TEST_WITHOUT").is_some_and(|left_out| left_out.split(',').any(|word| word.trim() == "postgres"))
}

fn said(variable: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration; these two variables are their own")]
    let value = std::env::var(variable);
    value.ok().filter(|value| !value.is_empty())
}
