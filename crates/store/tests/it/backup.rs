//! Backups: everything goes from either engine to either, while others write; what is wrong is refused untouched.

use std::{collections::BTreeSet, fs, io::Read as _, path::Path, sync::Arc};

use flate2::read::GzDecoder;
use model::AtZoom;
use rstest::rstest;
use secrecy::ExposeSecret as _;
use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};
use store::{
    Database, Engine, KeySource, Store,
    backup::{self, Plan, Restored, Secrets, Written},
    connection,
    job::{self, JobKind, NewJob},
    member, room,
    testing::{self, TestStore},
};
use tempfile::TempDir;

use crate::{
    full::full_site,
    samples::{add_room, at, furnished, sample_room},
};

pub(crate) async fn back_up(database: &Database, file: &Path) -> backup::Result<Written> {
    backup::write(Plan { database, file, force: false, eroom: "0.1.0", now: at(0) }).await
}

pub(crate) async fn restore(
    file: &Path,
    database: &Database,
    keys: KeySource,
    secrets: Secrets,
) -> backup::Result<Restored> {
    let clock = Arc::new(clock::SteeredClock::still_at(at(0)));
    backup::restore(file, store::OpenOptions { clock, ..testing::options(database, keys) }, secrets).await
}

fn unpacked(file: &Path) -> String {
    let mut text = String::new();
    GzDecoder::new(fs::File::open(file).unwrap()).read_to_string(&mut text).unwrap();
    text
}

/// The rows of a backup: all lines but the first and the last, which say when it was made.
fn rows(file: &Path) -> Vec<String> {
    let text = unpacked(file);
    let lines: Vec<_> = text.lines().map(str::to_owned).collect();
    lines[1..lines.len() - 1].to_vec()
}

/// A full site on `engine` and a backup of it.
async fn backed_up(engine: Engine) -> Option<(TestStore, TempDir, std::path::PathBuf)> {
    let site = full_site(engine).await?;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("eroom.backup");
    back_up(site.database(), &file).await.unwrap();
    Some((site, folder, file))
}

/// Whether nothing was made where nothing was.
async fn is_untouched(database: &Database, folder: &Path) -> bool {
    let probe = folder.join("probe.backup");
    let nothing = back_up(database, &probe).await;
    let made = folder.join("eroom.key").exists() || folder.join("eroom.db").exists();
    matches!(nothing, Err(backup::Error::NothingThere { .. })) && !made && !probe.exists()
}

#[rstest]
#[tokio::test]
async fn a_full_site_goes_from_either_engine_to_either_and_back(
    #[values(Engine::Sqlite, Engine::Postgres)] from: Engine,
    #[values(Engine::Sqlite, Engine::Postgres)] to: Engine,
) {
    let Some((site, folder, file)) = backed_up(from).await else { return };
    let Some((database, _there)) = testing::bare_database(to).await else { return };
    let restored = restore(&file, &database, site.keys(), Secrets::Needed).await.unwrap();
    assert!(restored.lost.is_empty() && restored.header.eroom == "0.1.0", "{restored:?}");
    let again = folder.path().join("again.backup");
    back_up(&database, &again).await.unwrap();
    // What was about to be made at Zoom is looked for first: it may have been made since the backup.
    let expected: Vec<_> = rows(&file).iter().map(|row| row.replace("\"planned\"", "\"unknown\"")).collect();
    assert_eq!(rows(&again), expected);
    assert_ne!(rows(&file), expected, "a room waits to be made at Zoom");

    let store = Store::open(testing::options(&database, site.keys())).await.unwrap();
    let mut reader = store.read().await.unwrap();
    let account = connection::list(&mut reader).await.unwrap().remove(0);
    assert_eq!(account.client_secret.expose_secret(), "canary-client-secret");
    let number = 98_765_432_109;
    let kitchen = room::by_number(&mut reader, account.id, number).await.unwrap().unwrap();
    assert_eq!(kitchen.room.passcode.expose(), "canaryPass");
    assert!(kitchen.join_url.unwrap().expose_secret().contains("canary-join"));
    drop(reader);
    add_room(&store, &sample_room(account.id, "after", 60)).await;
    store.close().await;
}

