//! Databases of every version there has been come up to date with what is in them, and so do their backups.

use model::{AtZoom, Role};
use rstest::rstest;
use secrecy::ExposeSecret as _;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection, sqlite::SqliteConnectOptions};
use store::{
    Database, Engine, KeyRing, KeySource, Store, audit, backup, connection, grant, job, member, room, session, setup,
    site, testing, wanted,
};

use crate::{
    backup::{back_up, restore},
    samples::{add_room, at, sample_room},
};

const ROOM: &str = "01943a5c-0000-7000-8000-000000000001";
const ACCOUNT: &str = "01943a5c-0000-7000-8000-000000000002";
const ADA: &str = "01943a5c-0000-7000-8000-000000000003";
const JOB: &str = "01943a5c-0000-7000-8000-000000000004";

async fn run(database: &Database, sql: String) {
    let sql = AssertSqlSafe(sql);
    match database {
        Database::Sqlite(path) => {
            let mut db = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(path)).await.unwrap();
            sqlx::raw_sql(sql).execute(&mut db).await.unwrap();
            db.close().await.unwrap();
        }
        Database::Postgres(options) => {
            let mut db = PgConnection::connect_with(options).await.unwrap();
            sqlx::raw_sql(sql).execute(&mut db).await.unwrap();
            db.close().await.unwrap();
        }
    }
}

/// What the first version wrote, in its own words.
async fn fill_first(database: &Database, keys: &KeyRing) {
    let sealed = |table, column, row, text| {
        let bytes = hex::encode(testing::seal(keys, table, column, row, text));
        match database.engine() {
            Engine::Sqlite => format!("x'{bytes}'"),
            Engine::Postgres => format!("'\\x{bytes}'"),
        }
    };
    let (client_secret, passcode) = (
        sealed("connection", "client_secret", ACCOUNT, "canary-client-secret"),
        sealed("room", "passcode", ROOM, "canaryPass"),
    );
    let (now, hash) = (at(0).as_millisecond(), store::TokenHash::of("session").as_str().to_owned());
    let starts = at(60).as_millisecond();
    run(
        database,
        format!(
            "INSERT INTO site VALUES (1, 'Northlight', 210, {now});
             INSERT INTO connection (id, name, account_id, client_id, client_secret, sandbox, created_at, updated_at)
             VALUES ('{ACCOUNT}', 'Northlight', 'acc', 'client', {client_secret}, FALSE, {now}, {now});
             INSERT INTO member VALUES ('{ADA}', 'ada@example.org', 'Ada', 'owner', NULL, {now});
             INSERT INTO session VALUES ('{hash}', '{ADA}', 'Firefox', {now}, {now}, {starts});
             INSERT INTO room (id, connection_id, kind, title, slug, host_id, zone, starts_local, starts_at, ends_at,
                duration, agenda, passcode, waiting_room, join_before_host, host_video, participant_video, mute_on_entry,
                opens_before, published, at_zoom, created_at, updated_at, version)
             VALUES ('{ROOM}', '{ACCOUNT}', 'meeting', 'Kitchen Spanish', 'kitchen', 'sbxHost1', 'Europe/Madrid',
                '2027-01-15T10:00:00', {starts}, {starts} + 3600000, 60, 'Bring an apron.', {passcode}, TRUE, FALSE, TRUE,
                TRUE, TRUE, 15, TRUE, 'waiting', {now}, {now}, 1);
             INSERT INTO room_word VALUES ('{ROOM}', 'kitchen');
             INSERT INTO job (id, kind, single_key, connection_id, room_id, payload, state, priority, run_at, attempts,
                again, phase, created_at)
             VALUES ('{JOB}', 'push_room', 'push_room:{ROOM}', '{ACCOUNT}', '{ROOM}', 'null', 'ready', 0, {now}, 0, FALSE,
                'planned', {now});
             INSERT INTO grant_ (token_hash, room_id, name, role, created_at, expires_at)
             VALUES ('{hash}', '{ROOM}', 'Bo', 'participant', {now}, {starts});
             INSERT INTO audit VALUES ('{JOB}', {now}, NULL, 'command line', 'room.create', '{ROOM}', 'null', '{ROOM}');"
        ),
    )
    .await;
}

/// A database as an eRoom of that version left it.
async fn of_version(engine: Engine, version: i64) -> Option<(Database, Option<tempfile::TempDir>, KeyRing)> {
    let (database, folder) = testing::bare_database(engine).await?;
    let keys = KeyRing::generate(&clock::SystemEntropy);
    testing::migrate_to(&database, 1).await;
    fill_first(&database, &keys).await;
    testing::migrate_to(&database, version).await;
    if version >= 5 {
        run(&database, format!("INSERT INTO setup VALUES ('webhooks', {})", at(0).as_millisecond())).await;
    }
    Some((database, folder, keys))
}

