//! What of Zoom's limits is taken: counted by sixteen writers at once, and read again.

use model::{ZoomPlan, ZoomUserId};
use rstest::rstest;
use store::{
    Engine, Error,
    attempt::{self, Attempt},
    attempt_minute::{self, Minute},
    connection, host_day, tally,
};

use crate::{
    crowd::{CROWD, crowd},
    samples::{at, furnished},
};

fn host() -> ZoomUserId {
    ZoomUserId::parse("sbxHost1").unwrap()
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn sixteen_writers_take_a_hundred_of_a_hosts_day_and_not_one_more(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let id = connection.id;
    let taken = crowd(&store, |store, _| async move {
        let mut taken = 0;
        for _ in 0..8 {
            let write = |mut tx| async move { host_day::take(&mut tx, id, &host(), at(0), 100).await };
            let one: Result<Option<i64>, Error> = store.write(write).await;
            taken += usize::from(one.unwrap().is_some());
        }
        taken
    });
    assert_eq!(taken.await.into_iter().sum::<usize>(), 100);
    let days = host_day::of_day(&mut store.read().await.unwrap(), id, at(0)).await.unwrap();
    assert_eq!(days, [host_day::HostDay { host: host(), used: 100, refused: false }]);
    let tomorrow = at(24 * 60);
    let write = |mut tx| async move { host_day::take(&mut tx, id, &host(), tomorrow, 100).await };
    assert_eq!(store.write::<_, Error, _, _>(write).await.unwrap(), Some(1), "a day of UTC is a new one");
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_day_that_zoom_has_closed_gives_nothing_and_what_was_not_sent_is_given_back(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let id = connection.id;
    let used = store
        .write(|mut tx| async move {
            host_day::take(&mut tx, id, &host(), at(0), 2).await?;
            host_day::take(&mut tx, id, &host(), at(0), 2).await?;
            assert_eq!(host_day::take(&mut tx, id, &host(), at(0), 2).await?, None);
            host_day::give_back(&mut tx, id, &host(), at(0)).await?;
            let again = host_day::take(&mut tx, id, &host(), at(0), 2).await?;
            host_day::refuse(&mut tx, id, &host(), at(0)).await?;
            assert_eq!(host_day::take(&mut tx, id, &host(), at(0), 100).await?, None);
            host_day::sweep(&mut tx, at(48 * 60)).await?;
            assert!(host_day::of_day(&mut tx, id, at(0)).await?.is_empty());
            Ok::<_, Error>(again)
        })
        .await;
    assert_eq!(used.unwrap(), Some(2));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn sixteen_writers_of_one_tally_lose_nothing(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let id = connection.id;
    let done = crowd(&store, |store, _| async move {
        for _ in 0..5 {
            let write = |mut tx: store::Tx| async move {
                let count: i64 = tally::get(&mut tx, id).await?.and_then(|text| text.parse().ok()).unwrap_or(0);
                tally::put(&mut tx, id, &(count + 1).to_string()).await
            };
            store.write::<_, Error, _, _>(write).await.unwrap();
        }
    });
    done.await;
    let count = tally::get(&mut store.read().await.unwrap(), id).await.unwrap();
    assert_eq!(count.as_deref(), Some((CROWD * 5).to_string().as_str()));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn one_of_sixteen_processes_fetches_the_token_until_its_claim_is_over(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let id = connection.id;
    let claims = crowd(&store, |store, _| async move {
        let write = |mut tx| async move { connection::claim_token(&mut tx, id, at(0), at(1)).await };
        store.write::<_, Error, _, _>(write).await.unwrap()
    });
    assert_eq!(claims.await.into_iter().filter(|claimed| *claimed).count(), 1);
    let late = store
        .write(|mut tx| async move {
            let late = connection::claim_token(&mut tx, id, at(1), at(2)).await?;
            connection::release_token(&mut tx, id).await?;
            Ok::<_, Error>((late, connection::claim_token(&mut tx, id, at(1), at(2)).await?))
        })
        .await;
    assert_eq!(late.unwrap(), (true, true));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn the_last_five_hundred_requests_are_kept_and_every_minute_is_counted(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let id = connection.id;
    let attempts: Vec<_> = (0..520).map(|n| sample_attempt(n / 60, n)).collect();
    let attempts = &attempts;
    store
        .write(|mut tx| async move {
            attempt::add(&mut tx, id, attempts).await?;
            for _ in 0..3 {
                let outcome = "limited".to_owned();
                let counted =
                    Minute { minute: attempt_minute::minute_of(at(5)), label: "LIGHT".into(), outcome, attempts: 2 };
                attempt_minute::add(&mut tx, id, &counted).await?;
            }
            connection::agree(&mut tx, id, ZoomPlan::Business, 60).await
        })
        .await
        .unwrap();
    let mut reader = store.read().await.unwrap();
    let kept = attempt::list(&mut reader, id, 1_000).await.unwrap();
    assert_eq!(kept.len(), 500);
    assert!(kept.first().unwrap().at > kept.last().unwrap().at, "the latest comes first");
    assert_eq!(attempt_minute::since(&mut reader, id, at(4)).await.unwrap().first().unwrap().attempts, 6);
    assert!(attempt_minute::since(&mut reader, id, at(6)).await.unwrap().is_empty());
    assert_eq!(connection::terms(&mut reader, id).await.unwrap(), Some((ZoomPlan::Business, 60)));
}

pub(crate) fn sample_attempt(minute: i64, number: i64) -> Attempt {
    Attempt {
        at: at(minute),
        operation: "meetingCreate".into(),
        label: "LIGHT".into(),
        work: "bulk".into(),
        number: 1 + number % 2,
        waited_ms: 12,
        took_ms: 80,
        status: (number % 3 != 0).then_some(201),
        outcome: "done".into(),
    }
}