#[tokio::test]
async fn every_table_and_every_column_of_bytes_is_in_a_backup_and_a_full_site_fills_them_all() {
    let (site, _folder, file) = backed_up(Engine::Sqlite).await.unwrap();
    let Database::Sqlite(path) = site.database() else { panic!("{:?}", site.database()) };
    let options = SqliteConnectOptions::new().filename(path);
    let mut db = SqliteConnection::connect_with(&options).await.unwrap();
    let sql = "SELECT m.name, c.name, c.type FROM sqlite_master m, pragma_table_info(m.name) c \
               WHERE m.type = 'table' AND m.name <> '_sqlx_migrations'";
    let columns: Vec<(String, String, String)> = sqlx::query_as(sql).fetch_all(&mut db).await.unwrap();
    let there: BTreeSet<_> = columns.iter().map(|(table, ..)| table.clone()).collect();
    let listed: BTreeSet<_> = backup::tables().iter().map(|(table, _)| (*table).to_owned()).collect();
    assert_eq!(listed, there, "a new table has to be in the list of crates/store/src/backup/tables.rs");
    let there: BTreeSet<_> =
        columns.iter().filter(|(.., kind)| kind == "BLOB").map(|(t, c, _)| format!("{t}.{c}")).collect();
    let listed: BTreeSet<_> =
        backup::tables().iter().flat_map(|(t, bytes)| bytes.iter().map(move |c| format!("{t}.{c}"))).collect();
    assert_eq!(listed, there, "a column of bytes is named as sealed, or as open to everybody");

    let lines = rows(&file);
    let filled = lines.windows(2).filter(|pair| pair[0].starts_with("{\"columns\"") && pair[1].starts_with('['));
    assert_eq!(filled.count(), backup::tables().len(), "every table has a row in this story");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_backup_is_for_its_owner_only_and_holds_no_secret_in_clear(#[case] engine: Engine) {
    use std::os::unix::fs::PermissionsExt as _;
    let Some((_site, folder, file)) = backed_up(engine).await else { return };
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no draft is left over");
    let text = unpacked(&file);
    assert!(text.contains("Kitchen Spanish"), "it is the right file");
    assert!(!text.contains("canary"), "{text}");
    // Nor would it be found by whoever looks for it as the file writes bytes.
    for shifted in ["Y2FuYXJ5", "NhbmFye", "jYW5hcn"] {
        assert!(!text.contains(shifted), "{shifted}");
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_file_that_is_there_is_written_over_only_when_that_was_said(#[case] engine: Engine) {
    let Some((site, folder, file)) = backed_up(engine).await else { return };
    let before = fs::read(&file).unwrap();
    let refused = back_up(site.database(), &file).await.unwrap_err();
    assert!(refused.to_string().contains("--force"), "{refused}");
    assert_eq!(fs::read(&file).unwrap(), before);
    let plan = Plan { database: site.database(), file: &file, force: true, eroom: "0.2.0", now: at(1) };
    backup::write(plan).await.unwrap();
    assert!(unpacked(&file).lines().next().unwrap().contains("0.2.0"));
    let named = folder.path().join("no/such/folder");
    let failed = back_up(site.database(), &named).await;
    let is_told = |source: &std::io::Error| source.kind() == std::io::ErrorKind::NotFound && source.get_ref().is_none();
    let told = matches!(&failed, Err(backup::Error::File { path, source }) if *path == named && is_told(source));
    assert!(told, "no other name than the one that was typed: {failed:?}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_backup_under_sixteen_writers_shows_every_transaction_whole_or_not_at_all(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Some((store, account)) = furnished(engine).await else { return };
    let (id, folder) = (account.id, tempfile::tempdir().unwrap());
    let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
    #[expect(clippy::disallowed_methods, reason = "the writers are waited for")]
    let writers = (0..16).map(|writer| {
        let (store, stop) = ((*store).clone(), Arc::clone(&stop));
        tokio::task::spawn(async move {
            for n in 0..200 {
                if stop.load(std::sync::atomic::Ordering::Relaxed) {
                    return n;
                }
                let room = &sample_room(id, &format!("room-{writer}-{n}"), 60);
                let write = |mut tx| async move {
                    room::insert(&mut tx, room, at(0)).await?;
                    let push = NewJob::for_room(JobKind::PushRoom, id, room.id, at(0));
                    job::enqueue(&mut tx, &push, at(0)).await
                };
                // On PostgreSQL a writer may give up among so many; then neither is there.
                let _: Result<_, store::Error> = store.write(write).await;
            }
            200
        })
    });
    let writers: Vec<_> = writers.collect();
    let mut sizes = Vec::new();
    for n in 0..6 {
        let file = folder.path().join(format!("{n}.backup"));
        back_up(store.database(), &file).await.unwrap();
        let lines = rows(&file);
        let ids = |table: &str, at: usize| -> BTreeSet<String> {
            let begins = lines.iter().position(|line| line.contains(&format!("\"table\":\"{table}\""))).unwrap();
            let rows = lines[begins + 1..].iter().take_while(|line| line.starts_with('['));
            rows.map(|row| serde_json::from_str::<Vec<serde_json::Value>>(row).unwrap()[at].to_string()).collect()
        };
        let (rooms, jobs) = (ids("room", 0), ids("job", 4));
        assert_eq!(rooms, jobs, "a room without its job, or a job without its room");
        sizes.push(rooms.len());
    }
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    for writer in writers {
        assert!(writer.await.unwrap() > 0);
    }
    assert!(sizes.is_sorted() && sizes.first() < sizes.last(), "nobody wrote meanwhile: {sizes:?}");
    let Some((database, _there)) = testing::bare_database(engine).await else { return };
    let last = folder.path().join("5.backup");
    restore(&last, &database, store.keys(), Secrets::Needed).await.unwrap();
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn without_the_key_it_is_said_what_would_be_lost_and_nothing_is_touched(#[case] engine: Engine) {
    let Some((_site, folder, file)) = backed_up(engine).await else { return };
    let Some((database, there)) = testing::bare_database(engine).await else { return };
    let there = there.as_ref().map_or(folder.path(), TempDir::path);
    let wrong = KeySource::Ring(store::KeyRing::generate(&clock::SystemEntropy));
    let missing = KeySource::File(there.join("eroom.key"));
    for (keys, why) in [(wrong, "does not open"), (missing, "no key file")] {
        let refused = restore(&file, &database, keys, Secrets::Needed).await.unwrap_err().to_string();
        for said in [
            why,
            "connection “Northlight”: the Client Secret of its Server-to-Server app, the Client Secret of its Meeting \
             SDK app, the Secret Token of its webhooks, the former Secret Token of its webhooks, the token that \
             Zoom gave last\n",
            "room “Kitchen Spanish, week 3”: the passcode, the address for Zoom's app, a digest of what Zoom was sent\n",
            "a webhook that Zoom sent: 1\n",
            "a kept answer of the API: 1\n",
            "Nothing was changed",
            "--without-secrets",
        ] {
            assert!(refused.contains(said), "{said:?} is not in {refused}");
        }
        assert!(is_untouched(&database, there).await);
    }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn without_secrets_a_site_goes_on_with_new_passcodes_and_asks_for_its_credentials(#[case] engine: Engine) {
    let Some((site, folder, file)) = backed_up(engine).await else { return };
    let Some((database, _there)) = testing::bare_database(engine).await else { return };
    let key = folder.path().join("new/eroom.key");
    let restored = restore(&file, &database, KeySource::File(key.clone()), Secrets::LeftOut).await.unwrap();
    assert_eq!(restored.lost.connections(), ["Northlight"]);
    assert_eq!(restored.lost.rooms().len(), 2);
    let store = Store::open(testing::options(&database, KeySource::File(key))).await.unwrap();
    let mut reader = store.read().await.unwrap();
    let account = connection::list(&mut reader).await.unwrap().remove(0);
    assert_eq!(account.client_secret.expose_secret(), "");
    assert!(account.sdk_secret.is_none() && account.webhook_secret.is_none());
    assert!(connection::token(&mut reader, account.id).await.unwrap().is_none());
    let kitchen = room::by_number(&mut reader, account.id, 98_765_432_109).await.unwrap().unwrap();
    assert_ne!(kitchen.room.passcode.expose(), "canaryPass");
    assert_eq!((kitchen.room.at_zoom, kitchen.room.version), (AtZoom::Waiting, 2));
    let open = job::open_of_room(&mut reader, kitchen.room.id).await.unwrap();
    assert!(!open.is_empty(), "the new passcode goes to Zoom");
    assert_eq!(member::list(&mut reader).await.unwrap().len(), 1);
    drop(reader);
    store.close().await;
    // The old key opens nothing any more, and is not asked for.
    assert!(Store::open(testing::options(&database, site.keys())).await.is_err());
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_backup_that_is_cut_or_changed_anywhere_is_refused_and_nothing_is_touched(#[case] engine: Engine) {
    let Some((site, folder, file)) = backed_up(engine).await else { return };
    let Some((database, there)) = testing::bare_database(engine).await else { return };
    let there = there.as_ref().map_or(folder.path(), TempDir::path);
    let (whole, damaged) = (fs::read(&file).unwrap(), folder.path().join("damaged.backup"));
    let mut cases: Vec<Vec<u8>> = (0..24).map(|n| whole[..whole.len() * n / 24].to_vec()).collect();
    cases.push(whole[..whole.len() - 1].to_vec());
    cases.push([whole.as_slice(), b"x"].concat());
    cases.extend((0..48).map(|n| {
        let mut changed = whole.clone();
        // Beyond gzip's own header, in which a date or a name may be anything.
        let at = 10 + (whole.len() - 11) * n / 47;
        changed[at] ^= 1 << (n % 8);
        changed
    }));
    cases.push(b"{\"eroom_backup\":1}".to_vec());
    for bytes in cases {
        fs::write(&damaged, &bytes).unwrap();
        let refused = restore(&damaged, &database, site.keys(), Secrets::LeftOut).await.unwrap_err();
        let is_known = matches!(refused, backup::Error::Damaged { .. } | backup::Error::NotABackup { .. });
        assert!(is_known && refused.to_string().contains("nothing was changed"), "{refused:?}");
    }
    assert!(is_untouched(&database, there).await);
    let gone = restore(&folder.path().join("gone"), &database, site.keys(), Secrets::Needed).await;
    assert!(matches!(gone, Err(backup::Error::File { .. })), "{gone:?}");
}

/// The backup at `file` with some of its text replaced, and a checksum that fits.
fn forged(file: &Path, from: &str, to: &str) -> std::path::PathBuf {
    use sha2::Digest as _;
    let text = unpacked(file).replacen(from, to, 1);
    let (before, _) = text.trim_end().rsplit_once('\n').unwrap();
    let rows = before.lines().filter(|line| line.starts_with('[')).count();
    let hash = hex::encode(sha2::Sha256::digest(format!("{before}\n")));
    let path = file.with_extension("forged");
    let mut out = flate2::write::GzEncoder::new(fs::File::create(&path).unwrap(), flate2::Compression::fast());
    let end = serde_json::json!({ "rows": rows, "sha256": hash });
    std::io::Write::write_all(&mut out, format!("{before}\n{end}\n").as_bytes()).unwrap();
    out.finish().unwrap();
    path
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_backup_of_a_newer_version_or_with_other_columns_is_refused(#[case] engine: Engine) {
    let Some((site, folder, file)) = backed_up(engine).await else { return };
    let Some((database, there)) = testing::bare_database(engine).await else { return };
    let there = there.as_ref().map_or(folder.path(), TempDir::path);
    let newest = testing::versions().end().to_owned();
    let form = "\"eroom_backup\":1";
    for (from, to) in [(format!("\"migration\":{newest}"), "\"migration\":9999"), (form.into(), "\"eroom_backup\":2")] {
        let forged = forged(&file, &from, to);
        let refused = restore(&forged, &database, site.keys(), Secrets::Needed).await.unwrap_err();
        let says = refused.to_string();
        assert!(matches!(refused, backup::Error::Newer { .. }) && says.contains("with eRoom 0.1.0 or newer"), "{says}");
        assert!(is_untouched(&database, there).await);
    }
    // The checksum fits, the rows do not: what has begun is taken back.
    for (from, to) in
        [("\"accent_hue\"", "\"mood\""), ("210", "\"blue\""), ("\"table\":\"site\"", "\"table\":\"sight\"")]
    {
        let forged = forged(&file, from, to);
        let refused = restore(&forged, &database, site.keys(), Secrets::Needed).await.unwrap_err();
        assert!(matches!(refused, backup::Error::Damaged { .. }), "{refused:?}");
        assert!(is_untouched(&database, there).await, "{refused}");
    }
    restore(&forged(&file, "", ""), &database, site.keys(), Secrets::Needed).await.unwrap();
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_database_with_rows_is_refused_and_stays_as_it_was(#[case] engine: Engine) {
    let Some((site, folder, file)) = backed_up(engine).await else { return };
    let Some((other, _)) = furnished(engine).await else { return };
    let (before, after) = (folder.path().join("before"), folder.path().join("after"));
    back_up(other.database(), &before).await.unwrap();
    let refused = restore(&file, other.database(), site.keys(), Secrets::Needed).await.unwrap_err();
    let says = refused.to_string();
    assert!(says.contains("connection") && says.contains("--data-dir"), "{says}");
    back_up(other.database(), &after).await.unwrap();
    assert_eq!(rows(&before), rows(&after));
}