/// Everything that was there is there, and it can be worked with.
async fn works(database: &Database, keys: &KeyRing, version: i64) {
    let text = KeySource::Text(keys.to_text());
    let store = Store::open(testing::options(database, text)).await.unwrap();
    let mut reader = store.read().await.unwrap();
    assert_eq!(site::get(&mut reader).await.unwrap().unwrap().name, "Northlight");
    let account = connection::get(&mut reader, ACCOUNT.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(account.client_secret.expose_secret(), "canary-client-secret");
    assert_eq!(account.asked, model::Feature::AT_FIRST, "who never said what they want is asked for the first");
    assert!(account.allowed == model::AllowedHosts::default(), "everybody is allowed");
    let ada = member::list(&mut reader).await.unwrap().remove(0).member;
    assert_eq!(ada.role, Role::Owner);
    let hash = store::TokenHash::of("session");
    assert!(session::find(&mut reader, &hash, at(1)).await.unwrap().is_some(), "Ada stays signed in");
    let record = room::get(&mut reader, ROOM.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!((record.room.passcode.expose(), &record.room.at_zoom), ("canaryPass", &AtZoom::Waiting));
    assert_eq!(record.room.alternative_hosts.iter().count(), 0);
    assert_eq!(grant::find(&mut reader, &hash, at(1)).await.unwrap().unwrap().acts_as, None);
    assert_eq!(audit::of_room(&mut reader, record.room.id, 9).await.unwrap().len(), 1);
    assert_eq!(job::open_of_room(&mut reader, record.room.id).await.unwrap().len(), 1);
    assert_eq!(setup::list(&mut reader).await.unwrap().len(), usize::from(version >= 5));
    assert_eq!(wanted::get(&mut reader).await.unwrap(), None);
    drop(reader);
    let mut changed = record.room;
    changed.title = model::Title::parse("Kitchen Spanish, again").unwrap();
    let changed = &changed;
    assert_eq!(store.write(|mut tx| async move { room::save(&mut tx, changed, at(2)).await }).await.unwrap(), 2);
    add_room(&store, &sample_room(account.id, "new", 90)).await;
    store.close().await;
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_database_of_every_version_comes_up_to_date_and_works(#[case] engine: Engine) {
    for version in testing::versions() {
        let Some((database, _folder, keys)) = of_version(engine, version).await else { return };
        works(&database, &keys, version).await;
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_room_that_was_kept_without_its_account_is_not_told_as_refused_any_more(#[case] engine: Engine) {
    let Some((database, _folder, keys)) = of_version(engine, 10).await else { return };
    let kept = "UPDATE connection SET state = 'gone';
                UPDATE room SET at_zoom = 'refused', at_zoom_reason = 'Its Zoom account was disconnected.'";
    run(&database, kept.to_owned()).await;
    let store = Store::open(testing::options(&database, KeySource::Text(keys.to_text()))).await.unwrap();
    let record = room::get(&mut store.read().await.unwrap(), ROOM.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(record.room.at_zoom, AtZoom::Disconnected);
    store.close().await;
}

#[rstest]
#[tokio::test]
async fn a_backup_of_every_version_is_restored_and_works(
    #[values(Engine::Sqlite, Engine::Postgres)] from: Engine,
    #[values(Engine::Sqlite, Engine::Postgres)] to: Engine,
) {
    let folder = tempfile::tempdir().unwrap();
    for version in testing::versions() {
        let Some((database, _folder, keys)) = of_version(from, version).await else { return };
        let file = folder.path().join(format!("{version}.backup"));
        let written = back_up(&database, &file).await.unwrap();
        assert_eq!(written.migration, version, "a backup is made before the database is brought up to date");
        let Some((into, _there)) = testing::bare_database(to).await else { return };
        restore(&file, &into, KeySource::Text(keys.to_text()), backup::Secrets::Needed).await.unwrap();
        works(&into, &keys, version).await;
        if version < *testing::versions().end() {
            // A database that is there already must not be ahead.
            let Some((ahead, _there)) = testing::empty_database(to).await else { return };
            testing::migrate_to(&ahead, *testing::versions().end()).await;
            let keys = KeySource::Text(keys.to_text());
            let refused = restore(&file, &ahead, keys, backup::Secrets::Needed).await.unwrap_err();
            assert!(matches!(refused, backup::Error::Ahead { .. }), "{refused:?}");
        }
    }
}
