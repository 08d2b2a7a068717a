//! Starting: on nothing, again, under a wrong key, on a database from the future.

use std::{fs, path::Path};

use clock::SystemEntropy;
use rstest::rstest;
use secrecy::{ExposeSecret as _, SecretString};
use sqlx::{Connection as _, PgConnection};
use store::{Database, Engine, Error, KeyRing, KeySource, Store, member, testing};

use crate::{
    samples::{add_member, sample_member},
    sql::execute,
};

fn new_key() -> KeySource {
    KeySource::Ring(KeyRing::generate(&SystemEntropy))
}

async fn open(database: &Database, keys: KeySource) -> Result<Store, Error> {
    Store::open(testing::options(database, keys)).await
}

#[cfg(unix)]
#[tokio::test]
async fn a_new_database_behind_a_link_is_for_its_owner_only_too() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let (link, file) = (folder.path().join("eroom.db"), folder.path().join("elsewhere.db"));
    std::os::unix::fs::symlink(&file, &link).unwrap();
    open(&Database::Sqlite(link), new_key()).await.unwrap().close().await;
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
}

#[cfg(unix)]
#[tokio::test]
async fn a_new_database_file_and_what_lies_beside_it_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let store = open(&Database::Sqlite(folder.path().join("eroom.db")), new_key()).await.unwrap();
    add_member(&store, &sample_member("ada@example.org", model::Role::Owner)).await;
    let all = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap());
    let files: Vec<_> = all.filter(|file| file.file_name().to_string_lossy().starts_with("eroom.db")).collect();
    assert!(files.len() > 1, "the log of writes lies beside it: {files:?}");
    for file in files {
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{}", file.path().display());
    }
    store.close().await;
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_first_start_makes_a_private_key_and_the_next_one_uses_it(#[case] engine: Engine) {
    let Some((database, _folder)) = testing::empty_database(engine).await else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data/eroom.key");
    let store = open(&database, KeySource::File(path.clone())).await.unwrap();
    let owner = sample_member("ada@example.org", model::Role::Owner);
    add_member(&store, &owner).await;
    store.close().await;
    let made = fs::read_to_string(&path).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no draft is left over");

    let store = open(&database, KeySource::File(path.clone())).await.unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), made);
    let mut reader = store.read().await.unwrap();
    assert_eq!(member::list(&mut reader).await.unwrap()[0].member, owner);
    drop(reader);
    store.close().await;

    // The key file is lost: that is said, and no new one hides it.
    fs::remove_file(&path).unwrap();
    let lost = open(&database, KeySource::File(path.clone())).await;
    assert!(matches!(lost, Err(Error::KeyMissing { .. })), "{lost:?}");
    assert!(!path.exists());
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_wrong_key_is_refused_and_nothing_is_touched(#[case] engine: Engine) {
    let Some(store) = testing::store(engine).await else { return };
    store.close().await;
    let before = contents(store.database()).await;
    let wrong = open(store.database(), new_key()).await;
    assert!(matches!(wrong, Err(Error::WrongKey { .. })), "{wrong:?}");
    assert_eq!(contents(store.database()).await, before);
    // The right one still opens it.
    store.again().await;
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_second_key_takes_over_and_the_first_is_still_needed(#[case] engine: Engine) {
    let Some(store) = testing::store(engine).await else { return };
    let (KeySource::Text(old), new) = (store.keys(), KeyRing::generate(&SystemEntropy)) else {
        panic!("a test store's key is a text")
    };
    let both = format!("{}{}", old.expose_secret(), new.to_text().expose_secret());
    open(store.database(), KeySource::Text(SecretString::from(both))).await.unwrap().close().await;
    // Rows sealed under the first key may still be there, so the second alone does not do.
    for alone in [KeySource::Text(old), KeySource::Text(new.to_text())] {
        let refused = open(store.database(), alone).await;
        assert!(matches!(refused, Err(Error::WrongKey { .. })), "{refused:?}");
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_database_from_a_newer_version_is_refused_and_nothing_is_touched(#[case] engine: Engine) {
    let Some(store) = testing::store(engine).await else { return };
    store.close().await;
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                 SELECT 9999, 'from the future', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1";
    execute(store.database(), newer).await;
    let before = contents(store.database()).await;
    // Even under a wrong key: the version is what must be said first.
    let refused = open(store.database(), new_key()).await.unwrap_err();
    assert!(matches!(refused, Error::NewerDatabase { found: 9999, .. }), "{refused:?}");
    assert!(refused.to_string().contains("nothing was changed"), "{refused}");
    assert_eq!(contents(store.database()).await, before);
}

/// The bytes of a SQLite file; of a server every row that a start could write, with the transaction that wrote it, and
/// the names of all tables.
async fn contents(database: &Database) -> Vec<u8> {
    match database {
        Database::Sqlite(path) => fs::read(path).unwrap(),
        Database::Postgres(options) => {
            let mut db = PgConnection::connect_with(options).await.unwrap();
            let sql = "SELECT CAST(xmin AS TEXT) || CAST(seal AS TEXT) FROM seal \
                       UNION ALL SELECT CAST(xmin AS TEXT) || CAST(m AS TEXT) FROM _sqlx_migrations m \
                       UNION ALL SELECT tablename FROM pg_tables ORDER BY 1";
            let rows: Vec<(String,)> = sqlx::query_as(sql).fetch_all(&mut db).await.unwrap();
            assert!(rows.len() > 10, "{rows:?}");
            rows.into_iter().flat_map(|(row,)| row.into_bytes()).collect()
        }
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn processes_that_start_together_on_nothing_agree_on_one_key(#[case] engine: Engine) {
    let Some((database, _folder)) = testing::empty_database(engine).await else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("eroom.key");
    #[expect(clippy::disallowed_methods, reason = "each start is waited for")]
    let starts = (0..6).map(|_| {
        let (database, path) = (database.clone(), path.clone());
        tokio::task::spawn(async move { open(&database, KeySource::File(path)).await })
    });
    for started in futures_util::future::join_all(starts).await {
        started.unwrap().unwrap();
    }
    open(&database, KeySource::File(path)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_machines_that_start_together_with_two_keys_do_not_both_begin() {
    let Some((database, _)) = testing::empty_database(Engine::Postgres).await else { return };
    let (one, two) = tokio::join!(open(&database, new_key()), open(&database, new_key()));
    let (Ok(store), Err(refused)) = (if one.is_ok() { (one, two) } else { (two, one) }) else {
        panic!("one of two begins")
    };
    assert!(matches!(refused, Error::WrongKey { .. }), "{refused:?}");
    add_member(&store, &sample_member("ada@example.org", model::Role::Owner)).await;
}

#[tokio::test]
async fn a_database_that_cannot_be_opened_is_named_without_its_password() {
    let database = Database::parse("postgres://eroom:canary@127.0.0.1:1/eroom").unwrap();
    let error = open(&database, new_key()).await.unwrap_err();
    assert!(matches!(error, Error::Unreachable { engine: "PostgreSQL", .. }), "{error:?}");
    assert!(error.to_string().ends_with("check database.url, and that the server runs"), "{error}");
    assert!(!format!("{database} {database:?} {error} {error:?}").contains("canary"));

    let folder = tempfile::tempdir().unwrap();
    let nonsense = folder.path().join("eroom.db");
    fs::write(&nonsense, "this is a letter, not a database, and long enough to be read as one").unwrap();
    let error = open(&Database::Sqlite(nonsense), new_key()).await.unwrap_err();
    assert!(matches!(error, Error::Unreachable { engine: "SQLite", .. }), "{error:?}");
    assert!(error.to_string().ends_with("check database.url, and that its folder can be written to"), "{error}");
}

#[test]
fn addresses_are_read_and_nonsense_is_answered() {
    for (url, path) in [("sqlite:///var/eroom.db", "/var/eroom.db"), ("sqlite:data/eroom.db", "data/eroom.db")] {
        let Database::Sqlite(parsed) = Database::parse(url).unwrap() else { panic!("{url}") };
        assert_eq!(parsed, Path::new(path));
    }
    for url in ["", "mysql://host/db", "sqlite:", "sqlite::memory:", "eroom.db", "postgres://host:port/db"] {
        let error = Database::parse(url).unwrap_err();
        assert!(matches!(error, Error::BadUrl { .. }), "{url}: {error}");
    }
}
