//! How a transaction is tried, retried and given up.

use std::sync::atomic::{AtomicU32, Ordering};

use rstest::rstest;
use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};
use store::{
    Database, Engine, Error, Store,
    room::{self, Landed},
    site::{self, Site},
    testing,
};

use crate::samples::{add_room, at, furnished, sample_room};

fn named(name: &str) -> Site {
    Site { name: name.into(), accent_hue: 210 }
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn an_error_rolls_back_and_is_not_tried_again(#[case] engine: Engine) {
    let Some(store) = testing::store(engine).await else { return };
    let (calls, site) = (&AtomicU32::new(0), &named("never seen"));
    let outcome: Result<(), Error> = store
        .write(|mut tx| async move {
            calls.fetch_add(1, Ordering::Relaxed);
            site::put(&mut tx, site, at(0)).await?;
            Err(Error::EmailTaken)
        })
        .await;
    assert!(matches!(outcome, Err(Error::EmailTaken)), "{outcome:?}");
    assert_eq!(calls.load(Ordering::Relaxed), 1);
    assert_eq!(site::get(&mut store.read().await.unwrap()).await.unwrap(), None);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_write_that_is_dropped_halfway_leaves_nothing_and_blocks_nobody(#[case] engine: Engine) {
    let Some(store) = testing::store(engine).await else { return };
    let site = &named("never seen");
    let (reached, waiting) = tokio::sync::oneshot::channel();
    let reached = &std::sync::Mutex::new(Some(reached));
    let half = store.write(|mut tx| async move {
        site::put(&mut tx, site, at(0)).await?;
        reached.lock().unwrap().take().unwrap().send(()).unwrap();
        std::future::pending::<Result<(), Error>>().await
    });
    tokio::select! { _ = half => panic!("it never ends"), done = waiting => done.unwrap() }
    let site = &named("seen");
    store.write(|mut tx| async move { site::put(&mut tx, site, at(1)).await }).await.unwrap();
    assert_eq!(site::get(&mut store.read().await.unwrap()).await.unwrap().as_ref(), Some(site));
}

#[tokio::test]
async fn on_postgres_two_that_read_before_they_write_cannot_both_be_right() {
    let Some(store) = testing::store(Engine::Postgres).await else { return };
    let first = &named("0");
    store.write(|mut tx| async move { site::put(&mut tx, first, at(0)).await }).await.unwrap();
    let gate = &tokio::sync::Barrier::new(2);
    let add = async |store: &Store| {
        let calls = &AtomicU32::new(0);
        let add_one = |mut tx: store::Tx| async move {
            let site = site::get(&mut tx).await?.unwrap();
            // Both have read on their first call before either writes.
            if calls.fetch_add(1, Ordering::Relaxed) == 0 {
                gate.wait().await;
            }
            let n: u32 = site.name.parse().unwrap();
            site::put(&mut tx, &named(&(n + 1).to_string()), at(1)).await
        };
        store.write::<_, Error, _, _>(add_one).await.unwrap();
        calls.load(Ordering::Relaxed)
    };
    let (one, two) = tokio::join!(add(&store), add(&store));
    assert_eq!(site::get(&mut store.read().await.unwrap()).await.unwrap().unwrap().name, "2");
    assert!(one + two > 2, "one of them was tried again");
}

#[tokio::test]
async fn a_reader_on_sqlite_is_not_held_up_by_a_writer() {
    let store = testing::store(Engine::Sqlite).await.unwrap();
    let site = &named("later");
    let (store, reader) = (&*store, &mut store.read().await.unwrap());
    let reader = &tokio::sync::Mutex::new(reader);
    let seen_meanwhile = store.write(|mut tx| async move {
        site::put(&mut tx, site, at(0)).await?;
        site::get(&mut **reader.lock().await).await
    });
    assert_eq!(seen_meanwhile.await.unwrap(), None, "what is not committed is not seen");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_value_that_is_taken_for_good_is_answered_after_few_attempts(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let (one, two) = (sample_room(connection.id, "one", 0), sample_room(connection.id, "two", 0));
    add_room(&store, &one).await;
    add_room(&store, &two).await;
    let landed = Landed { number: 81_234_567_890, uuid: None, join_url: None, version: 1, digest: None };
    store.write(|mut tx| async move { room::landed(&mut tx, one.id, landed, at(1)).await }).await.unwrap();
    let calls = &AtomicU32::new(0);
    let twin = store.write(|mut tx| async move {
        calls.fetch_add(1, Ordering::Relaxed);
        room::landed(&mut tx, two.id, landed, at(1)).await
    });
    let twin = twin.await;
    assert!(matches!(twin, Err(Error::Database { .. })), "{twin:?}");
    assert!(calls.load(Ordering::Relaxed) <= 4);
}

#[tokio::test]
async fn another_process_that_holds_the_sqlite_file_is_waited_for() {
    let store = testing::store(Engine::Sqlite).await.unwrap();
    let Database::Sqlite(path) = store.database() else { panic!("{:?}", store.database()) };
    let mut other = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(path)).await.unwrap();
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let site = &named("after");
    let write = store.write(|mut tx| async move { site::put(&mut tx, site, at(0)).await });
    let let_go = async {
        // The writer is under way before the other one lets go.
        clock::sleep(&clock::SystemClock, 0.05).await;
        sqlx::raw_sql("COMMIT").execute(&mut other).await.unwrap();
    };
    let (written, ()) = tokio::join!(write, let_go);
    written.unwrap();
    assert_eq!(site::get(&mut store.read().await.unwrap()).await.unwrap().as_ref(), Some(site));
}
