//! Sixteen writers at once: every rule that counts or compares holds. Half of them come through a second store, as
//! another process does.

use std::sync::Arc;

use futures_util::future::join_all;
use jiff::SignedDuration;
use model::{Door, PersonName, Role, Slug};
use rstest::rstest;
use store::{
    Engine, Error, Store, TokenHash, change,
    grant::{self, Grant},
    idempotency::{self, Known},
    inbox::{self, NewInbox},
    job::{self, JobKind, NewJob},
    member,
    one_time_link::{self, OneTimeLink, Purpose},
    room,
    site::{self, Site},
    testing::TestStore,
};

use crate::samples::{add_member, add_room, at, furnished, sample_member, sample_room};

pub(crate) const CROWD: usize = 16;

/// Runs `work` sixteen times at once on two stores of one database, in tasks of their own.
#[expect(clippy::disallowed_methods, reason = "the crowd is waited for, task by task")]
pub(crate) async fn crowd<T, Fut>(one: &TestStore, work: impl Fn(Store, usize) -> Fut) -> Vec<T>
where
    T: Send + 'static,
    Fut: Future<Output = T> + Send + 'static,
{
    let two = one.again().await;
    let gate = Arc::new(tokio::sync::Barrier::new(CROWD));
    let tasks = (0..CROWD).map(|n| {
        let (gate, store) = (Arc::clone(&gate), if n % 2 == 0 { (*one).clone() } else { two.clone() });
        let work = work(store, n);
        tokio::task::spawn(async move {
            gate.wait().await;
            work.await
        })
    });
    join_all(tasks).await.into_iter().map(Result::unwrap).collect()
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn one_of_sixteen_gets_a_slug(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let id = connection.id;
    let outcomes = crowd(&store, |store, _| async move {
        let room = &sample_room(id, "kitchen", 60);
        store.write(|mut tx| async move { room::insert(&mut tx, room, at(0)).await }).await
    });
    let outcomes = outcomes.await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    assert_eq!(outcomes.iter().filter(|outcome| matches!(outcome, Err(Error::SlugTaken))).count(), CROWD - 1);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn sixteen_rooms_that_look_for_a_free_slug_get_sixteen(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let id = connection.id;
    let outcomes = crowd(&store, |store, _| async move {
        let room = &sample_room(id, "kitchen", 60);
        store
            .write(|mut tx| async move {
                let mut room = room.clone();
                room.slug = room::free_slug(&mut tx, &room.slug).await?;
                room::insert(&mut tx, &room, at(0)).await?;
                Ok::<_, Error>(room.slug.to_string())
            })
            .await
            .unwrap()
    });
    let mut slugs = outcomes.await;
    slugs.sort();
    slugs.dedup();
    assert_eq!(slugs.len(), CROWD);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn one_of_sixteen_changes_of_one_version_is_kept(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let made = sample_room(connection.id, "kitchen", 60);
    add_room(&store, &made).await;
    let outcomes = crowd(&store, |store, n| {
        let mut room = made.clone();
        room.slug = Slug::parse(&format!("kitchen-of-{n}")).unwrap();
        async move {
            let room = &room;
            store.write(|mut tx| async move { room::save(&mut tx, room, at(1)).await }).await
        }
    });
    let outcomes = outcomes.await;
    assert_eq!(outcomes.iter().filter(|outcome| matches!(outcome, Ok(2))).count(), 1);
    assert_eq!(outcomes.iter().filter(|outcome| matches!(outcome, Err(Error::Stale { .. }))).count(), CROWD - 1);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn one_of_sixteen_spends_a_grant_and_one_a_link(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let room = sample_room(connection.id, "kitchen", 0);
    add_room(&store, &room).await;
    let given = &Grant {
        hash: TokenHash::of("token"),
        room: room.id,
        name: PersonName::parse("Bo").unwrap(),
        email: None,
        door: Door::Participant,
        acts_as: None,
        member: None,
        created_at: at(0),
        expires_at: at(2),
    };
    let link = &OneTimeLink {
        hash: TokenHash::of("link"),
        purpose: Purpose::Setup,
        member: None,
        created_at: at(0),
        expires_at: at(2),
    };
    let give = async |mut tx: store::Tx| {
        grant::insert(&mut tx, given).await?;
        one_time_link::insert(&mut tx, link).await
    };
    store.write(give).await.unwrap();
    let outcomes = crowd(&store, |store, _| async move {
        let (token, link) = (&TokenHash::of("token"), &TokenHash::of("link"));
        let grant = store.write(|mut tx| async move { grant::spend(&mut tx, token, at(1)).await });
        let grant = grant.await.unwrap();
        let spend = |mut tx| async move { one_time_link::spend(&mut tx, link, Purpose::Setup, at(1)).await };
        (grant.is_some(), store.write(spend).await.unwrap().is_some())
    });
    let outcomes = outcomes.await;
    assert_eq!(outcomes.iter().filter(|(grant, _)| *grant).count(), 1);
    assert_eq!(outcomes.iter().filter(|(_, link)| *link).count(), 1);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn sixteen_pushes_of_a_room_are_one_job(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let room = sample_room(connection.id, "kitchen", 60);
    let push = NewJob::for_room(JobKind::PushRoom, connection.id, room.id, at(0));
    let outcomes = crowd(&store, |store, _| {
        let push = push.clone();
        async move {
            let push = &push;
            store.write(|mut tx| async move { job::enqueue(&mut tx, push, at(0)).await }).await.unwrap()
        }
    });
    let mut ids = outcomes.await;
    ids.dedup();
    assert_eq!(ids.len(), 1);
    let open = job::open_of_room(&mut store.read().await.unwrap(), room.id).await.unwrap();
    assert_eq!(open.len(), 1);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn sixteen_workers_claim_each_job_once_while_others_enqueue(#[case] engine: Engine) {
    const JOBS: usize = 60;
    let Some((store, connection)) = furnished(engine).await else { return };
    let id = connection.id;
    let push = move || NewJob::for_room(JobKind::PushRoom, id, sample_room(id, "any", 0).id, at(0));
    store
        .write(|mut tx| async move {
            for _ in 0..JOBS {
                job::enqueue(&mut tx, &push(), at(0)).await?;
            }
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
    let outcomes = crowd(&store, |store, n| async move {
        let mut taken = Vec::new();
        if n < 2 {
            for _ in 0..5 {
                store.write(|mut tx| async move { job::enqueue(&mut tx, &push(), at(0)).await }).await.unwrap();
            }
        }
        loop {
            let claimed = job::claim(&store, at(1), SignedDuration::from_mins(5), 3).await.unwrap();
            if claimed.is_empty() {
                return taken;
            }
            for job::Claimed { job, claim } in claimed {
                let claim = &claim;
                store.write(|mut tx| async move { job::complete(&mut tx, claim, at(1)).await }).await.unwrap();
                taken.push(job.id);
            }
        }
    });
    let mut taken = outcomes.await.concat();
    let all = taken.len();
    taken.sort();
    taken.dedup();
    assert_eq!((all, taken.len()), (JOBS + 10, JOBS + 10));
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn sixteen_deliveries_of_one_webhook_are_kept_once_and_applied_once(#[case] engine: Engine) {
    let Some((store, connection)) = furnished(engine).await else { return };
    let id = connection.id;
    let outcomes = crowd(&store, |store, _| async move {
        let new = &NewInbox { connection: id, event: "meeting.started".into(), event_ts: at(0), dedupe: "hash".into() };
        store.write(|mut tx| async move { inbox::receive(&mut tx, new, b"{}", at(0)).await }).await.unwrap()
    });
    let kept: Vec<_> = outcomes.await.into_iter().flatten().collect();
    let &[entry] = kept.as_slice() else { panic!("{kept:?}") };
    let outcomes = crowd(&store, |store, _| async move {
        store.write(|mut tx| async move { inbox::finish(&mut tx, entry, "applied", at(1)).await }).await.unwrap()
    });
    assert_eq!(outcomes.await.into_iter().filter(|first| *first).count(), 1);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn one_of_sixteen_gets_an_address_and_one_an_idempotency_key(#[case] engine: Engine) {
    let Some((store, _)) = furnished(engine).await else { return };
    let ada = sample_member("ada@example.org", Role::Admin);
    add_member(&store, &ada).await;
    let outcomes = crowd(&store, |store, _| async move {
        let twin = &sample_member("bo@example.org", Role::Viewer);
        let joined = store.write(|mut tx| async move { member::insert(&mut tx, twin, None, at(0)).await }).await;
        let asked = &idempotency::Request { member: ada.id, key: TokenHash::of("k"), request: TokenHash::of("r") };
        let begin = |mut tx| async move { idempotency::begin(&mut tx, asked, at(0), at(60)).await };
        (joined.is_ok(), store.write(begin).await.unwrap())
    });
    let outcomes = outcomes.await;
    assert_eq!(outcomes.iter().filter(|(joined, _)| *joined).count(), 1);
    assert_eq!(outcomes.iter().filter(|(_, known)| *known == Known::New).count(), 1);
    assert_eq!(outcomes.iter().filter(|(_, known)| *known == Known::Underway).count(), CROWD - 1);
}

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn no_visible_change_of_sixteen_writers_is_missed_by_the_epoch(#[case] engine: Engine) {
    let Some((store, _)) = furnished(engine).await else { return };
    let before = change::epoch(&mut store.read().await.unwrap()).await.unwrap();
    let outcomes = crowd(&store, |store, n| async move {
        for _ in 0..3 {
            let site = &Site { name: format!("Academy {n}"), accent_hue: 210 };
            store.write(|mut tx| async move { site::put(&mut tx, site, at(0)).await }).await.unwrap();
        }
    });
    outcomes.await;
    let after = change::epoch(&mut store.read().await.unwrap()).await.unwrap();
    assert_eq!(after - before, 3 * i64::try_from(CROWD).unwrap());
}
